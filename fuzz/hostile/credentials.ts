import { createHmac } from 'node:crypto';
import type { RouteAuth } from '@openvenue/contract';
import type { SeededRandom } from '@openvenue/core/testing';
import type { ApiKey, Member } from '../cast/member.ts';
import type { Headers } from './http-request.ts';

/** A request in want of a credential. */
export interface Unsigned {
  readonly auth: RouteAuth;
  readonly query: string;
  readonly body: Buffer | undefined;
}

/** What a credential adds to a request. */
export interface Credential {
  readonly mutation: string;
  readonly headers: Headers;
  readonly query: string;
  readonly isAuthentic: boolean;
}

const none = ({ query }: Unsigned): Credential => ({
  mutation: 'no credential',
  headers: [],
  query,
  isAuthentic: false,
});

const bearer = (token: string, mutation: string, { query }: Unsigned): Credential => ({
  mutation,
  headers: [`Authorization: Bearer ${token}`],
  query,
  isAuthentic: false,
});

function signed({ apiKey, apiSecret }: ApiKey, mutation: string, { query, body }: Unsigned): Credential {
  const payload = `${query === '' ? '' : `${query}&`}timestamp=${Date.now()}`;
  return {
    mutation,
    headers: [`X-API-KEY: ${apiKey}`],
    query: `${payload}&signature=${signatureOf(apiSecret, payload, body)}`,
    isAuthentic: false,
  };
}

const signatureOf = (secret: string, payload: string, body: Buffer = Buffer.alloc(0)): string =>
  createHmac('sha256', secret).update(payload, 'latin1').update(body).digest('hex');

/** A credential that the venue takes for a call with this permission. */
export function authentic(unsigned: Unsigned, member: Member, random: SeededRandom): Credential {
  const { auth } = unsigned;
  if (auth === '-') return { ...none(unsigned), mutation: 'public', isAuthentic: true };
  if (auth !== 'J' && random.chance(1, 2)) {
    const key = auth === 'R' && random.chance(1, 2) ? member.readOnlyKey : member.key;
    return { ...signed(key, 'key', unsigned), isAuthentic: true };
  }
  const token = auth !== 'J' && random.chance(1, 5) ? member.embedToken : member.token;
  return { ...bearer(token, 'token', unsigned), isAuthentic: true };
}

/** One that it does not take, or not for this; now and then one that is only written oddly. */
export function hostileCredential(unsigned: Unsigned, member: Member, random: SeededRandom): Credential {
  const made = random.pick(HOSTILE)(unsigned, member, random);
  return { ...made, isAuthentic: unsigned.auth === '-' };
}

const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const ODD_HEADERS: readonly Headers[] = [
  ['Authorization:'],
  ['Authorization: Bearer'],
  ['Authorization: Basic YWxpY2U6YWxpY2U='],
  ['Authorization: Bearer a b'],
  ['Authorization: Bearer ..'],
  ['Authorization: Bearer null'],
  [`Authorization: Bearer ${'a'.repeat(5_000)}`],
  [`Authorization: Bearer ${'.'.repeat(2_000)}`],
  [`Authorization: Bearer ${' '.repeat(5_000)}a b`],
  ['X-API-KEY:'],
  ['X-API-KEY: fx_'],
  ['X-API-KEY: __proto__'],
  ['X-API-KEY: constructor'],
  [`X-API-KEY: fx_${'a'.repeat(5_000)}`],
  ['X-API-KEY: fx_\xff\xfe'],
  ['X-API-KEY: a', 'X-API-KEY: b'],
  ['Cookie: openvenue_refresh=%'],
  ['Cookie: openvenue_refresh=%00%ff; openvenue_refresh=x; =; ;;'],
  [`Cookie: ${'a=b; '.repeat(400)}`],
  ['Cookie: __proto__=1; constructor=1; toString=1'],
];

type Maker = (unsigned: Unsigned, member: Member, random: SeededRandom) => Credential;

const HOSTILE: readonly Maker[] = [
  none,
  (unsigned, _member, random) => ({ ...none(unsigned), mutation: 'odd header', headers: random.pick(ODD_HEADERS) }),
  (unsigned, member, random) => bearer(mutatedToken(member.token, random), 'mutated token', unsigned),
  (unsigned, member) => bearer(member.listenKey, 'listen key as token', unsigned),
  (unsigned, member) => bearer(member.embedToken, 'embed token', unsigned),
  (unsigned, member) => signed(member.readOnlyKey, 'read-only key', unsigned),
  (unsigned, member) => signed(member.boundKey, 'key of another address', unsigned),
  (unsigned, member) => signed(member.disabledKey, 'disabled key', unsigned),
  (unsigned, member) => signed({ ...member.key, apiSecret: 'x'.repeat(48) }, 'wrong secret', unsigned),
  (unsigned, member) => ({
    ...signed(member.key, 'key beside a token', unsigned),
    headers: [`X-API-KEY: ${member.key.apiKey}x`, `Authorization: Bearer ${member.token}`],
  }),
  (unsigned, member) => signed(member.key, 'signed for another body', { ...unsigned, body: Buffer.from('{}') }),
  (unsigned, member, random) => mutatedSignature(signed(member.key, 'mutated signature', unsigned), random),
  (unsigned, member, random) => oddTimestamp(unsigned, member, random),
];

function mutatedToken(token: string, random: SeededRandom): string {
  const [head = '', claims = '', signature = ''] = token.split('.');
  const at = random.integer(0, token.length - 1);
  return random.pick([
    token.slice(0, at),
    `${token}x`,
    `${token}.${signature}`,
    `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`,
    `${base64({ alg: 'none', typ: 'at+jwt' })}.${claims}.`,
    `${base64({ alg: 'RS256', typ: 'at+jwt' })}.${claims}.${signature}`,
    `${base64({ alg: 'HS256', typ: 'at+jwt', crit: ['exp'] })}.${claims}.${signature}`,
    `${base64({ alg: 'HS256', typ: 'at+jwt', kid: '../../dev/null', jwk: {} })}.${claims}.${signature}`,
    `${head}.${base64({ sub: '1', exp: -1, iat: 'x' })}.${signature}`,
    `${head}.${base64([])}.${signature}`,
    `${head}..${signature}`,
    '..',
    'e30.e30.',
  ]);
}

function mutatedSignature(credential: Credential, random: SeededRandom): Credential {
  const [payload = '', signature = ''] = credential.query.split('&signature=');
  const other = random.pick([
    signature.toUpperCase().replace(/^\d+$/, 'A'),
    signature.slice(1),
    `${signature}0`,
    signature.replace(/^./, (digit) => (digit === '0' ? '1' : '0')),
    '',
    '0'.repeat(64),
    'g'.repeat(64),
    `%${signature}`,
    'f'.repeat(5_000),
    `${signature}&signature=${signature}`,
    `&timestamp=${Date.now()}&signature=${signature}`,
  ]);
  return { ...credential, query: `${payload}&signature=${other}` };
}

const ODD_TIMESTAMPS = [
  '',
  '0',
  '-1',
  '+1',
  '1e12',
  '0x18f',
  'NaN',
  '%D9%A3',
  '9999999999999999',
  '99999999999999999999999',
  '00000000000001',
  '1.5',
  'a'.repeat(3_000),
];

/** Rightly signed, at a time that is none, or not now. */
function oddTimestamp({ query, body }: Unsigned, { key }: Member, random: SeededRandom): Credential {
  const now = Date.now();
  const timestamp = random.pick([
    ...ODD_TIMESTAMPS,
    String(now - 11_000),
    String(now + 11_000),
    `0${now}`,
    ` ${now}`.replace(' ', '%20'),
  ]);
  const twice = random.chance(1, 4) ? `&timestamp=${now}` : '';
  const payload = `${query === '' ? '' : `${query}&`}timestamp=${timestamp}${twice}`;
  return {
    mutation: 'odd timestamp',
    headers: [`X-API-KEY: ${key.apiKey}`],
    query: `${payload}&signature=${signatureOf(key.apiSecret, payload, body)}`,
    isAuthentic: false,
  };
}
