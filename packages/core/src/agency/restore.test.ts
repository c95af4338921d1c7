import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { StateReader } from '../state/reader.ts';
import { AGENCY_LIMITS } from './limits.ts';
import { bytesOf, type Driver, opened, restoredFrom } from './testing/driver.ts';
import { perform, type RandomStep, randomSteps, started } from './testing/random-commands.ts';

/** A second venue that took the same steps, with an agency that was loaded from the first one's bytes. */
function restoredTwin(before: readonly RandomStep[], live: Driver): Driver {
  const twin = started();
  for (const step of before) perform(twin, step);
  const bytes = live.bytes();
  twin.agency.load(new StateReader(bytes));
  expect(twin.bytes()).toEqual(bytes);
  return twin;
}

describe('save and load', () => {
  test('AGY-29: restored at any point, the state goes on as if it had never stopped', () => {
    fc.assert(
      fc.property(randomSteps(200), randomSteps(80), (before, after) => {
        const live = started();
        for (const step of before) perform(live, step);
        const twin = restoredTwin(before, live);
        for (const step of after) {
          expect(perform(twin, step)).toEqual(perform(live, step));
          expect(twin.bytes()).toEqual(live.bytes());
        }
        for (const agentId of [1, 2, 3]) {
          const query = { agentId, page: 1, pageSize: 100 };
          expect(twin.reads.transfers(query)).toEqual(live.reads.transfers(query));
          expect(twin.reads.webhooksAfter(agentId, 0, 100)).toEqual(live.reads.webhooksAfter(agentId, 0, 100));
        }
      }),
      { numRuns: 80 },
    );
  });

  test('AGY-29: a restart forgets neither nonce, number, ticket, token nor pending webhook', () => {
    const { driver, agentId } = opened();
    const agentAuth = driver.auth(agentId);
    driver.transfer(agentId, 'a', { agentAuth });
    driver.reverse(agentId, 'a', 'r');
    driver.ticket(agentId, 1);
    driver.embedToken(agentId, 2);
    driver.exchangeTicket(1);
    driver.agency = restoredFrom(driver.bytes(), AGENCY_LIMITS);
    expect(driver.transfer(agentId, 'b', { agentAuth }).reply).toMatchObject({ reason: 'NONCE_REUSED' });
    expect(driver.transfer(agentId, 'a').reply).toMatchObject({ repeated: true, order: { status: 'REVERSED' } });
    expect(driver.reverse(agentId, 'a', 'r').reply).toMatchObject({ repeated: true, status: 'SUCCESS' });
    expect(driver.exchangeTicket(1).reply).toMatchObject({ reason: 'TOKEN_INVALID' });
    expect(driver.exchangeEmbedToken(2).reply).toMatchObject({ ok: true });
    expect(driver.reads.pendingWebhooks(agentId)).toHaveLength(3);
  });

  test('AGY-1: a refused command has changed nothing, apart from its nonce and what it burnt', () => {
    fc.assert(
      fc.property(randomSteps(250), (drawn) => {
        const driver = started();
        for (const step of drawn) {
          driver.pass(step.afterMs);
          const before = driver.bytes();
          const { reply, events } = perform(driver, { ...step, afterMs: 0 });
          if (reply.ok) continue;
          if ('agentAuth' in step.command) {
            expect(events).toEqual([]);
          } else if (reply.reason === 'TOKEN_INVALID') {
            for (const event of events) expect(event).toMatchObject({ type: 'sign-on-ended', reason: 'BURNT' });
          } else {
            expect(events).toEqual([]);
            expect(driver.bytes()).toEqual(before);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  test('AGY-29: a state that was cut short is refused and the present one stays', () => {
    const { driver, agentId } = opened();
    driver.transfer(agentId, 'a');
    driver.reverse(agentId, 'a', 'r');
    driver.ticket(agentId, 1);
    const bytes = driver.bytes();
    for (let length = 0; length < bytes.length; length++) {
      expect(() => driver.agency.load(new StateReader(bytes.subarray(0, length)))).toThrow(RangeError);
    }
    expect(bytesOf(driver.agency)).toEqual(bytes);
  });
});
