import { randomBytes } from 'node:crypto';
import { type JWTHeaderParameters, SignJWT, UnsecuredJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { AccessTokens } from './access-token.ts';

const secret = Buffer.alloc(32, 5);
const NOW = 1_772_007_815_123;
const settings = {
  secret,
  issuer: 'https://venue.test',
  audience: 'openvenue',
  lifeMs: 1_800_000,
  random: randomBytes,
};
const holder = { externalUserId: '1188041528', sessionId: 'session-1' };
const tokens = () => new AccessTokens(settings);

test('a token is valid until its end and expired from then on', async () => {
  const { accessToken, accessExpire } = await tokens().issue(holder, NOW);
  expect(accessExpire).toBe(1_772_007_815 + 1_800);
  const end = accessExpire * 1_000;
  for (const verifier of [tokens(), tokens()]) {
    expect(await verifier.verify(accessToken, NOW)).toEqual({
      ok: true,
      claims: { ...holder, expiresAtSeconds: accessExpire },
    });
    expect((await verifier.verify(accessToken, end - 1)).ok).toBe(true);
    expect(await verifier.verify(accessToken, end)).toEqual({ ok: false, error: 'TOKEN_EXPIRED' });
  }
  expect(await tokens().verify(accessToken, end)).toEqual({ ok: false, error: 'TOKEN_EXPIRED' });
});

test('two tokens of one session differ', async () => {
  const first = await tokens().issue(holder, NOW);
  const second = await tokens().issue(holder, NOW);
  expect(first.accessToken).not.toBe(second.accessToken);
});

describe('refused as invalid:', () => {
  const valid = (header: JWTHeaderParameters = { alg: 'HS256', typ: 'at+jwt' }) =>
    new SignJWT({ sid: 'session-1' })
      .setProtectedHeader(header)
      .setIssuer('https://venue.test')
      .setAudience('openvenue')
      .setSubject('1188041528')
      .setJti('1')
      .setIssuedAt(1_772_007_815)
      .setExpirationTime(1_772_009_815);
  const refused = async (token: string) =>
    expect(await tokens().verify(token, NOW)).toEqual({ ok: false, error: 'INVALID_TOKEN' });

  test('the token that the others are variants of is valid', async () => {
    expect((await tokens().verify(await valid().sign(secret), NOW)).ok).toBe(true);
  });

  test('another key', async () => refused(await valid().sign(Buffer.alloc(32, 6))));
  test('another algorithm', async () =>
    refused(await valid({ alg: 'HS512', typ: 'at+jwt' }).sign(Buffer.alloc(64, 5))));
  test('another typ', async () => refused(await valid({ alg: 'HS256', typ: 'JWT' }).sign(secret)));
  test('no typ', async () => refused(await valid({ alg: 'HS256' }).sign(secret)));
  test('another issuer', async () => refused(await valid().setIssuer('https://other.test').sign(secret)));
  test('another audience', async () => refused(await valid().setAudience('agent').sign(secret)));
  test('not valid yet', async () => refused(await valid().setNotBefore(1_772_008_815).sign(secret)));
  test('no signature', async () => refused(new UnsecuredJWT({ sid: 'session-1' }).setSubject('1').encode()));
  test.each(['sub', 'sid', 'jti', 'iat', 'exp'] as const)('without %s', async (claim) => {
    const all = { sid: 's', sub: '1188041528', jti: '1', iat: 1_772_007_815, exp: 1_772_009_815 };
    const { [claim]: _left, ...rest } = all;
    const token = new SignJWT({ iss: 'https://venue.test', aud: 'openvenue', ...rest });
    await refused(await token.setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' }).sign(secret));
  });
  test('a sid that is no text', async () => {
    const claims = {
      iss: 'https://venue.test',
      aud: 'openvenue',
      sub: '1',
      jti: '1',
      iat: 1,
      exp: 1_772_009_815,
      sid: 7,
    };
    await refused(await new SignJWT(claims).setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' }).sign(secret));
  });
  test.each(['', 'a', 'a.b.c', '..', 'x'.repeat(5_000), '\u0000.\u0000.\u0000'])('the text %#', refused);
});

test('a short secret is refused', () => {
  expect(() => new AccessTokens({ ...settings, secret: Buffer.alloc(16) })).toThrow(RangeError);
});
