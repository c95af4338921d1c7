import { describe, expect, test } from 'vitest';
import { MAX_API_KEY_USES, MAX_API_KEYS_PER_USER, MAX_IP_WHITELIST_ENTRIES } from './limits.ts';
import { Driver, listenKeyText, START_MS } from './testing/driver.ts';

function withKey(): { driver: Driver; userId: number; id: number } {
  const driver = new Driver();
  const userId = driver.user(1);
  return { driver, userId, id: driver.apiKey(userId) };
}

const textOf = (number: number): string => `fx_${String(number).padStart(10, '0')}`;

describe('create-api-key', () => {
  test("IDN-9: a key is found by its text and among its user's, and events carry no secret", () => {
    const driver = new Driver();
    const userId = driver.user(1);
    driver.open(userId, 's1');
    const ipWhitelist = ['10.0.0.0/8', '2001:db8::/32'];
    const actor = { userId, sessionId: 's1' };
    const { reply, events } = driver.createApiKey(actor, {
      label: 'my bot',
      permissions: 3,
      ipWhitelist,
      sealedSecret: 'sealed-1',
    });
    expect(reply).toEqual({ ok: true, kind: 'api-key', id: 1 });
    const key = { id: 1, apiKey: 'fx_0123456789', label: 'my bot', permissions: 3, ipWhitelist, enabled: true };
    expect(events).toEqual([{ type: 'api-key-created', userId, key }]);
    const stored = { ...key, userId, sealedSecret: 'sealed-1', createdAtMs: START_MS, lastUsedAtMs: 0 };
    expect(driver.identity.apiKeyByText('fx_0123456789')).toEqual(stored);
    expect(driver.identity.apiKeys(userId)).toEqual([stored]);
    expect(driver.identity.apiKeyByText('fx_other')).toBeUndefined();
  });

  test(`IDN-9: key ${MAX_API_KEYS_PER_USER + 1} of a user is refused, and ids are not given twice`, () => {
    const driver = new Driver();
    const userId = driver.user(1);
    for (let i = 1; i <= MAX_API_KEYS_PER_USER; i++) expect(driver.apiKey(userId, { apiKey: textOf(i) })).toBe(i);
    const before = driver.bytes();
    expect(driver.createApiKey({ userId }, { apiKey: textOf(99) }).reply).toMatchObject({ reason: 'API_KEY_LIMIT' });
    expect(driver.bytes()).toEqual(before);
    driver.run({ type: 'delete-api-key', actor: { userId }, id: MAX_API_KEYS_PER_USER });
    expect(driver.apiKey(userId, { apiKey: textOf(99) })).toBe(MAX_API_KEYS_PER_USER + 1);
    expect(driver.apiKey(driver.user(2), { apiKey: textOf(100) })).toBe(MAX_API_KEYS_PER_USER + 2);
  });

  test.each([
    [{ apiKey: 'zz_0123456789' }, 'INVALID_PARAMETER'],
    [{ apiKey: 'fx_0123456' }, 'INVALID_PARAMETER'],
    [{ apiKey: 'fx_01234567\n' }, 'INVALID_PARAMETER'],
    [{ apiKey: `fx_${'0'.repeat(126)}` }, 'INVALID_PARAMETER'],
    [{ label: '' }, 'INVALID_PARAMETER'],
    [{ label: 'x'.repeat(65) }, 'INVALID_PARAMETER'],
    [{ permissions: 0 }, 'OUT_OF_RANGE'],
    [{ permissions: 8 }, 'OUT_OF_RANGE'],
    [{ permissions: 1.5 }, 'OUT_OF_RANGE'],
    [{ ipWhitelist: Array<string>(MAX_IP_WHITELIST_ENTRIES + 1).fill('10.0.0.1') }, 'OUT_OF_RANGE'],
    [{ ipWhitelist: ['10.0.0.1', ''] }, 'INVALID_PARAMETER'],
    [{ ipWhitelist: ['1'.repeat(65)] }, 'INVALID_PARAMETER'],
    [{ sealedSecret: '' }, 'INVALID_PARAMETER'],
    [{ sealedSecret: 'x'.repeat(1_025) }, 'INVALID_PARAMETER'],
  ])('IDN-9: refuses %j', (fields, reason) => {
    const driver = new Driver();
    const userId = driver.user(1);
    expect(driver.createApiKey({ userId }, fields).reply).toMatchObject({
      reason,
      details: { field: Object.keys(fields)[0] },
    });
    expect(driver.identity.apiKeys(userId)).toEqual([]);
  });

  test.each([
    [{ apiKey: 'fx_01234567' }],
    [{ apiKey: `fx_${'0'.repeat(125)}` }],
    [{ label: 'x'.repeat(64) }],
    [{ permissions: 7 }],
    [{ ipWhitelist: Array<string>(MAX_IP_WHITELIST_ENTRIES).fill('10.0.0.1') }],
    [{ sealedSecret: 'x'.repeat(1_024) }],
  ])('IDN-9: takes %j', (fields) => {
    const driver = new Driver();
    expect(driver.createApiKey({ userId: driver.user(1) }, fields).reply).toMatchObject({ ok: true });
  });

  test('IDN-1: a key text in use is refused', () => {
    const { driver } = withKey();
    expect(driver.createApiKey({ userId: driver.user(2) }).reply).toMatchObject({
      reason: 'INVALID_PARAMETER',
      details: { field: 'apiKey' },
    });
  });
});

describe('managing API keys', () => {
  test('IDN-9: an API key manages no keys, and keeps its signature', () => {
    const { driver, userId, id } = withKey();
    const signed = { signatureHash: 'a'.repeat(64), signatureExpiresAtMs: START_MS + 10_000 };
    const actor = { userId, apiKeyId: id, ...signed };
    const denied = { ok: false, reason: 'PERMISSION_DENIED' };
    expect(driver.createApiKey(actor, { apiKey: textOf(2) }).reply).toMatchObject(denied);
    expect(driver.run({ type: 'update-api-key', actor, id, enabled: false }).reply).toMatchObject(denied);
    expect(driver.run({ type: 'delete-api-key', actor, id }).reply).toMatchObject(denied);
    expect(driver.run({ type: 'delete-all-api-keys', actor }).reply).toMatchObject(denied);
    expect(driver.identity.authorize(actor, driver.timeMs, 'read')).toBeUndefined();
  });

  test('IDN-10: an update changes what it names', () => {
    const { driver, userId, id } = withKey();
    const update = { type: 'update-api-key', actor: { userId }, id } as const;
    expect(driver.run({ ...update, label: 'new', permissions: 3 }).reply).toEqual({ ok: true, kind: 'done' });
    expect(driver.identity.apiKeys(userId)).toMatchObject([
      { label: 'new', permissions: 3, ipWhitelist: [], enabled: true },
    ]);
    const { events } = driver.run({ ...update, ipWhitelist: ['10.0.0.1'], enabled: false });
    const key = {
      id,
      apiKey: 'fx_0123456789',
      label: 'new',
      permissions: 3,
      ipWhitelist: ['10.0.0.1'],
      enabled: false,
    };
    expect(events).toEqual([{ type: 'api-key-updated', userId, key }]);
    expect(driver.run({ ...update, label: '' }).reply).toMatchObject({ reason: 'INVALID_PARAMETER' });
    expect(driver.run({ ...update, permissions: 8 }).reply).toMatchObject({ reason: 'OUT_OF_RANGE' });
    expect(driver.identity.apiKeyByText('fx_0123456789')).toMatchObject(key);
  });

  test("IDN-10: another user's key is not found", () => {
    const { driver, userId, id } = withKey();
    const actor = { userId: driver.user(2) };
    const notFound = { ok: false, reason: 'API_KEY_NOT_FOUND' };
    expect(driver.run({ type: 'update-api-key', actor, id, enabled: false }).reply).toMatchObject(notFound);
    expect(driver.run({ type: 'delete-api-key', actor, id }).reply).toMatchObject(notFound);
    expect(driver.run({ type: 'delete-api-key', actor, id: 99 }).reply).toMatchObject(notFound);
    expect(driver.run({ type: 'delete-all-api-keys', actor }).reply).toEqual({ ok: true, kind: 'deleted', count: 0 });
    expect(driver.identity.apiKeys(userId)).toHaveLength(1);
  });

  test('IDN-10: deleting, one and all', () => {
    const { driver, userId, id } = withKey();
    const second = driver.apiKey(userId, { apiKey: textOf(2) });
    const third = driver.apiKey(userId, { apiKey: textOf(3) });
    expect(driver.run({ type: 'delete-api-key', actor: { userId }, id })).toEqual({
      reply: { ok: true, kind: 'deleted', count: 1 },
      events: [{ type: 'api-key-deleted', userId, id }],
    });
    expect(driver.identity.apiKeyByText('fx_0123456789')).toBeUndefined();
    expect(driver.run({ type: 'delete-all-api-keys', actor: { userId } })).toEqual({
      reply: { ok: true, kind: 'deleted', count: 2 },
      events: [
        { type: 'api-key-deleted', userId, id: second },
        { type: 'api-key-deleted', userId, id: third },
      ],
    });
    expect(driver.identity.apiKeys(userId)).toEqual([]);
  });

  test.each([
    ['disabled', { type: 'update-api-key', enabled: false }],
    ['without the right to read', { type: 'update-api-key', permissions: 2 }],
    ['deleted', { type: 'delete-api-key' }],
  ] as const)('IDN-10: a key that is %s ends the listen keys it created', (_case, change) => {
    const { driver, userId, id } = withKey();
    driver.listen({ userId, apiKeyId: id }, 1);
    driver.listen({ userId }, 2);
    const { events } = driver.run({ ...change, actor: { userId }, id });
    expect(events[1]).toEqual({ type: 'listen-key-ended', userId, listenKey: listenKeyText(1), reason: 'DISABLED' });
    expect(events).toHaveLength(2);
    expect(driver.identity.listenKey(listenKeyText(2))).toBeDefined();
  });

  test('IDN-10: other updates leave the listen keys', () => {
    const { driver, userId, id } = withKey();
    driver.listen({ userId, apiKeyId: id }, 1);
    driver.run({ type: 'update-api-key', actor: { userId }, id, label: 'new', permissions: 3 });
    expect(driver.identity.listenKey(listenKeyText(1))).toBeDefined();
  });
});

describe('touch-api-keys', () => {
  test('IDN-11: the last use never goes back, never lies ahead, and missing keys are skipped', () => {
    const { driver, userId, id } = withKey();
    const lastUsed = () => driver.identity.apiKeys(userId)[0]?.lastUsedAtMs;
    const touch = (...times: number[]) =>
      driver.run({
        type: 'touch-api-keys',
        uses: [{ id: 77, usedAtMs: 1 }, ...times.map((usedAtMs) => ({ id, usedAtMs }))],
      });
    expect(touch(START_MS - 5, START_MS - 7)).toEqual({ reply: { ok: true, kind: 'done' }, events: [] });
    expect(lastUsed()).toBe(START_MS - 5);
    touch(START_MS - 6);
    expect(lastUsed()).toBe(START_MS - 5);
    touch(START_MS + 5);
    expect(lastUsed()).toBe(START_MS);
    expect(touch(START_MS, -1).reply).toMatchObject({ reason: 'OUT_OF_RANGE' });
  });

  test('IDN-11: the number of uses is limited', () => {
    const { driver, id } = withKey();
    const uses = Array.from({ length: MAX_API_KEY_USES }, () => ({ id, usedAtMs: START_MS }));
    expect(driver.run({ type: 'touch-api-keys', uses }).reply).toMatchObject({ ok: true });
    expect(driver.run({ type: 'touch-api-keys', uses: [...uses, { id, usedAtMs: 1 }] }).reply).toMatchObject({
      reason: 'OUT_OF_RANGE',
    });
  });
});
