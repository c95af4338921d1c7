import { describe, expect, test } from 'vitest';
import type { SetCredentials } from './command.ts';
import { type Driver, opened } from './testing/driver.ts';

const setCredentials = (driver: Driver, agentId: number, fields: Partial<SetCredentials> = {}) =>
  driver.run({
    type: 'set-credentials',
    agentAuth: driver.auth(agentId),
    user: { agentUserId: 'alice' },
    username: 'alice.1',
    passwordHash: 'scrypt$1',
    ...fields,
  }).reply;

const disable = (driver: Driver, agentId: number, disabled = true, agentUserId = 'alice') =>
  driver.run({ type: 'disable-user', agentAuth: driver.auth(agentId), user: { agentUserId }, disabled }).reply;

describe('set-credentials', () => {
  test('AGY-30: sets name and password of the own user, again and again', () => {
    const { driver, agentId, userId } = opened();
    expect(setCredentials(driver, agentId)).toEqual({ ok: true, kind: 'credentials', userId, username: 'alice.1' });
    expect(setCredentials(driver, agentId, { passwordHash: 'scrypt$2' })).toMatchObject({ ok: true });
    expect(driver.venue.credentials.get(userId)).toEqual({ userId, username: 'alice.1', passwordHash: 'scrypt$2' });
  });

  test('AGY-30: form, then user, then the name of another', () => {
    const { driver, agentId } = opened();
    const other = driver.agent(2);
    driver.user(other, 'bob');
    setCredentials(driver, other, { user: { agentUserId: 'bob' }, username: 'taken' });
    for (const username of ['ab', 'x'.repeat(33), 'a b c', 'zoë']) {
      const refused = setCredentials(driver, agentId, { username, user: { agentUserId: 'bob' } });
      expect(refused).toMatchObject({ reason: 'INVALID_PARAMETER', details: { field: 'username' } });
    }
    expect(setCredentials(driver, agentId, { passwordHash: '' })).toMatchObject({ details: { field: 'passwordHash' } });
    const unbound = setCredentials(driver, agentId, { username: 'taken', user: { agentUserId: 'bob' } });
    expect(unbound).toMatchObject({ reason: 'AGENT_USER_UNBOUND' });
    expect(setCredentials(driver, agentId, { username: 'taken' })).toMatchObject({ reason: 'USERNAME_TAKEN' });
    expect(driver.venue.credentials.size).toBe(1);
  });
});

describe('disable-user', () => {
  test('AGY-31: disables and enables the own user, and tells the state that results', () => {
    const { driver, agentId, userId } = opened();
    expect(disable(driver, agentId)).toEqual({ ok: true, kind: 'user-status', userId, disabled: true });
    expect(disable(driver, agentId)).toMatchObject({ ok: true, disabled: true });
    expect(driver.ticket(agentId, 1).reply).toMatchObject({ reason: 'USER_DISABLED' });
    expect(driver.transfer(agentId, 'a').reply).toMatchObject({ ok: true, status: 'SUCCESS' });
    expect(disable(driver, agentId, false)).toMatchObject({ ok: true, disabled: false });
    expect(driver.ticket(agentId, 2).reply).toMatchObject({ ok: true });
    expect(disable(driver, agentId, true, 'bob')).toMatchObject({ reason: 'AGENT_USER_UNBOUND' });
  });
});
