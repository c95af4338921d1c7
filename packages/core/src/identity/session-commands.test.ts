import { describe, expect, test } from 'vitest';
import {
  MAX_PAST_REFRESH_HASHES,
  MAX_REVOKED_SESSIONS_PER_USER,
  MAX_SESSIONS_PER_USER,
  REFRESH_GRACE_MS,
} from './limits.ts';
import { Driver, hash, listenKeyText, MONTH_MS, restoredFrom, START_MS } from './testing/driver.ts';

function withSession(): { driver: Driver; userId: number } {
  const driver = new Driver();
  const userId = driver.user(1);
  driver.open(userId, 's1', { refreshTokenHash: hash(100) });
  return { driver, userId };
}

const rotation = (presented: number, next: number) => ({
  presentedTokenHash: hash(presented),
  nextTokenHash: hash(next),
});

describe('open-session', () => {
  test('IDN-5: notes the log-in and answers with the session', () => {
    const driver = new Driver();
    const userId = driver.user(1);
    driver.pass(5);
    const { reply, events } = driver.open(userId, 's1', { ip: '2001:db8::1', deviceId: 'd1', deviceName: 'my phone' });
    expect(reply).toEqual({
      ok: true,
      kind: 'session',
      userId,
      sessionId: 's1',
      refreshExpiresAtMs: START_MS + 5 + MONTH_MS,
    });
    expect(events).toEqual([
      { type: 'session-opened', userId, sessionId: 's1', ip: '2001:db8::1', deviceId: 'd1', deviceName: 'my phone' },
    ]);
    expect(driver.identity.userById(userId)).toMatchObject({ lastLoginAtMs: START_MS + 5, lastLoginIp: '2001:db8::1' });
    expect(driver.identity.session('s1')).toMatchObject({ userId, revoked: false, deviceId: 'd1' });
  });

  test(`IDN-5: session ${MAX_SESSIONS_PER_USER + 1} of a user revokes the oldest, another user's stay`, () => {
    const driver = new Driver();
    const userId = driver.user(1);
    driver.open(driver.user(2), 'other');
    for (let i = 1; i <= MAX_SESSIONS_PER_USER; i++) {
      expect(driver.open(userId, `s${i}`).events.map((event) => event.type)).toEqual(['session-opened']);
    }
    const { events } = driver.open(userId, 'one-more');
    expect(events).toMatchObject([
      { type: 'session-revoked', sessionId: 's1', reason: 'EVICTED' },
      { type: 'session-opened', sessionId: 'one-more' },
    ]);
    expect(driver.identity.openSessions(userId)).toHaveLength(MAX_SESSIONS_PER_USER);
    expect(driver.identity.session('s1')?.revoked).toBe(true);
    expect(driver.identity.session('other')?.revoked).toBe(false);
  });

  test.each([
    ['sessionId', ''],
    ['sessionId', 'x'.repeat(129)],
    ['refreshTokenHash', 'abc'],
    ['refreshTokenHash', 'A'.repeat(64)],
    ['ip', 'x'.repeat(65)],
    ['deviceId', 'x'.repeat(65)],
    ['deviceName', 'x'.repeat(129)],
  ])('IDN-1: refuses the %s %j', (field, value) => {
    const driver = new Driver();
    const userId = driver.user(1);
    expect(driver.open(userId, 's1', { [field]: value }).reply).toMatchObject({
      reason: 'INVALID_PARAMETER',
      details: { field },
    });
  });

  test('IDN-1: an id in use, an end that is not ahead and an unknown user are refused', () => {
    const { driver, userId } = withSession();
    expect(driver.open(userId, 's1').reply).toMatchObject({
      reason: 'INVALID_PARAMETER',
      details: { field: 'sessionId' },
    });
    expect(driver.open(userId, 's2', { refreshExpiresAtMs: START_MS }).reply).toMatchObject({ reason: 'OUT_OF_RANGE' });
    expect(driver.open(userId, 's2', { refreshExpiresAtMs: START_MS + 0.5 }).reply).toMatchObject({
      reason: 'OUT_OF_RANGE',
    });
    expect(driver.open(9, 's2').reply).toMatchObject({ reason: 'USER_UNKNOWN' });
  });
});

describe('rotate-refresh-token', () => {
  test('IDN-6: the current token is replaced and the session lives on', () => {
    const { driver, userId } = withSession();
    driver.pass(MONTH_MS - 1);
    const { reply, events } = driver.rotate('s1', rotation(100, 101));
    const refreshExpiresAtMs = driver.timeMs + MONTH_MS;
    expect(reply).toEqual({ ok: true, kind: 'session', userId, sessionId: 's1', refreshExpiresAtMs });
    expect(events).toEqual([{ type: 'session-renewed', userId, sessionId: 's1', refreshExpiresAtMs }]);
    driver.pass(1_000_000);
    expect(driver.rotate('s1', rotation(101, 102)).reply).toMatchObject({ ok: true });
  });

  test('IDN-6: the previous token is accepted up to 10 s after its rotation', () => {
    const { driver } = withSession();
    driver.rotate('s1', rotation(100, 101));
    driver.pass(REFRESH_GRACE_MS);
    expect(driver.rotate('s1', rotation(100, 102)).reply).toMatchObject({ ok: true });
    expect(driver.rotate('s1', rotation(102, 103)).reply).toMatchObject({ ok: true });
  });

  test('IDN-7: the previous token after 10 s revokes the session', () => {
    const { driver, userId } = withSession();
    driver.rotate('s1', rotation(100, 101));
    driver.pass(REFRESH_GRACE_MS + 1);
    const { reply, events } = driver.rotate('s1', rotation(100, 102));
    expect(reply).toMatchObject({ ok: false, reason: 'REFRESH_TOKEN_REUSED' });
    expect(events).toEqual([{ type: 'session-revoked', userId, sessionId: 's1', reason: 'REUSE' }]);
    expect(driver.rotate('s1', rotation(101, 103)).reply).toMatchObject({ reason: 'SESSION_REVOKED' });
  });

  test.each([
    ['the previous token a second time', 100],
    ['the token whose reply was lost', 101],
  ])('IDN-6: after a lost reply %s is a reuse', (_case, presented) => {
    const { driver } = withSession();
    driver.rotate('s1', rotation(100, 101));
    driver.rotate('s1', rotation(100, 102));
    expect(driver.rotate('s1', rotation(presented, 103)).reply).toMatchObject({ reason: 'REFRESH_TOKEN_REUSED' });
    expect(driver.identity.session('s1')?.revoked).toBe(true);
  });

  test('IDN-7: a token two rotations old is a reuse even within 10 s', () => {
    const { driver } = withSession();
    driver.rotate('s1', rotation(100, 101));
    driver.rotate('s1', rotation(101, 102));
    expect(driver.rotate('s1', rotation(100, 103)).reply).toMatchObject({ reason: 'REFRESH_TOKEN_REUSED' });
  });

  test.each([
    ['recognised', MAX_PAST_REFRESH_HASHES + 1, 'REFRESH_TOKEN_REUSED', true],
    ['merely invalid', MAX_PAST_REFRESH_HASHES + 2, 'REFRESH_TOKEN_INVALID', false],
  ])('IDN-7: at the limit of old tokens the oldest is %s after %i rotations', (_case, rotations, reason, revoked) => {
    const { driver } = withSession();
    for (let i = 0; i < rotations; i++) {
      expect(driver.rotate('s1', rotation(100 + i, 101 + i)).reply).toMatchObject({ ok: true });
    }
    expect(driver.rotate('s1', rotation(100, 999)).reply).toMatchObject({ reason });
    expect(driver.identity.session('s1')?.revoked).toBe(revoked);
  });

  test('IDN-7: unknown tokens, unknown and expired sessions are refused and nothing is revoked', () => {
    const { driver } = withSession();
    expect(driver.rotate('s1', rotation(555, 101)).reply).toMatchObject({ reason: 'REFRESH_TOKEN_INVALID' });
    expect(driver.rotate('s1', { presentedTokenHash: '', nextTokenHash: hash(101) }).reply).toMatchObject({
      reason: 'REFRESH_TOKEN_INVALID',
    });
    expect(driver.rotate('nope', rotation(100, 101)).reply).toMatchObject({ reason: 'REFRESH_TOKEN_INVALID' });
    expect(driver.identity.session('s1')?.revoked).toBe(false);
    driver.timeMs += MONTH_MS;
    expect(driver.rotate('s1', rotation(100, 101)).reply).toMatchObject({ reason: 'REFRESH_TOKEN_INVALID' });
  });

  test('IDN-1: the next token must be new and have its form', () => {
    const { driver } = withSession();
    expect(driver.rotate('s1', rotation(100, 100)).reply).toMatchObject({
      reason: 'INVALID_PARAMETER',
      details: { field: 'nextTokenHash' },
    });
    expect(driver.rotate('s1', { presentedTokenHash: hash(100), nextTokenHash: '' }).reply).toMatchObject({
      reason: 'INVALID_PARAMETER',
    });
    expect(driver.rotate('s1', rotation(100, 101)).reply).toMatchObject({ ok: true });
  });

  test('IDN-5: a session without a refresh token cannot be renewed', () => {
    const { driver, userId } = withSession();
    expect(driver.open(userId, 'embedded', { refreshTokenHash: '' }).reply).toMatchObject({ ok: true });
    expect(driver.rotate('embedded', { presentedTokenHash: '', nextTokenHash: hash(1) }).reply).toMatchObject({
      reason: 'REFRESH_TOKEN_INVALID',
    });
  });
});

describe('revoking', () => {
  test('IDN-8: log-out ends the session and the listen keys it created, and is said once', () => {
    const { driver, userId } = withSession();
    driver.open(userId, 's2');
    driver.listen({ userId, sessionId: 's1' }, 1);
    driver.listen({ userId, sessionId: 's2' }, 2);
    const { reply, events } = driver.run({ type: 'revoke-session', sessionId: 's1' });
    expect(reply).toEqual({ ok: true, kind: 'done' });
    expect(events).toEqual([
      { type: 'session-revoked', userId, sessionId: 's1', reason: 'LOGOUT' },
      { type: 'listen-key-ended', userId, listenKey: listenKeyText(1), reason: 'REVOKED' },
    ]);
    expect(driver.identity.listenKey(listenKeyText(2))).toBeDefined();
    expect(driver.run({ type: 'revoke-session', sessionId: 's1' }).reply).toMatchObject({ reason: 'SESSION_REVOKED' });
    expect(driver.run({ type: 'revoke-session', sessionId: 'nope' }).reply).toMatchObject({
      reason: 'SESSION_UNKNOWN',
    });
  });

  test('IDN-8: all sessions of one user at once', () => {
    const { driver, userId } = withSession();
    driver.open(userId, 's2');
    driver.open(driver.user(2), 'other');
    const { reply, events } = driver.run({ type: 'revoke-all-sessions', userId });
    expect(reply).toEqual({ ok: true, kind: 'revoked', count: 2 });
    expect(events).toMatchObject([
      { type: 'session-revoked', sessionId: 's1', reason: 'ALL' },
      { type: 'session-revoked', sessionId: 's2', reason: 'ALL' },
    ]);
    expect(driver.identity.session('other')?.revoked).toBe(false);
    expect(driver.run({ type: 'revoke-all-sessions', userId }).reply).toMatchObject({ count: 0 });
    expect(driver.run({ type: 'revoke-all-sessions', userId: 9 }).reply).toMatchObject({ reason: 'USER_UNKNOWN' });
  });

  test('IDN-8: a revoked session is known until its refresh expiry and forgotten without an event', () => {
    const { driver } = withSession();
    driver.run({ type: 'revoke-session', sessionId: 's1' });
    expect(driver.pass(MONTH_MS - 1)).toEqual([]);
    expect(driver.identity.session('s1')).toMatchObject({ revoked: true });
    expect(driver.pass(1)).toEqual([]);
    expect(driver.identity.session('s1')).toBeUndefined();
  });

  test(`IDN-8: of ${MAX_REVOKED_SESSIONS_PER_USER + 1} revoked sessions the longest revoked is forgotten, after a restore too`, () => {
    const { driver, userId } = withSession();
    const revoke = (sessionId: string) => driver.run({ type: 'revoke-session', sessionId });
    driver.open(userId, 'second');
    revoke('second');
    revoke('s1');
    for (let i = 3; i <= MAX_REVOKED_SESSIONS_PER_USER; i++) {
      driver.open(userId, `s${i}`);
      revoke(`s${i}`);
    }
    expect(driver.identity.session('second')?.revoked).toBe(true);
    driver.identity = restoredFrom(driver.bytes());
    driver.open(userId, 'last');
    revoke('last');
    expect(driver.identity.session('second')).toBeUndefined();
    expect(driver.identity.session('s1')?.revoked).toBe(true);
  });

  test('IDN-17: a session that is not renewed ends with its listen keys', () => {
    const driver = new Driver();
    const userId = driver.user(1);
    driver.open(userId, 's1', { refreshExpiresAtMs: driver.timeMs + 1_000 });
    driver.listen({ userId, sessionId: 's1' }, 1);
    expect(driver.pass(999)).toEqual([]);
    expect(driver.pass(1)).toEqual([
      { type: 'session-expired', userId, sessionId: 's1' },
      { type: 'listen-key-ended', userId, listenKey: listenKeyText(1), reason: 'EXPIRED' },
    ]);
    expect(driver.identity.openSessions(userId)).toEqual([]);
  });
});
