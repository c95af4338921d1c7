import { describe, expect, test } from 'vitest';
import { emptyState } from './state.ts';
import { Driver, listenKeyText, restoredFrom, START_MS } from './testing/driver.ts';
import { createUser } from './user-commands.ts';
import { Users } from './users.ts';

describe('create-user', () => {
  test('IDN-2: a user is found by id, by external id and by name in any case', () => {
    const driver = new Driver();
    const userId = driver.user(1, { username: 'Alice', displayName: 'Alice \u{1F680}', passwordHash: 'argon2id$x' });
    expect(driver.identity.userById(userId)).toEqual({
      userId: 1,
      username: 'Alice',
      externalUserId: '1000000001',
      displayName: 'Alice \u{1F680}',
      passwordHash: 'argon2id$x',
      kind: 'trader',
      disabledByVenue: false,
      disabledByAgent: false,
      disabled: false,
      createdAtMs: START_MS,
      lastLoginAtMs: 0,
      lastLoginIp: '',
    });
    expect(driver.identity.userByName('aLICE')?.userId).toBe(userId);
    expect(driver.identity.userByExternalId('1000000001')?.userId).toBe(userId);
    expect(driver.identity.userByName('bob')).toBeUndefined();
  });

  test('IDN-1: the event of a new user says nothing of the password', () => {
    const { events } = new Driver().run({
      type: 'create-user',
      username: 'bob',
      externalUserId: '1188041528',
      passwordHash: 'secret-hash',
      kind: 'house',
    });
    expect(events).toEqual([
      {
        type: 'user-created',
        userId: 1,
        username: 'bob',
        externalUserId: '1188041528',
        displayName: '',
        kind: 'house',
      },
    ]);
  });

  test('IDN-2: names that only differ in case are the same, and an external id is given once', () => {
    const driver = new Driver();
    driver.user(1, { username: 'alice' });
    const base = { type: 'create-user', passwordHash: '', kind: 'trader' } as const;
    expect(driver.run({ ...base, username: 'ALICE', externalUserId: '1000000001' }).reply).toMatchObject({
      reason: 'USERNAME_TAKEN',
    });
    expect(driver.run({ ...base, username: 'carol', externalUserId: '1000000001' }).reply).toMatchObject({
      reason: 'EXTERNAL_ID_TAKEN',
    });
    expect([...driver.identity.users()]).toHaveLength(1);
  });

  test.each([
    ['username', 'ab'],
    ['username', 'a'.repeat(33)],
    ['username', 'al ice'],
    ['username', '\u00fcnal'],
    ['externalUserId', '123456789'],
    ['externalUserId', '12345678901'],
    ['externalUserId', '123456789x'],
    ['displayName', 'x'.repeat(129)],
    ['displayName', '\ud800'],
    ['passwordHash', 'x'.repeat(513)],
  ])('IDN-1: refuses the %s %j', (field, value) => {
    const driver = new Driver();
    const before = driver.bytes();
    const { reply, events } = driver.run({
      type: 'create-user',
      username: 'alice',
      externalUserId: '1188041528',
      passwordHash: '',
      kind: 'trader',
      [field]: value,
    });
    expect(reply).toMatchObject({ ok: false, reason: 'INVALID_PARAMETER', details: { field } });
    expect(events).toEqual([]);
    expect(driver.bytes()).toEqual(before);
  });

  test.each([
    ['username', 'abc'],
    ['username', 'a'.repeat(32)],
    ['displayName', 'x'.repeat(128)],
    ['passwordHash', 'x'.repeat(512)],
  ])('IDN-1: takes the %s at its limit, %j', (field, value) => {
    expect(new Driver().user(1, { [field]: value })).toBe(1);
  });

  test('IDN-2: the number of users is limited', () => {
    const state = { ...emptyState(), users: new Users(2) };
    const create = (number: number) =>
      createUser(
        { state, timeMs: START_MS, emit: () => undefined },
        {
          type: 'create-user',
          username: `user-${number}`,
          externalUserId: String(1_000_000_000 + number),
          passwordHash: '',
          kind: 'trader',
        },
      );
    expect(create(1)).toMatchObject({ ok: true });
    expect(create(2)).toMatchObject({ ok: true, userId: 2 });
    expect(create(3)).toMatchObject({ ok: false, reason: 'LIMIT_REACHED' });
  });
});

describe('set-password', () => {
  test('IDN-3: replaces the hash, leaves sessions, and does not repeat the hash in the event', () => {
    const driver = new Driver();
    const userId = driver.user(1, { passwordHash: 'old' });
    driver.open(userId, 's1');
    const { reply, events } = driver.run({ type: 'set-password', userId, passwordHash: 'new' });
    expect(reply).toEqual({ ok: true, kind: 'done' });
    expect(events).toEqual([{ type: 'password-changed', userId }]);
    expect(driver.identity.userById(userId)?.passwordHash).toBe('new');
    expect(driver.identity.session('s1')?.revoked).toBe(false);
  });

  test('IDN-3: an unknown user and a faulty hash are refused', () => {
    const driver = new Driver();
    expect(driver.run({ type: 'set-password', userId: 9, passwordHash: 'x' }).reply).toMatchObject({
      reason: 'USER_UNKNOWN',
    });
    const userId = driver.user(1);
    expect(driver.run({ type: 'set-password', userId, passwordHash: ' ' }).reply).toMatchObject({
      reason: 'INVALID_PARAMETER',
    });
  });
});

describe('rename-user', () => {
  test('IDN-20: gives another name, frees the old one, and takes the own one in other case', () => {
    const driver = new Driver();
    const userId = driver.user(1, { username: 'Alice' });
    const rename = (username: string, id = userId) => driver.run({ type: 'rename-user', userId: id, username });
    expect(rename('bob.1').events).toEqual([{ type: 'username-changed', userId, username: 'bob.1' }]);
    expect(driver.identity.userByName('alice')).toBeUndefined();
    expect(driver.identity.userByName('BOB.1')).toMatchObject({ userId, username: 'bob.1' });
    expect(rename('Bob.1').events).toHaveLength(1);
    const before = driver.bytes();
    expect(rename('Bob.1')).toEqual({ reply: { ok: true, kind: 'done' }, events: [] });
    const other = driver.user(2, { username: 'alice' });
    expect(rename('ALICE').reply).toMatchObject({ reason: 'USERNAME_TAKEN' });
    expect(rename('bob.1', other).reply).toMatchObject({ reason: 'USERNAME_TAKEN' });
    expect(rename('al').reply).toMatchObject({ reason: 'INVALID_PARAMETER', details: { field: 'username' } });
    expect(rename('carol', 9).reply).toMatchObject({ reason: 'USER_UNKNOWN' });
    expect(driver.identity.userById(userId)?.username).toBe('Bob.1');
    expect(restoredFrom(before).userByName('bob.1')).toMatchObject({ userId });
  });
});

describe('set-user-disabled', () => {
  test('IDN-4: what the venue has disabled no agent enables, and the other way round, also after a restart', () => {
    const driver = new Driver();
    const userId = driver.user(1);
    const set = (disabled: boolean, by: 'VENUE' | 'AGENT') =>
      driver.run({ type: 'set-user-disabled', userId, disabled, by }).events.map(({ type }) => type);
    expect([set(true, 'AGENT'), set(true, 'VENUE'), set(false, 'AGENT')]).toEqual([['user-disabled'], [], []]);
    expect(driver.identity.userById(userId)).toMatchObject({ disabled: true, disabledByAgent: false });
    expect(restoredFrom(driver.bytes()).userById(userId)).toEqual(driver.identity.userById(userId));
    expect([set(true, 'AGENT'), set(false, 'VENUE')]).toEqual([[], []]);
    expect(driver.identity.userById(userId)).toMatchObject({ disabled: true, disabledByVenue: false });
    expect(set(false, 'AGENT')).toEqual(['user-disabled']);
    expect(driver.identity.userById(userId)?.disabled).toBe(false);
  });

  test('IDN-4: only the venue and an agent disable users', () => {
    const driver = new Driver();
    const by = 'SOMEBODY' as 'VENUE';
    expect(driver.run({ type: 'set-user-disabled', userId: driver.user(1), disabled: true, by }).reply).toEqual({
      ok: false,
      reason: 'INVALID_PARAMETER',
      details: { field: 'by', rule: 'VENUE or AGENT' },
    });
  });

  test('IDN-4: ends listen keys, then sessions, and refuses the user until enabled', () => {
    const driver = new Driver();
    const userId = driver.user(1);
    driver.open(userId, 's1');
    driver.listen({ userId, sessionId: 's1' }, 1);
    driver.listen({ userId }, 2);
    const apiKeyId = driver.apiKey(userId);

    const { events } = driver.run({ type: 'set-user-disabled', userId, disabled: true });
    expect(events).toEqual([
      { type: 'user-disabled', userId, disabled: true },
      { type: 'listen-key-ended', userId, listenKey: listenKeyText(1), reason: 'DISABLED' },
      { type: 'listen-key-ended', userId, listenKey: listenKeyText(2), reason: 'DISABLED' },
      { type: 'session-revoked', userId, sessionId: 's1', reason: 'DISABLED' },
    ]);
    const { identity, timeMs } = driver;
    expect(identity.authorize({ userId }, timeMs, 'trade')).toMatchObject({ reason: 'USER_DISABLED' });
    expect(identity.authorize({ userId, apiKeyId }, timeMs, 'read')).toMatchObject({ reason: 'USER_DISABLED' });
    expect(identity.authorize({ userId, sessionId: 's1' }, timeMs, 'read')).toMatchObject({
      reason: 'SESSION_REVOKED',
    });
    expect(driver.open(userId, 's2').reply).toMatchObject({ reason: 'USER_DISABLED' });

    expect(driver.run({ type: 'set-user-disabled', userId, disabled: false }).events).toEqual([
      { type: 'user-disabled', userId, disabled: false },
    ]);
    expect(identity.authorize({ userId, apiKeyId }, timeMs, 'read')).toBeUndefined();
    expect(identity.authorize({ userId, sessionId: 's1' }, timeMs, 'read')).toMatchObject({
      reason: 'SESSION_REVOKED',
    });
  });

  test('IDN-4: repeating the present state changes nothing', () => {
    const driver = new Driver();
    const userId = driver.user(1);
    const before = driver.bytes();
    expect(driver.run({ type: 'set-user-disabled', userId, disabled: false })).toEqual({
      reply: { ok: true, kind: 'done' },
      events: [],
    });
    expect(driver.bytes()).toEqual(before);
    expect(driver.run({ type: 'set-user-disabled', userId: 9, disabled: true }).reply).toMatchObject({
      reason: 'USER_UNKNOWN',
    });
  });
});
