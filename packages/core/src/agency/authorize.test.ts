import { describe, expect, test } from 'vitest';
import type { AgencyCommand, AgentAuth } from './command.ts';
import { MAX_NONCE_LIFE_MS } from './limits.ts';
import { Driver, hash, opened, usdt } from './testing/driver.ts';

const USER = { agentUserId: 'alice' };

/** Every call of an agent. */
const CALLS: readonly ((agentAuth: AgentAuth) => AgencyCommand)[] = [
  (agentAuth) => ({ type: 'take-nonce', agentAuth }),
  (agentAuth) => ({ type: 'bind-user', agentAuth, agentUserId: 'bob', externalUserId: '1188041528' }),
  (agentAuth) => ({
    type: 'transfer',
    agentAuth,
    agentOrderNo: 'a',
    user: USER,
    direction: 'IN',
    currency: 'USDT',
    amount: usdt(1),
  }),
  (agentAuth) => ({ type: 'transfer-all-out', agentAuth, agentOrderNo: 'a', user: USER, currency: 'USDT' }),
  (agentAuth) => ({ type: 'reverse-transfer', agentAuth, origOrderNo: 'first', reverseOrderNo: 'r', reason: '' }),
  (agentAuth) => ({
    type: 'create-entry-ticket',
    agentAuth,
    user: USER,
    ticketHash: hash(1),
    redirectPath: '/',
    returnUrl: '',
  }),
  (agentAuth) => ({ type: 'create-embed-token', agentAuth, user: USER, tokenHash: hash(1), channelId: 'c' }),
];

describe.each(CALLS.map((call) => [call({ agentId: 0, nonceHash: '', expiresAtMs: 0 }).type, call] as const))(
  '%s',
  (_, call) => {
    test('AGY-7: takes its nonce, once', () => {
      const { driver, agentId } = opened();
      driver.transfer(agentId, 'first');
      const auth = driver.auth(agentId);
      expect(driver.run(call(auth)).reply).toMatchObject({ ok: true });
      const before = driver.bytes();
      expect(driver.run(call(auth)).reply).toMatchObject({ ok: false, reason: 'NONCE_REUSED' });
      expect(driver.bytes()).toEqual(before);
    });

    test('AGY-4, AGY-7: an unknown and a disabled agent are refused', () => {
      const { driver, agentId } = opened();
      expect(driver.run(call(driver.auth(99))).reply).toMatchObject({ reason: 'AGENT_UNKNOWN' });
      driver.run({ type: 'update-agent', agentId, disabled: true });
      const before = driver.bytes();
      expect(driver.run(call(driver.auth(agentId))).reply).toMatchObject({ reason: 'AGENT_DISABLED' });
      expect(driver.bytes()).toEqual(before);
    });

    test('AGY-8: without room for its nonce it is refused', () => {
      const driver = new Driver({ noncesPerAgent: 3 });
      const agentId = driver.agent(1);
      driver.user(agentId, 'alice');
      driver.transfer(agentId, 'first');
      driver.run({ type: 'take-nonce', agentAuth: driver.auth(agentId) });
      const before = driver.bytes();
      expect(driver.run(call(driver.auth(agentId))).reply).toMatchObject({ reason: 'NONCES_FULL' });
      expect(driver.bytes()).toEqual(before);
    });
  },
);

describe('nonces', () => {
  const take = (driver: Driver, agentAuth: AgentAuth) => driver.run({ type: 'take-nonce', agentAuth }).reply;

  test('AGY-7: the time window must not be over, nor end too far ahead', () => {
    const { driver, agentId } = opened();
    const auth = driver.auth(agentId);
    expect(take(driver, { ...auth, expiresAtMs: driver.timeMs })).toMatchObject({ reason: 'AGENT_REQUEST_EXPIRED' });
    expect(take(driver, { ...auth, expiresAtMs: driver.timeMs + MAX_NONCE_LIFE_MS + 1 })).toMatchObject({
      reason: 'OUT_OF_RANGE',
    });
    expect(take(driver, { ...auth, nonceHash: 'x' })).toMatchObject({ reason: 'INVALID_PARAMETER' });
    expect(take(driver, { ...auth, expiresAtMs: driver.timeMs + MAX_NONCE_LIFE_MS })).toMatchObject({ ok: true });
  });

  test('AGY-7: a later check that refuses leaves the nonce used', () => {
    const { driver, agentId } = opened();
    const agentAuth = driver.auth(agentId);
    expect(driver.transfer(agentId, '', { agentAuth }).reply).toMatchObject({ reason: 'INVALID_PARAMETER' });
    expect(driver.transfer(agentId, 'a', { agentAuth }).reply).toMatchObject({ reason: 'NONCE_REUSED' });
  });

  test('AGY-8: agents do not share nonces, and one is remembered until it expires', () => {
    const { driver, agentId } = opened();
    const other = driver.agent(2);
    const auth = { agentId, nonceHash: hash(5), expiresAtMs: driver.timeMs + 1_000 };
    expect(take(driver, auth)).toMatchObject({ ok: true });
    expect(take(driver, { ...auth, agentId: other })).toMatchObject({ ok: true });
    driver.pass(999);
    expect(take(driver, auth)).toMatchObject({ reason: 'NONCE_REUSED' });
    driver.pass(1);
    expect(take(driver, auth)).toMatchObject({ reason: 'AGENT_REQUEST_EXPIRED' });
    expect(take(driver, { ...auth, expiresAtMs: driver.timeMs + 1_000 })).toMatchObject({ ok: true });
  });

  test('AGY-8: full refuses until the first expires, for one agent and for all together', () => {
    const driver = new Driver({ noncesPerAgent: 2, nonces: 3 });
    const first = driver.agent(1);
    const second = driver.agent(2);
    const early = { agentId: first, nonceHash: hash(1), expiresAtMs: driver.timeMs + 10 };
    expect(take(driver, early)).toMatchObject({ ok: true });
    expect(take(driver, driver.auth(first))).toMatchObject({ ok: true });
    expect(take(driver, driver.auth(first))).toMatchObject({ reason: 'NONCES_FULL' });
    expect(take(driver, early)).toMatchObject({ reason: 'NONCE_REUSED' });
    expect(take(driver, driver.auth(second))).toMatchObject({ ok: true });
    expect(take(driver, driver.auth(second))).toMatchObject({ reason: 'NONCES_FULL' });
    driver.pass(10);
    expect(take(driver, driver.auth(first))).toMatchObject({ ok: true });
  });

  test('AGY-7: commands outside the agency are authorised the same way', () => {
    const { driver, agentId } = opened();
    const auth = driver.auth(agentId);
    expect(driver.agency.authorize(auth, driver.timeMs)).toBeUndefined();
    expect(driver.agency.authorize(auth, driver.timeMs)).toMatchObject({ reason: 'NONCE_REUSED' });
    expect(take(driver, auth)).toMatchObject({ reason: 'NONCE_REUSED' });
  });
});
