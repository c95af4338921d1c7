import {
  ERROR_CATALOGUE,
  type ErrorHttpStatus,
  type ErrorName,
  Failure,
  type Route,
  Success,
  TRANSPORT_FAILURES,
} from '@openvenue/contract';
import { exampleOf, plainSchema } from '../json-schema.ts';

const JSON_TYPE = 'application/json';

/** Headers of every reply of the Developer API. */
const REPLY_HEADERS = {
  'X-Request-ID': { $ref: '#/components/headers/X-Request-ID' },
  'X-RateLimit-Limit': { $ref: '#/components/headers/X-RateLimit-Limit' },
  'X-RateLimit-Remaining': { $ref: '#/components/headers/X-RateLimit-Remaining' },
  'X-RateLimit-Reset': { $ref: '#/components/headers/X-RateLimit-Reset' },
};

const count = (description: string, example: number) => ({
  description,
  schema: { type: 'integer', minimum: 0, examples: [example] },
});

export const HEADER_COMPONENTS = {
  'X-Request-ID': {
    description: 'Id of the request: what the client sent, else made by the venue',
    schema: { type: 'string', examples: ['req-7f3a'] },
  },
  'X-RateLimit-Limit': count('Calls that the bucket holds', 100),
  'X-RateLimit-Remaining': count('Calls that are left in it', 99),
  'X-RateLimit-Reset': count('Seconds until the bucket is full again', 1),
  'Retry-After': count('Seconds to wait before the next call', 1),
};

const failureExample = ({ code, message }: { readonly code: number; readonly message: string }) => ({
  code,
  message,
  requestId: 'req-7f3a',
});

/** An unknown path is no operation, so it has no place here. */
const TRANSPORT_WORDS: Readonly<
  Record<Exclude<keyof typeof TRANSPORT_FAILURES, 'badRequest' | 'unknownPath'>, string>
> = {
  bodyTooLarge: 'The body is larger than 64 KiB.',
  notJson: 'The body is not JSON.',
  unparsableBody: 'The body cannot be parsed, is nested too deeply, or names a field twice.',
};

/** What the transport answers before an operation sees the request, by status. */
export const RESPONSE_COMPONENTS = Object.fromEntries(
  Object.entries(TRANSPORT_WORDS).map(([cause, description]) => {
    const failure = TRANSPORT_FAILURES[cause as keyof typeof TRANSPORT_WORDS];
    const response = {
      description,
      content: {
        [JSON_TYPE]: { schema: { $ref: '#/components/schemas/Failure' }, example: failureExample(failure) },
      },
    };
    return [String(failure.httpStatus), response];
  }),
);

/** Every error as a reply shows it, by name. */
export const EXAMPLE_COMPONENTS = Object.fromEntries(
  ERROR_CATALOGUE.map((entry) => [entry.name, { summary: entry.meaning, value: failureExample(entry) }]),
);

/** Replies of an operation by HTTP status: the success, its errors, and what the transport answers. */
export function responsesOf(route: Route, hasBody: boolean): Readonly<Record<string, object>> {
  const success = { ...plainSchema(Success(route.data)), title: 'Success' };
  const refusals = entriesOf(route.errors, 200);
  const responses: Record<string, object> = {
    '200': {
      description:
        refusals.length === 0 ? 'Done.' : `Done (code 0), or refused by a rule of the venue: ${codesOf(refusals)}.`,
      headers: { ...REPLY_HEADERS, ...cookieHeader(route) },
      content: {
        [JSON_TYPE]: {
          schema: refusals.length === 0 ? success : { anyOf: [success, { $ref: '#/components/schemas/Failure' }] },
          examples: {
            success: { summary: 'Success', value: exampleOf(success) },
            ...examplesOf(refusals),
          },
        },
      },
    },
  };
  for (const status of [401, 429, 500, 503] as const) {
    const entries = entriesOf(route.errors, status);
    if (entries.length > 0) responses[status] = failures(status, entries);
  }
  if (hasBody) for (const status of [400, 413, 415]) responses[status] = { $ref: `#/components/responses/${status}` };
  return responses;
}

/** The schema that all failures have. */
export const failureSchema = plainSchema(Failure);

type CatalogueEntry = (typeof ERROR_CATALOGUE)[number];

const entriesOf = (names: readonly ErrorName[], status: ErrorHttpStatus): readonly CatalogueEntry[] =>
  ERROR_CATALOGUE.filter(({ name, httpStatus }) => httpStatus === status && names.includes(name));

const codesOf = (entries: readonly CatalogueEntry[]): string =>
  entries.map(({ code, name }) => `${code} ${name}`).join(', ');

const examplesOf = (entries: readonly CatalogueEntry[]): object =>
  Object.fromEntries(entries.map(({ name }) => [name, { $ref: `#/components/examples/${name}` }]));

function failures(status: ErrorHttpStatus, entries: readonly CatalogueEntry[]): object {
  return {
    description: codesOf(entries),
    headers:
      status === 429
        ? { ...REPLY_HEADERS, 'Retry-After': { $ref: '#/components/headers/Retry-After' } }
        : REPLY_HEADERS,
    content: {
      [JSON_TYPE]: {
        schema: { $ref: '#/components/schemas/Failure' },
        examples: examplesOf(entries),
      },
    },
  };
}

const COOKIE_WORDS = {
  sets: 'The refresh cookie of the new session',
  rotates: 'The refresh cookie that takes the place of the one that was sent',
  clears: 'Clears the refresh cookie',
} as const;

const cookieHeader = ({ refreshCookie }: Route): object =>
  refreshCookie === undefined
    ? {}
    : { 'Set-Cookie': { description: COOKIE_WORDS[refreshCookie], schema: { type: 'string' } } };
