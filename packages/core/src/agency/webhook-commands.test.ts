import { describe, expect, test } from 'vitest';
import { StateReader } from '../state/reader.ts';
import { MAX_WEBHOOK_ATTEMPTS, MAX_WEBHOOKS_READ } from './limits.ts';
import { Driver, opened, START_MS, usdt } from './testing/driver.ts';

const delivered = (driver: Driver, agentId: number, seq: number) =>
  driver.run({ type: 'webhook-delivered', agentId, seq });
const dead = (driver: Driver, agentId: number, seq: number) => driver.run({ type: 'webhook-dead', agentId, seq });
const failed = (driver: Driver, agentId: number, seq: number, attempts: number, nextAttemptAtMs = driver.timeMs) =>
  driver.run({ type: 'webhook-failed', agentId, seq, attempts, nextAttemptAtMs });
const pendingSeqs = (driver: Driver, agentId: number) => driver.reads.pendingWebhooks(agentId).map(({ seq }) => seq);

describe('the outbox', () => {
  test('AGY-19: a transfer says all about itself', () => {
    const { driver, agentId, userId } = opened();
    const { events } = driver.transfer(agentId, 'a', { amount: usdt(2_000) });
    expect(events.at(-1)).toEqual({ type: 'webhook-recorded', agentId, seq: 1, pending: true });
    expect(driver.reads.webhook(agentId, 1)).toEqual({
      seq: 1,
      event: 'transfer.completed',
      orderType: 'transfer',
      orderId: 1,
      orderNo: 'a',
      targetStatus: 'FAILED',
      direction: 'IN',
      transferMode: 'FIXED_AMOUNT',
      currency: 'USDT',
      amount: usdt(2_000),
      agentCode: 'agent-1',
      agentUserId: 'alice',
      userId,
      failReason: 'INSUFFICIENT_DEPOSIT',
      createdAtMs: START_MS,
      completedAtMs: START_MS,
    });
    expect(driver.reads.pendingWebhooks(agentId)).toEqual([
      {
        seq: 1,
        orderId: 1,
        targetStatus: 'FAILED',
        previousSeq: 0,
        sinceMs: START_MS,
        attempts: 0,
        nextAttemptAtMs: START_MS,
      },
    ]);
  });

  test('AGY-19: a reverse brings REVERSED of the transfer, then its own; earlier ones keep their status', () => {
    const { driver, agentId } = opened();
    driver.transfer(agentId, 'a');
    driver.reverse(agentId, 'a', 'r');
    const told = driver.reads
      .webhooksAfter(agentId, 0, 10)
      .map(({ seq, event, orderType, orderId, targetStatus }) => [seq, event, orderType, orderId, targetStatus]);
    expect(told).toEqual([
      [1, 'transfer.completed', 'transfer', 1, 'SUCCESS'],
      [2, 'transfer.completed', 'transfer', 1, 'REVERSED'],
      [3, 'reverse.completed', 'reverse', 2, 'SUCCESS'],
    ]);
  });

  test('AGY-19: each agent counts its own, and repeats bring none', () => {
    const { driver, agentId } = opened();
    const other = driver.agent(2);
    driver.user(other, 'alice');
    driver.transfer(agentId, 'a');
    driver.transfer(agentId, 'a');
    driver.transfer(other, 'a');
    expect(driver.reads.lastWebhookSeq(agentId)).toBe(1);
    expect(driver.reads.lastWebhookSeq(other)).toBe(1);
    expect(driver.reads.lastWebhookSeq(99)).toBe(0);
  });

  test('AGY-20: without an address it is recorded and not pending', () => {
    const driver = new Driver();
    const agentId = driver.agent(1, { webhookUrl: '' });
    driver.user(agentId, 'alice');
    expect(driver.transfer(agentId, 'a').events.at(-1)).toMatchObject({ type: 'webhook-recorded', pending: false });
    expect(pendingSeqs(driver, agentId)).toEqual([]);
    expect(driver.reads.webhooksAfter(agentId, 0, 10)).toHaveLength(1);
  });

  test('AGY-23: the newest can be read by sequence, a limited number of them', () => {
    const { driver, agentId } = opened({ recentWebhooksPerAgent: 3 });
    for (let number = 1; number <= 5; number++) driver.transfer(agentId, `t${number}`, { amount: usdt(1) });
    const seqs = (after: number, limit: number) =>
      driver.reads.webhooksAfter(agentId, after, limit).map(({ seq }) => seq);
    expect(seqs(0, 10)).toEqual([3, 4, 5]);
    expect(seqs(3, 10)).toEqual([4, 5]);
    expect(seqs(0, 2)).toEqual([3, 4]);
    expect(seqs(5, 10)).toEqual([]);
    expect(driver.reads.webhook(agentId, 1)).toMatchObject({ orderNo: 't1' });
    delivered(driver, agentId, 1);
    expect(driver.reads.webhook(agentId, 1)).toBeUndefined();
  });

  test('AGY-23: one answer has a limited number', () => {
    const { driver, agentId } = opened();
    for (let number = 0; number <= MAX_WEBHOOKS_READ; number++) {
      driver.transfer(agentId, `t${number}`, { direction: 'OUT' });
    }
    expect(driver.reads.webhooksAfter(agentId, 0, MAX_WEBHOOKS_READ + 1)).toHaveLength(MAX_WEBHOOKS_READ);
  });
});

describe('delivery', () => {
  test('AGY-20: a failed attempt is noted, and a delivered webhook is no longer pending', () => {
    const { driver, agentId } = opened();
    driver.transfer(agentId, 'a');
    expect(failed(driver, agentId, 1, 1, START_MS + 5_000).events).toEqual([
      { type: 'webhook-postponed', agentId, seq: 1, attempts: 1, nextAttemptAtMs: START_MS + 5_000 },
    ]);
    expect(driver.reads.pendingWebhooks(agentId)).toMatchObject([
      { attempts: 1, nextAttemptAtMs: START_MS + 5_000, sinceMs: START_MS },
    ]);
    expect(delivered(driver, agentId, 1).events).toEqual([
      { type: 'webhook-settled', agentId, seq: 1, outcome: 'DELIVERED' },
    ]);
    expect(pendingSeqs(driver, agentId)).toEqual([]);
    expect(delivered(driver, agentId, 1).reply).toMatchObject({ reason: 'WEBHOOK_UNKNOWN' });
    expect(dead(driver, agentId, 1).reply).toMatchObject({ reason: 'WEBHOOK_UNKNOWN' });
  });

  test('AGY-20: attempts only grow, up to the limit, and the next is not in the past', () => {
    const { driver, agentId } = opened();
    driver.transfer(agentId, 'a');
    failed(driver, agentId, 1, 3);
    const before = driver.bytes();
    expect(failed(driver, agentId, 1, 3).reply).toMatchObject({ reason: 'OUT_OF_RANGE' });
    expect(failed(driver, agentId, 1, MAX_WEBHOOK_ATTEMPTS + 1).reply).toMatchObject({ reason: 'OUT_OF_RANGE' });
    expect(failed(driver, agentId, 1, 4, driver.timeMs - 1).reply).toMatchObject({ reason: 'OUT_OF_RANGE' });
    expect(driver.bytes()).toEqual(before);
    expect(failed(driver, agentId, 1, MAX_WEBHOOK_ATTEMPTS).reply).toMatchObject({ ok: true });
  });

  test('AGY-20: unknown agents and webhooks are refused', () => {
    const { driver, agentId } = opened();
    for (const [agent, seq] of [
      [agentId, 1],
      [99, 1],
    ] as const) {
      expect(delivered(driver, agent, seq).reply).toMatchObject({ reason: 'WEBHOOK_UNKNOWN' });
      expect(failed(driver, agent, seq, 1).reply).toMatchObject({ reason: 'WEBHOOK_UNKNOWN' });
      expect(driver.run({ type: 'replay-webhook', agentId: agent, seq }).reply).toMatchObject({
        reason: 'WEBHOOK_UNKNOWN',
      });
    }
  });

  test('AGY-21: the later of two about one order waits; others do not', () => {
    const { driver, agentId } = opened();
    driver.transfer(agentId, 'a');
    driver.reverse(agentId, 'a', 'r');
    const blocked = () =>
      driver.reads
        .pendingWebhooks(agentId)
        .filter((webhook) => driver.reads.isWebhookBlocked(agentId, webhook))
        .map(({ seq }) => seq);
    expect(blocked()).toEqual([2]);
    for (const act of [delivered, dead]) {
      expect(act(driver, agentId, 2).reply).toMatchObject({ reason: 'WEBHOOK_OUT_OF_ORDER' });
    }
    expect(failed(driver, agentId, 2, 1).reply).toMatchObject({ reason: 'WEBHOOK_OUT_OF_ORDER' });
    expect(delivered(driver, agentId, 3).reply).toMatchObject({ ok: true });
    dead(driver, agentId, 1);
    expect(blocked()).toEqual([]);
    expect(delivered(driver, agentId, 2).reply).toMatchObject({ ok: true });
  });

  test('AGY-23: dead ones stay visible, a limited number of them', () => {
    const { driver, agentId } = opened({ deadWebhooksPerAgent: 2, recentWebhooksPerAgent: 1 });
    for (let number = 1; number <= 3; number++) driver.transfer(agentId, `t${number}`);
    failed(driver, agentId, 2, 7);
    for (const seq of [2, 1]) dead(driver, agentId, seq);
    expect(driver.reads.deadWebhooks(agentId)).toMatchObject([
      { seq: 2, attempts: 7, diedAtMs: START_MS },
      { seq: 1, attempts: 0 },
    ]);
    dead(driver, agentId, 3);
    expect(driver.reads.deadWebhooks(agentId).map(({ seq }) => seq)).toEqual([1, 3]);
    expect(driver.reads.webhook(agentId, 2)).toBeUndefined();
  });

  test('AGY-23: a dead or delivered webhook can be replayed, a pending one not', () => {
    const { driver, agentId } = opened();
    driver.transfer(agentId, 'a');
    driver.transfer(agentId, 'b');
    failed(driver, agentId, 1, 5);
    const replay = (seq: number) => driver.run({ type: 'replay-webhook', agentId, seq });
    expect(replay(1).reply).toMatchObject({ reason: 'WEBHOOK_UNKNOWN' });
    dead(driver, agentId, 1);
    delivered(driver, agentId, 2);
    driver.pass(1_000);
    expect(replay(1).events).toEqual([{ type: 'webhook-replayed', agentId, seq: 1 }]);
    expect(replay(2).reply).toMatchObject({ ok: true });
    expect(driver.reads.deadWebhooks(agentId)).toEqual([]);
    expect(driver.reads.pendingWebhooks(agentId)).toMatchObject([
      { seq: 1, attempts: 0, sinceMs: START_MS + 1_000 },
      { seq: 2, attempts: 0 },
    ]);
  });

  test('AGY-22: an order whose webhooks have no room is refused and has changed nothing but the nonce', () => {
    const { driver, agentId } = opened({ pendingWebhooksPerAgent: 2 });
    driver.transfer(agentId, 'a');
    expect(driver.reverse(agentId, 'a', 'r').reply).toMatchObject({ reason: 'AGENCY_FULL' });
    expect(driver.transfer(agentId, 'b').reply).toMatchObject({ ok: true });
    expect(driver.transfer(agentId, 'c').reply).toMatchObject({ reason: 'AGENCY_FULL' });
    expect(driver.reads.transfer(agentId, 'c')).toBeUndefined();
    expect(driver.transfer(agentId, 'a').reply).toMatchObject({ ok: true, repeated: true });
    delivered(driver, agentId, 1);
    delivered(driver, agentId, 2);
    expect(driver.reverse(agentId, 'a', 'r').reply).toMatchObject({ ok: true });
    expect(driver.run({ type: 'replay-webhook', agentId, seq: 1 }).reply).toMatchObject({ reason: 'AGENCY_FULL' });
    driver.run({ type: 'update-agent', agentId, webhookUrl: '' });
    expect(driver.transfer(agentId, 'c').reply).toMatchObject({ ok: true });
  });

  test('AGY-22: the pending webhooks of all agents together are limited, also after a restart', () => {
    const { driver, agentId } = opened({ pendingWebhooks: 1 });
    const other = driver.agent(2);
    driver.user(other, 'alice');
    driver.transfer(agentId, 'a');
    expect(driver.transfer(other, 'a').reply).toMatchObject({ reason: 'AGENCY_FULL' });
    driver.agency.load(new StateReader(driver.bytes()));
    expect(driver.transfer(other, 'a').reply).toMatchObject({ reason: 'AGENCY_FULL' });
    dead(driver, agentId, 1);
    expect(driver.transfer(other, 'a').reply).toMatchObject({ ok: true });
  });
});
