import { describe, expect, test } from 'vitest';
import { LISTEN_KEY_LIFE_MS, MAX_LISTEN_KEYS_PER_USER } from './limits.ts';
import { Driver, listenKeyText, START_MS } from './testing/driver.ts';

function withListenKey(): { driver: Driver; userId: number; listenKey: string } {
  const driver = new Driver();
  const userId = driver.user(1);
  driver.listen({ userId }, 1);
  return { driver, userId, listenKey: listenKeyText(1) };
}

describe('listen keys', () => {
  test('IDN-12: a new key is valid for 60 min', () => {
    const driver = new Driver();
    const userId = driver.user(1);
    const listenKey = listenKeyText(1);
    const expiresAtMs = START_MS + 3_600_000;
    expect(driver.listen({ userId }, 1)).toEqual({
      reply: { ok: true, kind: 'listen-key', listenKey, expiresAtMs },
      events: [{ type: 'listen-key-created', userId, listenKey, expiresAtMs }],
    });
    expect(driver.identity.listenKey(listenKey)).toMatchObject({ userId, expiresAtMs });
    expect(driver.pass(LISTEN_KEY_LIFE_MS - 1)).toEqual([]);
    expect(driver.pass(1)).toEqual([{ type: 'listen-key-ended', userId, listenKey, reason: 'EXPIRED' }]);
    expect(driver.identity.listenKey(listenKey)).toBeUndefined();
    expect(driver.pass(LISTEN_KEY_LIFE_MS)).toEqual([]);
  });

  test('IDN-12: a renewal counts 60 min from its own time', () => {
    const { driver, userId, listenKey } = withListenKey();
    driver.pass(LISTEN_KEY_LIFE_MS - 1);
    const expiresAtMs = driver.timeMs + LISTEN_KEY_LIFE_MS;
    expect(driver.run({ type: 'renew-listen-key', actor: { userId }, listenKey })).toEqual({
      reply: { ok: true, kind: 'listen-key', listenKey, expiresAtMs },
      events: [{ type: 'listen-key-renewed', userId, listenKey, expiresAtMs }],
    });
    expect(driver.pass(LISTEN_KEY_LIFE_MS - 1)).toEqual([]);
    expect(driver.pass(1)).toMatchObject([{ type: 'listen-key-ended' }]);
    expect(driver.run({ type: 'renew-listen-key', actor: { userId }, listenKey }).reply).toMatchObject({
      reason: 'LISTEN_KEY_UNKNOWN',
    });
  });

  test('IDN-12: closing ends it, once', () => {
    const { driver, userId, listenKey } = withListenKey();
    const close = { type: 'close-listen-key', actor: { userId }, listenKey } as const;
    expect(driver.run(close)).toEqual({
      reply: { ok: true, kind: 'done' },
      events: [{ type: 'listen-key-ended', userId, listenKey, reason: 'CLOSED' }],
    });
    expect(driver.run(close).reply).toMatchObject({ reason: 'LISTEN_KEY_UNKNOWN' });
    driver.listen({ userId }, 2);
    expect(driver.pass(LISTEN_KEY_LIFE_MS)).toMatchObject([{ listenKey: listenKeyText(2), reason: 'EXPIRED' }]);
  });

  test("IDN-12: another user's key is unknown", () => {
    const { driver, listenKey } = withListenKey();
    const actor = { userId: driver.user(2) };
    const before = driver.bytes();
    expect(driver.run({ type: 'renew-listen-key', actor, listenKey }).reply).toMatchObject({
      reason: 'LISTEN_KEY_UNKNOWN',
    });
    expect(driver.run({ type: 'close-listen-key', actor, listenKey }).reply).toMatchObject({
      reason: 'LISTEN_KEY_UNKNOWN',
    });
    expect(driver.bytes()).toEqual(before);
  });

  test(`IDN-12: key ${MAX_LISTEN_KEYS_PER_USER + 1} of a user ends the oldest, renewed or not`, () => {
    const { driver, userId, listenKey } = withListenKey();
    for (let i = 2; i <= MAX_LISTEN_KEYS_PER_USER; i++) expect(driver.listen({ userId }, i).events).toHaveLength(1);
    driver.run({ type: 'renew-listen-key', actor: { userId }, listenKey });
    driver.listen({ userId: driver.user(2) }, 500);
    const { events } = driver.listen({ userId }, 501);
    expect(events).toMatchObject([
      { type: 'listen-key-ended', userId, listenKey, reason: 'EVICTED' },
      { type: 'listen-key-created', userId, listenKey: listenKeyText(501) },
    ]);
    expect(driver.identity.listenKey(listenKeyText(500))).toBeDefined();
  });

  test('IDN-17: keys that end at one time end in the order of their texts', () => {
    const driver = new Driver();
    const userId = driver.user(1);
    for (const number of [3, 1, 2]) driver.listen({ userId }, number);
    expect(driver.pass(LISTEN_KEY_LIFE_MS)).toMatchObject(
      [1, 2, 3].map((number) => ({ listenKey: listenKeyText(number) })),
    );
  });

  test('IDN-1: a faulty text and one in use are refused', () => {
    const { driver, userId, listenKey } = withListenKey();
    const create = (text: string) =>
      driver.run({ type: 'create-listen-key', actor: { userId }, listenKey: text }).reply;
    for (const text of [listenKey, '', 'a'.repeat(31), 'a'.repeat(33), 'G'.repeat(32)]) {
      expect(create(text)).toMatchObject({ reason: 'INVALID_PARAMETER', details: { field: 'listenKey' } });
    }
  });

  test('IDN-14: creating, renewing and closing need the permission to read', () => {
    const { driver, userId, listenKey } = withListenKey();
    const reader = { userId, apiKeyId: driver.apiKey(userId, { permissions: 1 }) };
    const trader = { userId, apiKeyId: driver.apiKey(userId, { apiKey: 'fx_trader-only', permissions: 2 }) };
    const denied = { reason: 'PERMISSION_DENIED' };
    expect(driver.listen(trader, 2).reply).toMatchObject(denied);
    expect(driver.run({ type: 'renew-listen-key', actor: trader, listenKey }).reply).toMatchObject(denied);
    expect(driver.run({ type: 'close-listen-key', actor: trader, listenKey }).reply).toMatchObject(denied);
    expect(driver.listen(reader, 2).reply).toMatchObject({ ok: true });
    expect(driver.identity.listenKey(listenKeyText(2))).toMatchObject({ apiKeyId: reader.apiKeyId, sessionId: '' });
  });
});
