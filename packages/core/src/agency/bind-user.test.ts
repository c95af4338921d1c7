import { describe, expect, test } from 'vitest';
import { reject } from '../reject.ts';
import type { AgentUserReference } from './command.ts';
import { Driver, opened } from './testing/driver.ts';

describe('bind-user', () => {
  test('AGY-9, AGY-10: creates a user without a password, named by the external id', () => {
    const driver = new Driver();
    const agentId = driver.agent(1);
    const { reply, events } = driver.run({
      type: 'bind-user',
      agentAuth: driver.auth(agentId),
      agentUserId: 'alice@partner \u{1F680}',
      displayName: 'Alice',
      externalUserId: '1188041528',
    });
    expect(reply).toEqual({ ok: true, kind: 'binding', userId: 1, externalUserId: '1188041528', created: true });
    expect(events).toEqual([{ type: 'user-bound', agentId, userId: 1, agentUserId: 'alice@partner \u{1F680}' }]);
    expect(driver.venue.created).toEqual([
      { username: '1188041528', externalUserId: '1188041528', displayName: 'Alice' },
    ]);
    expect(driver.reads.binding(1)).toEqual({ userId: 1, agentId, agentUserId: 'alice@partner \u{1F680}' });
  });

  test('AGY-9: binding again gives the same user and creates nobody', () => {
    const { driver, agentId, userId } = opened();
    const { reply, events } = driver.bind(agentId, 'alice', '1999999999');
    expect(reply).toMatchObject({
      ok: true,
      userId,
      created: false,
      externalUserId: driver.venue.userById(userId)?.externalUserId,
    });
    expect(events).toEqual([]);
    expect(driver.venue.created).toHaveLength(1);
  });

  test('AGY-9: the same id of two agents is two users', () => {
    const { driver, agentId, userId } = opened();
    const other = driver.agent(2);
    expect(driver.user(other, 'alice')).not.toBe(userId);
    driver.user(agentId, 'bob');
    expect([...driver.reads.users(agentId)].map((each) => each.agentUserId)).toEqual(['alice', 'bob']);
    expect([...driver.reads.users(other)]).toHaveLength(1);
    expect([...driver.reads.users(99)]).toEqual([]);
  });

  test('AGY-10: an external id in use is refused, and another draw goes under the same nonce', () => {
    const { driver, agentId, userId } = opened();
    const taken = driver.venue.userById(userId)?.externalUserId ?? '';
    const bind = { type: 'bind-user', agentAuth: driver.auth(agentId), agentUserId: 'bob' } as const;
    const before = driver.bytes();
    expect(driver.run({ ...bind, externalUserId: taken }).reply).toMatchObject({ reason: 'EXTERNAL_ID_TAKEN' });
    expect(driver.bytes()).toEqual(before);
    expect(driver.run({ ...bind, externalUserId: '1777777777' }).reply).toMatchObject({ ok: true, created: true });
  });

  test('AGY-9: what identity refuses binds nobody', () => {
    const { driver, agentId } = opened();
    driver.venue.userRefusal = reject('LIMIT_REACHED');
    expect(driver.bind(agentId, 'bob').reply).toMatchObject({ reason: 'LIMIT_REACHED' });
    driver.venue.userRefusal = undefined;
    expect(driver.bind(agentId, 'bob').reply).toMatchObject({ ok: true, created: true });
  });

  test.each([
    ['agentUserId', { agentUserId: '' }],
    ['agentUserId', { agentUserId: 'x'.repeat(65) }],
    ['agentUserId', { agentUserId: '\udc00' }],
    ['username', { displayName: 'x'.repeat(129) }],
    ['externalUserId', { externalUserId: '123' }],
  ])('AGY-1: refuses a faulty %s %j', (field, fields) => {
    const { driver, agentId } = opened();
    const agentAuth = driver.auth(agentId);
    const bind = { type: 'bind-user', agentAuth, agentUserId: 'bob', externalUserId: '1188041528' } as const;
    expect(driver.run({ ...bind, ...fields }).reply).toMatchObject({ reason: 'INVALID_PARAMETER', details: { field } });
    expect(driver.venue.created).toHaveLength(1);
  });

  test('AGY-9: an id of 64 characters is taken', () => {
    const { driver, agentId } = opened();
    expect(driver.bind(agentId, 'x'.repeat(64)).reply).toMatchObject({ ok: true });
  });
});

describe('naming a user', () => {
  function two() {
    const { driver, agentId, userId } = opened();
    const other = driver.agent(2);
    const bobId = driver.user(agentId, 'bob');
    const foreignId = driver.user(other, 'carol');
    const external = (id: number): string => driver.venue.userById(id)?.externalUserId ?? '';
    const resolve = (user: AgentUserReference) => driver.reads.resolveUser(driver.venue, { agentId, user });
    return { userId, alice: external(userId), bob: external(bobId), foreign: external(foreignId), resolve };
  }

  test('AGY-11: by either id or by both', () => {
    const { userId, alice, resolve } = two();
    for (const user of [{ agentUserId: 'alice' }, { platformUserId: alice }]) {
      expect(resolve(user)).toMatchObject({ ok: true, binding: { userId } });
    }
    expect(resolve({ agentUserId: 'alice', platformUserId: alice })).toMatchObject({ ok: true, binding: { userId } });
  });

  test('AGY-11: a foreign id reads as one that does not exist, and comes before all else', () => {
    const { foreign, resolve } = two();
    for (const platformUserId of [foreign, '1000000000', '', 'nonsense']) {
      expect(resolve({ platformUserId })).toMatchObject({ reason: 'AGENT_USER_FOREIGN', details: {} });
      expect(resolve({ platformUserId, agentUserId: 'nobody' })).toMatchObject({ reason: 'AGENT_USER_FOREIGN' });
    }
  });

  test('AGY-11: unbound, then mismatched, then neither', () => {
    const { bob, resolve } = two();
    expect(resolve({ agentUserId: 'nobody', platformUserId: bob })).toMatchObject({ reason: 'AGENT_USER_UNBOUND' });
    expect(resolve({ agentUserId: 'carol' })).toMatchObject({ reason: 'AGENT_USER_UNBOUND' });
    expect(resolve({ agentUserId: 'alice', platformUserId: bob })).toMatchObject({ reason: 'AGENT_USER_MISMATCH' });
    expect(resolve({})).toMatchObject({ reason: 'MISSING_PARAMETER' });
  });
});
