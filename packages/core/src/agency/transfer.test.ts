import { type Money, money } from '@openvenue/money';
import { describe, expect, test } from 'vitest';
import { MAX_ORDER_PAGE_SIZE, MAX_TRANSFER_AMOUNT } from './limits.ts';
import { balances, opened, START_MS, usdt } from './testing/driver.ts';

describe('transfer', () => {
  test('AGY-12: in moves deposit to wallet, out moves it back', () => {
    const venue = opened();
    const { driver, agentId, userId } = venue;
    const { reply, events } = driver.transfer(agentId, 'in-1', { amount: usdt(40) });
    const order = {
      orderId: 1,
      orderType: 'TRANSFER',
      agentId,
      userId,
      orderNo: 'in-1',
      direction: 'IN',
      transferMode: 'FIXED_AMOUNT',
      currency: 'USDT',
      amount: usdt(40),
      status: 'SUCCESS',
      failReason: '',
      linkedOrderId: 0,
      reason: '',
      createdAtMs: START_MS,
      completedAtMs: START_MS,
    };
    expect(reply).toEqual({ ok: true, kind: 'transfer', status: 'SUCCESS', repeated: false, order });
    expect(events.map((event) => event.type)).toEqual(['agent-ledger', 'transfer-updated', 'webhook-recorded']);
    expect(events[0]).toMatchObject({
      entry: {
        changeType: 'TRANSFER_IN',
        amount: usdt(-40),
        depositBefore: usdt(1_000),
        depositAfter: usdt(960),
        referenceId: 1,
      },
    });
    expect(balances(venue)).toEqual({ deposit: 960, wallet: 40 });
    expect(driver.reads.transfer(agentId, 'in-1')).toEqual(order);

    driver.transfer(agentId, 'out-1', { amount: usdt(15), direction: 'OUT' });
    expect(balances(venue)).toEqual({ deposit: 975, wallet: 25 });
    expect(driver.venue.moves).toEqual([
      { userId, amount: usdt(40), changeType: 'TRANSFER_IN', referenceId: 1 },
      { userId, amount: usdt(-15), changeType: 'TRANSFER_OUT', referenceId: 2 },
    ]);
  });

  test('AGY-13: in needs the deposit, to the last unit; else it is kept as FAILED', () => {
    const venue = opened();
    const { driver, agentId } = venue;
    const { reply, events } = driver.transfer(agentId, 'a', { amount: money(usdt(1_000) + 1n) });
    expect(reply).toMatchObject({ ok: true, status: 'FAILED', order: { failReason: 'INSUFFICIENT_DEPOSIT' } });
    expect(events.map((event) => event.type)).toEqual(['transfer-updated', 'webhook-recorded']);
    expect(balances(venue)).toEqual({ deposit: 1_000, wallet: 0 });
    expect(driver.transfer(agentId, 'b', { amount: usdt(1_000) }).reply).toMatchObject({ status: 'SUCCESS' });
    expect(balances(venue)).toEqual({ deposit: 0, wallet: 1_000 });
  });

  test('AGY-13: out needs what is withdrawable, to the last unit; else it is kept as FAILED', () => {
    const venue = opened();
    const { driver, agentId, userId } = venue;
    driver.transfer(agentId, 'in', { amount: usdt(100) });
    driver.venue.locked.set(userId, usdt(30));
    const over = { direction: 'OUT', amount: money(usdt(70) + 1n) } as const;
    expect(driver.transfer(agentId, 'a', over).reply).toMatchObject({
      status: 'FAILED',
      order: { failReason: 'INSUFFICIENT_BALANCE' },
    });
    expect(driver.transfer(agentId, 'b', { direction: 'OUT', amount: usdt(70) }).reply).toMatchObject({
      status: 'SUCCESS',
    });
    expect(balances(venue)).toEqual({ deposit: 970, wallet: 30 });
  });

  test('AGY-13: all-out moves what is withdrawable, be it 0', () => {
    const venue = opened();
    const { driver, agentId, userId } = venue;
    driver.transfer(agentId, 'in', { amount: usdt(100) });
    driver.venue.locked.set(userId, usdt(30));
    expect(driver.allOut(agentId, 'a').reply).toMatchObject({
      status: 'SUCCESS',
      order: { direction: 'OUT', transferMode: 'ALL_OUT', amount: usdt(70) },
    });
    expect(balances(venue)).toEqual({ deposit: 970, wallet: 30 });
    const empty = driver.allOut(agentId, 'b');
    expect(empty.reply).toMatchObject({ status: 'SUCCESS', order: { amount: 0n } });
    expect(empty.events.map((event) => event.type)).toEqual(['transfer-updated', 'webhook-recorded']);
    expect(balances(venue)).toEqual({ deposit: 970, wallet: 30 });
  });

  test('AGY-14: the same content answers the first result and moves nothing', () => {
    const venue = opened();
    const { driver, agentId, userId } = venue;
    const first = driver.transfer(agentId, 'a').reply;
    driver.pass(86_400_000);
    const again = driver.transfer(agentId, 'a');
    expect(again.reply).toEqual({ ...first, repeated: true });
    expect(again.events).toEqual([]);
    const platformUserId = driver.venue.userById(userId)?.externalUserId ?? '';
    expect(driver.transfer(agentId, 'a', { user: { platformUserId } }).reply).toEqual({ ...first, repeated: true });
    expect(balances(venue)).toEqual({ deposit: 990, wallet: 10 });
  });

  test('AGY-14: a failed transfer keeps its number, and a repeat does not try again', () => {
    const venue = opened();
    const { driver, agentId } = venue;
    driver.transfer(agentId, 'a', { amount: usdt(2_000) });
    driver.deposit(agentId, usdt(5_000));
    expect(driver.transfer(agentId, 'a', { amount: usdt(2_000) }).reply).toMatchObject({
      status: 'FAILED',
      repeated: true,
    });
    expect(balances(venue)).toEqual({ deposit: 6_000, wallet: 0 });
  });

  test('AGY-14: all-out repeated answers what was moved, whatever is withdrawable now', () => {
    const { driver, agentId } = opened();
    driver.transfer(agentId, 'in');
    driver.allOut(agentId, 'a');
    driver.transfer(agentId, 'in-2', { amount: usdt(3) });
    expect(driver.allOut(agentId, 'a').reply).toMatchObject({ repeated: true, order: { amount: usdt(10) } });
  });

  test('AGY-14: other content under the same number is a conflict', () => {
    const venue = opened();
    const { driver, agentId } = venue;
    driver.user(agentId, 'bob');
    driver.transfer(agentId, 'a');
    driver.transfer(agentId, 'out', { direction: 'OUT', amount: usdt(1) });
    const conflicts = [
      driver.transfer(agentId, 'a', { amount: money(usdt(10) + 1n) }),
      driver.transfer(agentId, 'a', { direction: 'OUT' }),
      driver.transfer(agentId, 'a', { agentUserId: 'bob' }),
      driver.allOut(agentId, 'a'),
      driver.allOut(agentId, 'out'),
    ];
    for (const { reply, events } of conflicts) {
      expect(reply).toMatchObject({ ok: false, reason: 'ORDER_NUMBER_CONFLICT' });
      expect(events).toEqual([]);
    }
    expect(balances(venue)).toEqual({ deposit: 991, wallet: 9 });
  });

  test('AGY-14: agents do not share numbers', () => {
    const { driver, agentId } = opened();
    const other = driver.agent(2);
    driver.user(other, 'alice');
    driver.transfer(agentId, 'a');
    expect(driver.transfer(other, 'a').reply).toMatchObject({ repeated: false, status: 'FAILED' });
    expect(driver.reads.transfer(other, 'a')?.orderId).toBe(2);
  });

  test.each<[string, Parameters<ReturnType<typeof opened>['driver']['transfer']>[2], string]>([
    ['currency', { currency: 'BTC' }, 'INVALID_PARAMETER'],
    ['amount', { amount: 0n as Money }, 'OUT_OF_RANGE'],
    ['amount', { amount: -1n as Money }, 'OUT_OF_RANGE'],
    ['amount', { amount: (MAX_TRANSFER_AMOUNT + 1n) as Money }, 'OUT_OF_RANGE'],
    ['agentOrderNo', { agentOrderNo: '' }, 'INVALID_PARAMETER'],
    ['agentOrderNo', { agentOrderNo: 'x'.repeat(65) }, 'INVALID_PARAMETER'],
    ['agentUserId', { user: {} }, 'MISSING_PARAMETER'],
  ])('AGY-12: refuses a faulty %s', (field, fields, reason) => {
    const { driver, agentId } = opened();
    const { reply, events } = driver.transfer(agentId, 'a', fields);
    expect(reply).toMatchObject({ ok: false, reason, details: { field } });
    expect(events).toEqual([]);
    expect(driver.reads.order(1)).toBeUndefined();
  });

  test('AGY-12: takes the longest number and the largest amount', () => {
    const { driver, agentId } = opened();
    expect(driver.transfer(agentId, 'x'.repeat(64)).reply).toMatchObject({ ok: true });
    driver.deposit(agentId, money(MAX_TRANSFER_AMOUNT));
    expect(driver.transfer(agentId, 'b', { amount: money(MAX_TRANSFER_AMOUNT) }).reply).toMatchObject({
      status: 'SUCCESS',
    });
  });

  test('AGY-11: a transfer for a user of another agent is refused', () => {
    const { driver, userId } = opened();
    const other = driver.agent(2);
    const platformUserId = driver.venue.userById(userId)?.externalUserId ?? '';
    expect(driver.transfer(other, 'a', { user: { platformUserId } }).reply).toMatchObject({
      reason: 'AGENT_USER_FOREIGN',
    });
  });

  test('AGY-17: a full agent is refused new transfers, and repeats are still answered', () => {
    const { driver, agentId } = opened({ ordersPerAgent: 2 });
    driver.transfer(agentId, 'a');
    driver.reverse(agentId, 'a', 'r');
    expect(driver.transfer(agentId, 'b').reply).toMatchObject({ reason: 'AGENCY_FULL' });
    expect(driver.transfer(agentId, 'a').reply).toMatchObject({ ok: true, repeated: true });
    expect(driver.reverse(agentId, 'a', 'r').reply).toMatchObject({ ok: true, repeated: true });
  });

  test('AGY-17: a full venue is refused new transfers of every agent', () => {
    const { driver, agentId } = opened({ orders: 1 });
    const other = driver.agent(2);
    driver.user(other, 'alice');
    driver.transfer(agentId, 'a');
    expect(driver.transfer(other, 'a').reply).toMatchObject({ reason: 'AGENCY_FULL' });
    expect(driver.reads.order(2)).toBeUndefined();
  });
});

describe('listing transfers', () => {
  function listed() {
    const { driver, agentId } = opened();
    driver.transfer(agentId, 'in-1');
    driver.pass(10);
    driver.transfer(agentId, 'out-1', { direction: 'OUT', amount: usdt(1) });
    driver.pass(10);
    driver.transfer(agentId, 'in-2', { amount: usdt(5_000) });
    driver.reverse(agentId, 'out-1', 'r');
    const other = driver.agent(2);
    driver.user(other, 'alice');
    driver.transfer(other, 'theirs');
    const numbers = (query: Partial<Parameters<typeof driver.reads.transfers>[0]> = {}) => {
      const { total, orders } = driver.reads.transfers({ agentId, page: 1, pageSize: 20, ...query });
      return [total, ...orders.map((order) => order.orderNo)];
    };
    return { driver, agentId, numbers };
  }

  test('AGY-18: newest first, without reverses and other agents', () => {
    const { numbers, agentId } = listed();
    expect(numbers()).toEqual([3, 'in-2', 'out-1', 'in-1']);
    expect(numbers({ page: 2, pageSize: 2 })).toEqual([3, 'in-1']);
    expect(numbers({ page: 3, pageSize: 2 })).toEqual([3]);
    expect(numbers({ agentId: agentId + 7 })).toEqual([0]);
  });

  test('AGY-18: by direction, status and time', () => {
    const { numbers } = listed();
    expect(numbers({ direction: 'IN' })).toEqual([2, 'in-2', 'in-1']);
    expect(numbers({ status: 'REVERSED' })).toEqual([1, 'out-1']);
    expect(numbers({ status: 'FAILED', direction: 'OUT' })).toEqual([0]);
    expect(numbers({ fromMs: START_MS + 10 })).toEqual([2, 'in-2', 'out-1']);
    expect(numbers({ beforeMs: START_MS + 10 })).toEqual([1, 'in-1']);
    expect(numbers({ fromMs: START_MS + 1, beforeMs: START_MS + 20 })).toEqual([1, 'out-1']);
  });

  test('AGY-18: a page has at most 100', () => {
    const { numbers } = listed();
    expect(numbers({ pageSize: MAX_ORDER_PAGE_SIZE })[0]).toBe(3);
    expect(() => numbers({ pageSize: MAX_ORDER_PAGE_SIZE + 1 })).toThrow(RangeError);
    expect(() => numbers({ pageSize: 0 })).toThrow(RangeError);
    expect(() => numbers({ page: 0 })).toThrow(RangeError);
  });
});
