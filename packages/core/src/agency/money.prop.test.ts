import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Driver } from './testing/driver.ts';
import { perform, randomSteps, started } from './testing/random-commands.ts';

const steps = randomSteps(250);

/** Everything that came in from outside is in deposits or wallets, and a wallet holds what its moves say. */
function expectConserved(driver: Driver): void {
  expect(driver.reads.moneyHeld() + driver.venue.walletSum()).toBe(driver.reads.external());
}

const isOfTransfer = (changeType: string): boolean => changeType.startsWith('TRANSFER_');

type Side = 'PARTNER' | 'FUNDING' | 'CONTRACT';

const sideKey = (side: Side, { agentId, userId }: { readonly agentId: number; readonly userId: number }): string =>
  `${side} ${side === 'PARTNER' ? agentId : userId}`;

/** Every deposit, funding wallet and contract wallet. */
function sidesOf(driver: Driver): Map<string, bigint> {
  const sides = new Map<string, bigint>();
  for (const { agentId, deposit } of driver.reads.agents()) {
    sides.set(sideKey('PARTNER', { agentId, userId: 0 }), deposit);
    for (const { userId } of driver.reads.users(agentId)) {
      sides.set(sideKey('FUNDING', { agentId, userId }), driver.reads.fundingWallet(userId).available);
      sides.set(sideKey('CONTRACT', { agentId, userId }), driver.venue.wallet(userId));
    }
  }
  return sides;
}

describe('money', () => {
  test('AGY-5, AGY-6: deposits and wallets change by adjustments alone, and only a depositless agent owes', () => {
    fc.assert(
      fc.property(steps, (drawn) => {
        const driver = started();
        for (const step of drawn) {
          const before = driver.reads.external();
          const owed = [...driver.reads.agents()].map((agent) => (agent.deposit < 0n ? agent.deposit : 0n));
          const { reply } = perform(driver, step);
          expectConserved(driver);
          const adjusted = step.command.type === 'adjust-agent-deposit' && reply.ok ? step.command.amount : 0n;
          expect(driver.reads.external() - before).toBe(adjusted);
          for (const [index, agent] of [...driver.reads.agents()].entries()) {
            if (!agent.depositless) expect(agent.deposit).toBeGreaterThanOrEqual(owed[index] ?? 0n);
          }
          for (const wallet of driver.venue.wallets.values()) expect(wallet).toBeGreaterThanOrEqual(0n);
        }
      }),
      { numRuns: 200 },
    );
  });

  test('AGY-14, AGY-16: every order moves its amount once, and a ledger entry of the deposit says so', () => {
    fc.assert(
      fc.property(steps, (drawn) => {
        const driver = started();
        const booked = new Map<number, bigint>();
        for (const step of drawn) {
          for (const event of perform(driver, step).events) {
            if (event.type !== 'agent-ledger' || !isOfTransfer(event.entry.changeType)) continue;
            expect(booked.has(event.entry.referenceId)).toBe(false);
            booked.set(event.entry.referenceId, event.entry.amount);
          }
        }
        const moves = driver.venue.moves.filter(({ changeType }) => isOfTransfer(changeType));
        expect(moves.map((move) => [move.referenceId, -move.amount])).toEqual([...booked]);
        for (let orderId = 1; ; orderId++) {
          const order = driver.reads.order(orderId);
          if (order === undefined) break;
          const intoWallet = (order.direction === 'IN') === (order.orderType === 'TRANSFER');
          const moved = order.status === 'FAILED' ? 0n : intoWallet ? -order.amount : order.amount;
          expect(booked.get(orderId) ?? 0n).toBe(moved);
        }
      }),
      { numRuns: 150 },
    );
  });

  test('AGY-15: no status goes back, nothing else of an order changes, and none is lost', () => {
    fc.assert(
      fc.property(steps, (drawn) => {
        const driver = started();
        const seen = new Map<number, unknown>();
        const statuses = new Map<number, string>();
        for (const step of drawn) {
          perform(driver, step);
          let count = 0;
          for (let orderId = 1; ; orderId++) {
            const order = driver.reads.order(orderId);
            if (order === undefined) break;
            count++;
            const { status, linkedOrderId: _link, ...rest } = order;
            const before = statuses.get(orderId) ?? status;
            if (before !== status)
              expect([order.orderType, before, status]).toEqual(['TRANSFER', 'SUCCESS', 'REVERSED']);
            expect(seen.get(orderId) ?? rest).toEqual(rest);
            statuses.set(orderId, status);
            seen.set(orderId, rest);
          }
          expect(count).toBe(seen.size);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('AGY-14: a repeat answers the first result, whatever happened since', () => {
    fc.assert(
      fc.property(steps, (drawn) => {
        const driver = started();
        const first = new Map<string, readonly [string, number]>();
        for (const step of drawn) {
          const { reply, events } = perform(driver, step);
          if (!reply.ok || reply.kind !== 'transfer') continue;
          const key = `${reply.order.agentId} ${reply.order.orderType} ${reply.order.orderNo}`;
          expect(reply.repeated).toBe(first.has(key));
          if (reply.repeated) {
            expect(events.filter((event) => event.type !== 'sign-on-ended')).toEqual([]);
            expect([reply.status, reply.order.orderId]).toEqual(first.get(key));
          }
          first.set(key, [reply.status, reply.order.orderId]);
        }
      }),
      { numRuns: 150 },
    );
  });
});

describe('wallet transfers', () => {
  test('AGY-33: money only moves from one side to the other, as the order says, and no funding wallet falls below 0', () => {
    fc.assert(
      fc.property(steps, (drawn) => {
        const driver = started();
        for (const step of drawn) {
          const before = sidesOf(driver);
          const { reply } = perform(driver, step);
          if (step.command.type !== 'wallet-transfer') continue;
          const moved = new Map<string, bigint>();
          if (reply.ok && reply.kind === 'wallet-transfer' && !reply.repeated && reply.order.status === 'SUCCESS') {
            const { agentId, userId, direction, amount } = reply.order;
            const [from, to] = direction.split('_TO_') as [Side, Side];
            moved.set(sideKey(from, { agentId, userId }), -amount);
            moved.set(sideKey(to, { agentId, userId }), amount);
          }
          for (const [key, balance] of sidesOf(driver)) {
            expect(balance - (before.get(key) ?? 0n)).toBe(moved.get(key) ?? 0n);
            if (key.startsWith('FUNDING')) expect(balance).toBeGreaterThanOrEqual(0n);
          }
          expectConserved(driver);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('AGY-32: a repeat answers the first result and moves nothing; one number is of one order of either kind', () => {
    fc.assert(
      fc.property(steps, (drawn) => {
        const driver = started();
        const first = new Map<string, unknown>();
        const kinds = new Map<string, string>();
        for (const step of drawn) {
          const before = sidesOf(driver);
          const { reply } = perform(driver, step);
          if (!reply.ok || (reply.kind !== 'wallet-transfer' && reply.kind !== 'transfer')) continue;
          if (reply.kind === 'transfer' && reply.order.orderType === 'REVERSE') continue;
          const key = `${reply.order.agentId} ${reply.order.orderNo}`;
          expect(kinds.get(key) ?? reply.kind).toBe(reply.kind);
          kinds.set(key, reply.kind);
          if (reply.kind !== 'wallet-transfer') continue;
          expect(reply.repeated).toBe(first.has(key));
          expect(first.get(key) ?? reply.order).toEqual(reply.order);
          expect(driver.reads.walletTransfer(reply.order.agentId, reply.order.orderNo)).toEqual(reply.order);
          if (reply.repeated) expect(sidesOf(driver)).toEqual(before);
          first.set(key, reply.order);
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('webhooks', () => {
  test('AGY-19, AGY-21: each status is told once and in order, and what is settled was pending', () => {
    fc.assert(
      fc.property(steps, (drawn) => {
        const driver = started();
        const waiting = new Map<string, { readonly orderId: number; readonly seq: number }>();
        const lastSeq = new Map<number, number>();
        for (const step of drawn) {
          for (const event of perform(driver, step).events) {
            if (event.type === 'webhook-recorded') {
              expect(event.seq).toBe((lastSeq.get(event.agentId) ?? 0) + 1);
              lastSeq.set(event.agentId, event.seq);
            }
            if (event.type !== 'webhook-settled') continue;
            const settled = waiting.get(`${event.agentId} ${event.seq}`);
            expect(settled).toBeDefined();
            for (const { orderId, seq } of waiting.values()) {
              if (orderId === settled?.orderId) expect(seq).toBeGreaterThanOrEqual(event.seq);
            }
          }
          waiting.clear();
          for (const agentId of [1, 2, 3]) {
            for (const webhook of driver.reads.pendingWebhooks(agentId)) {
              waiting.set(`${agentId} ${webhook.seq}`, webhook);
            }
          }
        }
      }),
      { numRuns: 100 },
    );
  });
});
