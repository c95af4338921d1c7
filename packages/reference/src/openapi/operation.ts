import type { Route } from '@openvenue/contract';
import { exampleOf, type JsonSchema, plainSchema, requiredPart } from '../json-schema.ts';
import { responsesOf } from './responses.ts';
import { AUDIENCE, securityOf } from './security.ts';
import { tagOf } from './tags.ts';

const LIMIT_WORDS: Readonly<Record<Route['rateLimit'], string>> = {
  public: 'Counts on the limit of the source address.',
  private: 'Counts on the limit of the user.',
  order: 'Counts on the order limit of the user.',
  cancel: 'Counts on the order limit of the user, which keeps a reserve for cancels.',
  login: 'Counts on the limit of log-in attempts, for each user name and source address.',
};

/** One operation of the Developer API. */
export function operationOf(operationId: string, route: Route): object {
  const body = plainSchema(route.documentedBody);
  const hasBody = fieldsOf(body).length > 0;
  return {
    operationId,
    tags: [tagOf(route.path)],
    summary: route.summary,
    description: descriptionOf(route),
    security: securityOf(route.auth),
    parameters: [
      ...parametersOf(plainSchema(route.query), 'query'),
      ...parametersOf(plainSchema(route.headers), 'header'),
      { $ref: '#/components/parameters/X-Request-ID' },
    ],
    ...(hasBody ? { requestBody: requestBody(body, route.strictBody) } : {}),
    responses: responsesOf(route, hasBody),
  };
}

function descriptionOf(route: Route): string {
  const parts = [AUDIENCE[route.auth], LIMIT_WORDS[route.rateLimit]];
  if (route.strictBody) parts.push('Unknown fields of the body are refused (2002).');
  if (route.replayGuard) parts.push('A signature is taken once (3004).');
  return parts.join(' ');
}

/** A parameter each for the fields of a query or of headers. */
function parametersOf(schema: JsonSchema, place: 'query' | 'header'): readonly object[] {
  return fieldsOf(schema).map(([name, { description = '', ...field }]) => ({
    name,
    in: place,
    required: schema.required?.includes(name) ?? false,
    description,
    schema: field,
  }));
}

const requestBody = (schema: JsonSchema, isStrict: boolean): object => ({
  required: (schema.required?.length ?? 0) > 0,
  content: {
    'application/json': {
      schema: isStrict ? { ...schema, additionalProperties: false } : schema,
      example: exampleOf(requiredPart(schema)),
    },
  },
});

const fieldsOf = (schema: JsonSchema): readonly (readonly [string, JsonSchema])[] =>
  Object.entries(schema.properties ?? {});
