import {
  AGENT_ERROR_CATALOGUE,
  AGENT_HTTP_STATUS,
  AGENT_VERSION_PATH,
  type AgentCall,
  AgentFailure,
  AgentVersion,
  SigningFields,
} from '@openvenue/contract';
import { exampleOf, type JsonSchema, plainSchema, requiredPart } from '../json-schema.ts';
import { tagOf } from './tags.ts';

const SIGNED =
  'Signed: `sign` is the lowercase hex HMAC-SHA256 of the other top-level fields, sorted by name. See the guide to signing.';

/** One signed call of the Agent API. Every reply has HTTP status 200; `code` tells what happened. */
export function agentOperationOf(operationId: string, call: AgentCall): object {
  const body = signed(plainSchema(call.body));
  const success = { ...plainSchema(call.reply), title: 'Success' };
  const refusals = AGENT_ERROR_CATALOGUE.filter(({ name }) => call.errors.includes(name));
  const examples = refusals.map(({ code, name, message, meaning }) => [
    name,
    { summary: meaning, value: { code, message } },
  ]);
  return {
    operationId,
    tags: [tagOf(call.path)],
    summary: call.summary,
    description: SIGNED,
    security: [],
    requestBody: {
      required: true,
      content: { 'application/json': { schema: body, example: exampleOf(requiredPart(body)) } },
    },
    responses: {
      [AGENT_HTTP_STATUS]: {
        description: `Done (code 0), or refused: ${refusals.map(({ code, name }) => `${code} ${name}`).join(', ')}.`,
        content: {
          'application/json': {
            schema: { anyOf: [success, { $ref: '#/components/schemas/AgentFailure' }] },
            examples: {
              success: { summary: 'Success', value: exampleOf(success) },
              ...Object.fromEntries(examples),
            },
          },
        },
      },
    },
  };
}

/** The one call of the Agent API that is not signed. */
export const agentVersionPath = {
  path: AGENT_VERSION_PATH,
  operation: {
    operationId: 'getAgentVersion',
    tags: [tagOf(AGENT_VERSION_PATH)],
    summary: 'Version of the venue, in the form of the Agent API',
    security: [],
    responses: {
      [AGENT_HTTP_STATUS]: {
        description: 'The version.',
        content: { 'application/json': { schema: plainSchema(AgentVersion) } },
      },
    },
  },
};

export const agentFailureSchema = plainSchema(AgentFailure);

const signing = plainSchema(SigningFields);

const signed = (body: JsonSchema): JsonSchema => ({
  ...body,
  properties: { ...signing.properties, ...body.properties },
  required: [...(signing.required ?? []), ...(body.required ?? [])],
});
