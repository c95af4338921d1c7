import {
  agentOperations,
  operations,
  REQUEST_ID_PATTERN,
  WEBHOOK_EVENTS,
  WebhookBody,
  WebhookHeaders,
} from '@openvenue/contract';
import { exampleOf, plainSchema } from '../json-schema.ts';
import type { VenueIdentity } from '../venue-identity.ts';
import { agentFailureSchema, agentOperationOf, agentVersionPath } from './agent-operation.ts';
import { operationOf } from './operation.ts';
import { withPrefixItems } from './prefix-items.ts';
import { EXAMPLE_COMPONENTS, failureSchema, HEADER_COMPONENTS, RESPONSE_COMPONENTS } from './responses.ts';
import { SECURITY_SCHEMES } from './security.ts';
import { tagList } from './tags.ts';

type PathItem = Record<string, object>;

/** The document as far as its readers here look into it. */
export interface OpenApiDocument {
  readonly openapi: '3.1.1';
  readonly paths: Readonly<Record<string, Readonly<Record<string, object>>>>;
  readonly webhooks: Readonly<Record<string, object>>;
  readonly [field: string]: unknown;
}

/** The OpenAPI document of the REST interfaces and the webhooks: the contract itself, written in that form. */
export function openApiDocument({ publicUrl, version }: VenueIdentity): OpenApiDocument {
  return withPrefixItems<OpenApiDocument>({
    openapi: '3.1.1',
    info: {
      title: 'OpenVenue REST API',
      version,
      summary: 'Trading venue for USDT-margined perpetual futures',
      description:
        'The Developer API under /v1 and the Agent API under /v1/agent. Amounts, prices and quantities are decimal strings; times are Unix milliseconds unless a field says otherwise.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: publicUrl, description: 'This venue' }],
    tags: tagList,
    paths: paths(),
    webhooks: webhooks(),
    components: {
      schemas: { Failure: failureSchema, AgentFailure: agentFailureSchema },
      headers: HEADER_COMPONENTS,
      responses: RESPONSE_COMPONENTS,
      parameters: {
        'X-Request-ID': {
          name: 'X-Request-ID',
          in: 'header',
          required: false,
          description: 'Id of the request, chosen by the client and echoed in the reply',
          schema: { type: 'string', pattern: REQUEST_ID_PATTERN, examples: ['req-7f3a'] },
        },
      },
      securitySchemes: SECURITY_SCHEMES,
      examples: EXAMPLE_COMPONENTS,
    },
  });
}

function paths(): OpenApiDocument['paths'] {
  const all: Record<string, PathItem> = {};
  const add = (path: string, method: string, operation: object): void => {
    all[path] = { ...all[path], [method.toLowerCase()]: operation };
  };
  for (const [name, route] of Object.entries(operations)) add(route.path, route.method, operationOf(name, route));
  for (const [name, call] of Object.entries(agentOperations)) add(call.path, call.method, agentOperationOf(name, call));
  add(agentVersionPath.path, 'GET', agentVersionPath.operation);
  return all;
}

function webhooks(): OpenApiDocument['webhooks'] {
  const schema = plainSchema(WebhookBody);
  const headers = plainSchema(WebhookHeaders);
  const parameters = Object.entries(headers.properties ?? {}).map(([name, { description = '', ...field }]) => ({
    name,
    in: 'header',
    required: true,
    description,
    schema: field,
  }));
  const entries = Object.entries(WEBHOOK_EVENTS).map(([event, { orderType, targetStatuses }]) => [
    event,
    {
      post: {
        operationId: event,
        tags: ['Agent API'],
        summary: `An order of kind ${orderType} has come to ${targetStatuses.join(', ')}`,
        description: 'Repeated until the partner answers 2xx; a repeated delivery says the same.',
        security: [],
        parameters,
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema,
              example: { ...asObject(exampleOf(schema)), event, orderType, targetStatus: targetStatuses[0] },
            },
          },
        },
        responses: {
          '2XX': { description: 'The partner has taken note of it.' },
          '4XX': { description: 'Not taken; delivered again later.' },
        },
      },
    },
  ]);
  return Object.fromEntries(entries) as OpenApiDocument['webhooks'];
}

const asObject = (value: unknown): object => (typeof value === 'object' && value !== null ? value : {});
