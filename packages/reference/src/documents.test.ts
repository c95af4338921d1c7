import {
  AGENT_ERROR_CATALOGUE,
  agentOperations,
  ERROR_CATALOGUE,
  operations,
  WEBHOOK_EVENT_NAMES,
  WS_OPS,
} from '@openvenue/contract';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { describe, expect, it } from 'vitest';
import { asyncApiDocument, openApiDocument } from './index.ts';
import { type JsonSchema, plainSchema } from './json-schema.ts';

const IDENTITY = { publicUrl: 'https://venue.example', version: '1.2.3' };
const openApi = openApiDocument(IDENTITY);
const asyncApi = asyncApiDocument(IDENTITY);

interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly {
    readonly name?: string;
    readonly schema?: JsonSchema;
    readonly description?: string;
  }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: JsonSchema }>> };
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly examples?: object }>> }>
  >;
}

const written = Object.entries(openApi.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ method, path, operation: operation as Operation })),
);
const keyOf = (method: string, path: string, name: string): string => `${method.toUpperCase()} ${path} ${name}`;

describe('the OpenAPI document', () => {
  it('holds the route table, the calls of the Agent API and its version, and nothing else', () => {
    const expected = [
      ...Object.entries(operations).map(([name, { method, path }]) => keyOf(method, path, name)),
      ...Object.entries(agentOperations).map(([name, { method, path }]) => keyOf(method, path, name)),
      'GET /version getAgentVersion',
    ];
    const found = written.map(({ method, path, operation }) => keyOf(method, path, operation.operationId));
    expect(found.toSorted()).toEqual(expected.toSorted());
  });

  it('names for each operation exactly the errors of its contract', () => {
    for (const [name, { errors }] of Object.entries({ ...operations, ...agentOperations })) {
      const operation = written.find((each) => each.operation.operationId === name)?.operation;
      const shown = Object.entries(operation?.responses ?? {})
        .filter(([status]) => !['400', '413', '415'].includes(status))
        .flatMap(([, { content }]) => Object.keys(content?.['application/json']?.examples ?? {}))
        .filter((example) => example !== 'success');
      expect(shown.toSorted(), name).toEqual([...errors].toSorted());
    }
  });

  it('knows every entry of the error catalogue', () => {
    const { examples } = openApi['components'] as { readonly examples: Readonly<Record<string, unknown>> };
    expect(Object.keys(examples)).toEqual(ERROR_CATALOGUE.map(({ name }) => name));
    expect(AGENT_ERROR_CATALOGUE.length).toBeGreaterThan(0);
  });

  it('bounds no page size from above, because a larger one counts as the largest', () => {
    const pageSizes = written.flatMap(({ operation }) =>
      (operation.parameters ?? []).filter(({ name }) => name === 'pageSize').map(({ schema }) => schema),
    );
    expect(pageSizes).toHaveLength(7);
    for (const schema of pageSizes) {
      expect(schema).toMatchObject({ type: 'integer', minimum: 1, default: 20 });
      expect(schema).not.toHaveProperty('maximum');
    }
  });

  it('tells the webhooks', () => expect(Object.keys(openApi.webhooks)).toEqual([...WEBHOOK_EVENT_NAMES]));

  it('gives every field a sentence, an example, and a unit where it is a number', () => {
    expect(schemasOf().flatMap(({ path, schema }) => untold(path, schema))).toEqual([]);
  });
});

describe('the AsyncAPI document', () => {
  it('receives every operation of a connection', () => {
    const received = Object.keys(asyncApi.operations).filter((name) => name.startsWith('receive_'));
    expect(received).toEqual(WS_OPS.map((op) => `receive_${op.replace('.', '_')}`));
  });

  it('sends the five public topics, every event of the private channel and nothing else', () => {
    const sent = Object.keys(asyncApi.operations).filter((name) => name.startsWith('send_'));
    const topics = ['market_depth', 'market_trade', 'market_kline', 'market_ticker', 'market_tickers'];
    const account = [
      'ORDER_TRADE_UPDATE',
      'ACCOUNT_UPDATE',
      'CONDITION_ORDER_UPDATE',
      'STRATEGY_UPDATE',
      'MARGIN_CALL',
    ];
    const connection = ['LISTEN_KEY_EXPIRED', 'SESSION_ENDED', 'API_KEY_ENDED', 'RESYNC_REQUIRED'];
    expect(sent).toEqual([...topics, ...account, ...connection, 'authReply'].map((name) => `send_${name}`));
  });
});

/** Rules of the linter that do not fit: what they ask for is not so in this contract. */
const RULES = {
  // Every reply of the Agent API has status 200.
  'operation-4xx-response': 'off',
  // Public topics and pings need no credential.
  'security-defined': 'off',
  // The catalogue lists all errors, those of the WebSocket alone included.
  'no-unused-components': 'off',
} as const;

it.each([
  ['openapi.json', openApi],
  ['asyncapi.json', asyncApi],
])('%s passes the linter', async (name, document) => {
  const config = await createConfig({ extends: ['recommended'], rules: RULES });
  const problems = await lintFromString({ source: JSON.stringify(document), absoluteRef: `/${name}`, config });
  expect(problems.map(({ ruleId, message, location }) => `${ruleId} ${location[0]?.pointer ?? ''} ${message}`)).toEqual(
    [],
  );
});

function schemasOf(): readonly { readonly path: string; readonly schema: JsonSchema }[] {
  const all = { ...operations, ...agentOperations };
  const messages = Object.entries(asyncApi.components.messages).map(([name, message]) => ({
    path: name,
    schema: (message as { readonly payload: JsonSchema }).payload,
  }));
  const calls = Object.entries(all).flatMap(([name, each]) => [
    ...('query' in each ? [{ path: `${name} query`, schema: plainSchema(each.query) }] : []),
    { path: `${name} body`, schema: plainSchema(each.body) },
    { path: `${name} reply`, schema: plainSchema('data' in each ? each.data : each.reply) },
  ]);
  return [...calls, ...messages];
}

/** What a schema leaves unsaid. */
function untold(path: string, schema: JsonSchema): readonly string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const where = `${path}.${name}`;
    const items = Array.isArray(field.items) ? undefined : (field.items as JsonSchema | undefined);
    const isLeaf = field.properties === undefined && field.anyOf === undefined && items?.properties === undefined;
    const examples = field.examples?.length ?? items?.examples?.length ?? (items?.anyOf ?? []).length;
    const isNumber =
      (field.type === 'integer' || field.type === 'number') && field.enum === undefined && field.const === undefined;
    return [
      ...(/\S{2,}/.test(field.description ?? '') ? [] : [`${where} says nothing`]),
      ...(isLeaf && examples === 0 ? [`${where} has no example`] : []),
      ...(isNumber && field['x-unit'] === undefined ? [`${where} has no unit`] : []),
      ...untold(where, field),
      ...(items === undefined ? [] : untold(`${where}[]`, items)),
      ...(field.anyOf ?? []).flatMap((alternative) => untold(where, alternative)),
    ];
  });
}
