import { describe, expect, test } from 'vitest';
import { StateReader } from '../state/reader.ts';
import { Identity } from './identity.ts';
import { MAX_SIGNATURE_LIFE_MS, MAX_SIGNATURES, MAX_SIGNATURES_PER_USER } from './limits.ts';
import type { Need } from './permission.ts';
import { Driver, hash, MONTH_MS } from './testing/driver.ts';

function venue() {
  const driver = new Driver();
  const userId = driver.user(1);
  const strangerId = driver.user(2);
  driver.open(userId, 's1');
  const apiKeyId = driver.apiKey(userId, { permissions: 2 });
  const authorize = (actor: Parameters<typeof driver.identity.authorize>[0], need: Need = 'trade') =>
    driver.identity.authorize(actor, driver.timeMs, need);
  return { driver, userId, strangerId, apiKeyId, authorize };
}

describe('authorize', () => {
  test('IDN-13: the venue itself, a session that holds and a key with the permission may act', () => {
    const { userId, apiKeyId, authorize } = venue();
    expect(authorize({ userId })).toBeUndefined();
    for (const need of ['read', 'trade', 'funds', 'session'] as const) {
      expect(authorize({ userId, sessionId: 's1' }, need)).toBeUndefined();
    }
    expect(authorize({ userId, apiKeyId })).toBeUndefined();
  });

  test('IDN-13: unknown user, unknown or foreign session, unknown or foreign key', () => {
    const { strangerId, userId, apiKeyId, authorize } = venue();
    expect(authorize({ userId: 99, sessionId: 's1' })).toMatchObject({ reason: 'USER_UNKNOWN' });
    expect(authorize({ userId, sessionId: 'nope' })).toMatchObject({ reason: 'SESSION_UNKNOWN' });
    expect(authorize({ userId: strangerId, sessionId: 's1' })).toMatchObject({ reason: 'SESSION_UNKNOWN' });
    expect(authorize({ userId, apiKeyId: 99 })).toMatchObject({ reason: 'API_KEY_INVALID' });
    expect(authorize({ userId: strangerId, apiKeyId })).toMatchObject({ reason: 'API_KEY_INVALID' });
  });

  test('IDN-13: a session no longer holds after its revocation, nor from its expiry on', () => {
    const { driver, userId, authorize } = venue();
    driver.open(userId, 's2');
    driver.run({ type: 'revoke-session', sessionId: 's1' });
    expect(authorize({ userId, sessionId: 's1' })).toMatchObject({ reason: 'SESSION_REVOKED' });
    driver.timeMs += MONTH_MS - 1;
    expect(authorize({ userId, sessionId: 's2' })).toBeUndefined();
    driver.timeMs += 1;
    expect(authorize({ userId, sessionId: 's2' })).toMatchObject({ reason: 'SESSION_UNKNOWN' });
  });

  test('IDN-19: a session of an embedded terminal reads and trades, nothing else, also after a restore', () => {
    const { driver, userId } = venue();
    driver.open(userId, 'e1', { embed: true, refreshTokenHash: '' });
    const restored = new Identity();
    restored.load(new StateReader(driver.bytes()));
    for (const identity of [driver.identity, restored]) {
      const may = (need: Need) => identity.authorize({ userId, sessionId: 'e1' }, driver.timeMs, need);
      expect(may('read')).toBeUndefined();
      expect(may('trade')).toBeUndefined();
      expect(may('session')).toMatchObject({ reason: 'PERMISSION_DENIED' });
      expect(may('funds')).toMatchObject({ reason: 'PERMISSION_DENIED' });
    }
  });

  test('IDN-13: a disabled key is refused until it is enabled', () => {
    const { driver, userId, apiKeyId, authorize } = venue();
    driver.run({ type: 'update-api-key', actor: { userId }, id: apiKeyId, enabled: false });
    expect(authorize({ userId, apiKeyId })).toMatchObject({ reason: 'API_KEY_INVALID' });
    driver.run({ type: 'update-api-key', actor: { userId }, id: apiKeyId, enabled: true });
    expect(authorize({ userId, apiKeyId })).toBeUndefined();
  });

  test.each([
    [1, ['read']],
    [2, ['trade']],
    [3, ['read', 'trade', 'funds']],
    [4, []],
    [7, ['read', 'trade', 'funds']],
  ])('IDN-14: permissions %i allow a key %j', (permissions, allowed) => {
    const { driver, userId, authorize } = venue();
    const id = driver.apiKey(userId, { apiKey: 'fx_permissions', permissions });
    const needs = ['read', 'trade', 'funds', 'session'] as const;
    expect(needs.filter((need) => authorize({ userId, apiKeyId: id }, need) === undefined)).toEqual(allowed);
    expect(authorize({ userId, apiKeyId: id }, 'session')).toMatchObject({ reason: 'PERMISSION_DENIED' });
  });
});

describe('signatures', () => {
  const signed = (number: number, signatureExpiresAtMs: number) => ({
    signatureHash: hash(number),
    signatureExpiresAtMs,
  });

  test('IDN-15: a signature is taken once, whoever presents it', () => {
    const { driver, userId, strangerId, apiKeyId, authorize } = venue();
    const signature = signed(1, driver.timeMs + 10_000);
    expect(authorize({ userId, apiKeyId, ...signature })).toBeUndefined();
    expect(authorize({ userId, apiKeyId, ...signature })).toMatchObject({ reason: 'SIGNATURE_REPLAYED' });
    expect(authorize({ userId: strangerId, ...signature })).toMatchObject({ reason: 'SIGNATURE_REPLAYED' });
    driver.pass(9_999);
    expect(authorize({ userId, apiKeyId, ...signature })).toMatchObject({ reason: 'SIGNATURE_REPLAYED' });
  });

  test('IDN-15: a refused actor keeps his signature', () => {
    const { driver, userId, apiKeyId, authorize } = venue();
    const actor = { userId, apiKeyId, ...signed(1, driver.timeMs + 10_000) };
    const before = driver.bytes();
    expect(authorize(actor, 'read')).toMatchObject({ reason: 'PERMISSION_DENIED' });
    expect(authorize({ ...actor, sessionId: 'nope' })).toMatchObject({ reason: 'SESSION_UNKNOWN' });
    expect(driver.bytes()).toEqual(before);
    expect(authorize(actor)).toBeUndefined();
  });

  test('IDN-1: a signature stays used when a later check refuses the command', () => {
    const { driver, userId } = venue();
    const actor = { userId, ...signed(1, driver.timeMs + 10_000) };
    const close = { type: 'close-listen-key', actor, listenKey: 'f'.repeat(32) } as const;
    expect(driver.run(close).reply).toMatchObject({ reason: 'LISTEN_KEY_UNKNOWN' });
    expect(driver.run(close).reply).toMatchObject({ reason: 'SIGNATURE_REPLAYED' });
  });

  test('IDN-15: an expired signature and one from the far future are refused', () => {
    const { driver, userId, authorize } = venue();
    const { timeMs } = driver;
    expect(authorize({ userId, ...signed(1, timeMs) })).toMatchObject({
      reason: 'API_KEY_INVALID',
      details: { field: 'timestamp' },
    });
    expect(authorize({ userId, ...signed(1, timeMs + MAX_SIGNATURE_LIFE_MS + 1) })).toMatchObject({
      reason: 'OUT_OF_RANGE',
    });
    expect(authorize({ userId, signatureHash: hash(1) })).toMatchObject({ reason: 'OUT_OF_RANGE' });
    expect(authorize({ userId, ...signed(1, timeMs + MAX_SIGNATURE_LIFE_MS), signatureHash: 'x' })).toMatchObject({
      reason: 'INVALID_PARAMETER',
    });
    expect(authorize({ userId, ...signed(1, timeMs + MAX_SIGNATURE_LIFE_MS) })).toBeUndefined();
  });

  test(`IDN-16: signature ${MAX_SIGNATURES_PER_USER + 1} of a user is refused until one expires`, () => {
    const { driver, userId, strangerId, authorize } = venue();
    authorize({ userId, ...signed(5_000_000, driver.timeMs + 1) });
    driver.pass(1);
    const early = driver.timeMs + 5_000;
    const late = driver.timeMs + 10_000;
    expect(authorize({ userId, ...signed(0, early) })).toBeUndefined();
    let taken = 1;
    for (let i = 1; i < MAX_SIGNATURES_PER_USER; i++) {
      if (authorize({ userId, ...signed(i, late) }) === undefined) taken++;
    }
    expect(taken).toBe(MAX_SIGNATURES_PER_USER);
    expect(authorize({ userId, ...signed(999_999, late) })).toMatchObject({ reason: 'SIGNATURES_FULL' });
    expect(authorize({ userId, ...signed(0, early) })).toMatchObject({ reason: 'SIGNATURE_REPLAYED' });
    expect(authorize({ userId: strangerId, ...signed(999_999, late) })).toBeUndefined();
    driver.pass(5_000);
    expect(authorize({ userId, ...signed(1_000_000, late) })).toBeUndefined();
    expect(authorize({ userId, ...signed(1_000_001, late) })).toMatchObject({ reason: 'SIGNATURES_FULL' });
    expect(authorize({ userId, ...signed(1, late) })).toMatchObject({ reason: 'SIGNATURE_REPLAYED' });
  });

  test(`IDN-16: signature ${MAX_SIGNATURES + 1} of all users is refused until one expires`, () => {
    const { driver, authorize } = venue();
    const users = Array.from({ length: MAX_SIGNATURES / MAX_SIGNATURES_PER_USER + 1 }, (_, i) => driver.user(10 + i));
    const [last = 0, ...others] = users;
    const late = driver.timeMs + 10_000;
    let refused = 0;
    let number = 0;
    for (const userId of others) {
      for (let i = 0; i < MAX_SIGNATURES_PER_USER; i++) {
        if (authorize({ userId, ...signed(number++, late) }) !== undefined) refused++;
      }
    }
    expect(refused).toBe(0);
    expect(authorize({ userId: last, ...signed(number, late) })).toMatchObject({ reason: 'SIGNATURES_FULL' });
    driver.pass(10_000);
    expect(authorize({ userId: last, ...signed(number, late + 1) })).toBeUndefined();
  });
});
