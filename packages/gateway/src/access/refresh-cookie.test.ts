import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { newRefreshToken, newSessionId, RefreshCookie, refreshTokenHash } from './refresh-cookie.ts';

test('the cookie comes back as it was written', () => {
  const cookie = new RefreshCookie(true);
  const credential = { sessionId: newSessionId(randomBytes), token: newRefreshToken(randomBytes) };
  expect(cookie.read(cookie.write(credential))).toEqual(credential);
});

test('its name and attributes follow the transport', () => {
  expect(new RefreshCookie(true).name).toBe('__Host-openvenue_refresh');
  expect(new RefreshCookie(true).attributes(2_000)).toEqual({
    path: '/',
    httpOnly: true,
    secure: true,
    sameSite: 'strict',
    maxAge: 2,
  });
  expect(new RefreshCookie(false).name).toBe('openvenue_refresh');
  expect(new RefreshCookie(false).attributes(0)).toMatchObject({ secure: false, maxAge: 0, httpOnly: true });
});

test.each([
  '',
  '.',
  'a.b',
  `${'a'.repeat(32)}.`,
  `${'A'.repeat(32)}.${'b'.repeat(43)}`,
  `${'a'.repeat(32)}.${'b'.repeat(44)}`,
])('the value %j is none of ours', (value) => {
  expect(new RefreshCookie(true).read(value)).toBeUndefined();
});

test('a token is kept as its hash', () => {
  expect(refreshTokenHash('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});
