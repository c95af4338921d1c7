import { gzipSync } from 'node:zlib';
import { type OperationName, operations, type Route } from '@openvenue/contract';
import type { SeededRandom } from '@openvenue/core/testing';
import type { Member } from '../cast/member.ts';
import { SAMPLES } from '../cast/samples.ts';
import { oddAddress, someAddress } from './addresses.ts';
import { authentic, hostileCredential } from './credentials.ts';
import { type Headers, type HostileRequest, requestBytes } from './http-request.ts';
import { hostileBody } from './json-bodies.ts';
import { hostileQuery, intactQuery } from './queries.ts';

export const OPERATION_NAMES = Object.keys(operations) as OperationName[];

/** Larger bodies are refused before they are read to their end: they get a connection of their own. */
const BODY_MAX = 60_000;

/** A call of an operation with something wrong: in its credential, its form, its headers, or nothing at all. */
export function developerRequest(name: OperationName, member: Member, random: SeededRandom): HostileRequest {
  const route: Route = operations[name];
  const sample = SAMPLES[name]({ member, random });
  const wrong = random.pick([
    'form',
    'form',
    'form',
    'form',
    'credential',
    'credential',
    'headers',
    'nothing',
  ] as const);
  let query = intactQuery(sample.query ?? {});
  let body: Buffer | undefined = sample.body === undefined ? undefined : Buffer.from(JSON.stringify(sample.body));
  let mutation: string = wrong;
  if (wrong === 'form') {
    if (sample.body === undefined || (sample.query !== undefined && random.chance(1, 2))) {
      const hostile = hostileQuery(sample.query ?? {}, random);
      query = hostile.text;
      mutation = `query: ${hostile.mutation}`;
    } else {
      const hostile = hostileBody(sample.body, random);
      body = hostile.bytes.length > BODY_MAX ? Buffer.from('[') : hostile.bytes;
      mutation = `body: ${hostile.mutation}`;
    }
  }
  const odd = wrong === 'headers' ? oddHeaders(body, random) : undefined;
  const sent = odd === undefined ? body : odd.body;
  const unsigned = { auth: route.auth, query, body: sent };
  const credential =
    wrong === 'credential' ? hostileCredential(unsigned, member, random) : authentic(unsigned, member, random);
  const headers = [
    ...(odd?.headers ?? [`X-Forwarded-For: ${someAddress(random)}`, ...(sent === undefined ? [] : [JSON_TYPE])]),
    ...credential.headers,
    ...(route.refreshCookie === undefined ? [] : [`Cookie: openvenue_refresh=${member.cookie}`]),
  ];
  const target = credential.query === '' ? route.path : `${route.path}?${credential.query}`;
  return {
    contract: { kind: 'route', name, route },
    method: route.method,
    mutation: `${mutation}${odd === undefined ? '' : ` (${odd.mutation})`}, ${credential.mutation}`,
    isAuthentic: credential.isAuthentic,
    mustFail: route.auth !== '-' && NEVER.has(credential.mutation),
    bytes: requestBytes({ method: route.method, target }, headers, sent),
  };
}

/** Credentials that open nothing, whatever the call. */
const NEVER: ReadonlySet<string> = new Set([
  'no credential',
  'listen key as token',
  'key of another address',
  'disabled key',
  'wrong secret',
  'key beside a token',
]);
const JSON_TYPE = 'Content-Type: application/json';

interface OddHeaders {
  readonly headers: Headers;
  readonly body: Buffer | undefined;
  readonly mutation: string;
}

function oddHeaders(body: Buffer | undefined, random: SeededRandom): OddHeaders {
  const from = `X-Forwarded-For: ${someAddress(random)}`;
  const some = body ?? Buffer.from('{}');
  switch (random.integer(0, 6)) {
    case 0:
      return { mutation: 'type', body: some, headers: [from, `Content-Type: ${random.pick(ODD_TYPES)}`] };
    case 1:
      return { mutation: 'no type', body: some, headers: [from] };
    case 2: {
      const encoding = random.pick(['gzip', 'deflate', 'br', 'zstd', 'gzip, gzip', 'identity', 'x']);
      const packed = random.chance(1, 2) ? gzipSync(some) : some;
      return { mutation: 'encoding', body: packed, headers: [from, JSON_TYPE, `Content-Encoding: ${encoding}`] };
    }
    case 3:
      return { mutation: 'chunked', body: some, headers: [from, JSON_TYPE, 'Transfer-Encoding: chunked'] };
    case 4:
      return { mutation: 'address', body, headers: [`X-Forwarded-For: ${oddAddress(random)}`, ...typeOf(body)] };
    case 5:
      return { mutation: 'request id', body, headers: [from, ...typeOf(body), ...random.pick(ODD_IDS)] };
    default:
      return { mutation: 'odd', body, headers: [from, ...typeOf(body), ...random.pick(ODD)] };
  }
}

const typeOf = (body: Buffer | undefined): Headers => (body === undefined ? [] : [JSON_TYPE]);

const ODD_TYPES = [
  'text/plain',
  'application/json; charset=utf-16',
  'application/json;',
  'application/json; charset="',
  'APPLICATION/JSON',
  'application/vnd.api+json',
  'application/jsonp',
  'application/json, text/html',
  'multipart/form-data; boundary=x',
  'application/x-www-form-urlencoded',
  '*/*',
  '',
  ';',
  `application/${'a'.repeat(5_000)}`,
  `application/json${' '.repeat(5_000)}x`,
  '\xff\xfe',
];
const ODD_IDS: readonly Headers[] = [
  ['X-Request-ID: '],
  [`X-Request-ID: ${'a'.repeat(129)}`],
  ['X-Request-ID: a b'],
  ['X-Request-ID: \xe9'],
  ['X-Request-ID: a', 'X-Request-ID: b'],
  ['X-Request-ID: ok-1:2.3_4'],
];
const ODD: readonly Headers[] = [
  ['Origin: null'],
  ['Origin: https://evil.example'],
  ['Origin: '],
  ['X-Embed-Origin: \xff'],
  [`X-Embed-Origin: ${'a'.repeat(4_000)}`],
  ['Expect: 100-continue'],
  ['Accept: application/xml;q=x'],
  ['Accept-Encoding: gzip;q=1e400, *;q=0'],
  ['Range: bytes=0-1,-1,5-'],
  ['If-None-Match: *', 'If-Modified-Since: x'],
  ['Connection: keep-alive, x-api-key, authorization'],
  ['X-HTTP-Method-Override: DELETE'],
  ['X-Original-URL: /metrics', 'X-Rewrite-URL: /metrics'],
  ['Forwarded: for=1.1.1.1;host=evil.example'],
  ['X-Forwarded-Host: evil.example', 'X-Forwarded-Proto: x'],
  ['__proto__: 1', 'constructor: 1', 'toString: 1'],
  Array.from({ length: 150 }, (_, at) => `X-Many-${at}: ${at}`),
  [`X-Long: ${'a'.repeat(8_000)}`],
  ['traceparent: 00-ffffffffffffffffffffffffffffffff-ffffffffffffffff-ff', `tracestate: ${'a=b,'.repeat(100)}`],
  ['traceparent: \xff'],
];
