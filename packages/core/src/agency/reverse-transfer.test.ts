import { describe, expect, test } from 'vitest';
import { balances, opened, usdt } from './testing/driver.ts';

describe('reverse-transfer', () => {
  test('AGY-16: gives back what came in, and the transfer is REVERSED', () => {
    const venue = opened();
    const { driver, agentId, userId } = venue;
    driver.transfer(agentId, 'a', { amount: usdt(40) });
    const { reply, events } = driver.reverse(agentId, 'a', 'r', 'wrong user');
    expect(reply).toMatchObject({
      ok: true,
      status: 'SUCCESS',
      repeated: false,
      order: {
        orderId: 2,
        orderType: 'REVERSE',
        orderNo: 'r',
        direction: 'IN',
        amount: usdt(40),
        linkedOrderId: 1,
        reason: 'wrong user',
      },
    });
    expect(balances(venue)).toEqual({ deposit: 1_000, wallet: 0 });
    expect(driver.venue.moves.at(-1)).toEqual({
      userId,
      amount: usdt(-40),
      changeType: 'TRANSFER_REVERSE',
      referenceId: 2,
    });
    expect(events.map((event) => event.type)).toEqual([
      'agent-ledger',
      'transfer-updated',
      'webhook-recorded',
      'transfer-updated',
      'webhook-recorded',
    ]);
    expect(driver.reads.transfer(agentId, 'a')).toMatchObject({ status: 'REVERSED', linkedOrderId: 2 });
    expect(driver.reads.reverse(agentId, 'r')).toMatchObject({ orderId: 2, status: 'SUCCESS' });
  });

  test('AGY-16: gives back what went out, all-out included', () => {
    const venue = opened();
    const { driver, agentId } = venue;
    driver.transfer(agentId, 'in', { amount: usdt(40) });
    driver.allOut(agentId, 'out');
    expect(driver.reverse(agentId, 'out', 'r').reply).toMatchObject({ status: 'SUCCESS' });
    expect(balances(venue)).toEqual({ deposit: 960, wallet: 40 });
  });

  test('AGY-16: without the balance the reverse is kept as FAILED, and another may follow', () => {
    const venue = opened();
    const { driver, agentId, userId } = venue;
    driver.transfer(agentId, 'a', { amount: usdt(40) });
    driver.venue.locked.set(userId, 1n);
    expect(driver.reverse(agentId, 'a', 'r1').reply).toMatchObject({
      ok: true,
      status: 'FAILED',
      order: { failReason: 'INSUFFICIENT_BALANCE' },
    });
    expect(driver.reads.transfer(agentId, 'a')?.status).toBe('SUCCESS');
    driver.venue.locked.clear();
    expect(driver.reverse(agentId, 'a', 'r1').reply).toMatchObject({ status: 'FAILED', repeated: true });
    expect(driver.reverse(agentId, 'a', 'r2').reply).toMatchObject({ status: 'SUCCESS' });
    expect(balances(venue)).toEqual({ deposit: 1_000, wallet: 0 });
  });

  test('AGY-16: what went out needs the deposit, unless the agent may owe', () => {
    const venue = opened();
    const { driver, agentId } = venue;
    driver.transfer(agentId, 'in', { amount: usdt(40) });
    driver.allOut(agentId, 'out');
    driver.deposit(agentId, usdt(-961));
    expect(driver.reverse(agentId, 'out', 'r1').reply).toMatchObject({
      status: 'FAILED',
      order: { failReason: 'INSUFFICIENT_DEPOSIT' },
    });
    driver.run({ type: 'update-agent', agentId, depositless: true });
    expect(driver.reverse(agentId, 'out', 'r2').reply).toMatchObject({ status: 'SUCCESS' });
    expect(balances(venue)).toEqual({ deposit: -1, wallet: 40 });
  });

  test('AGY-15, AGY-16: happens once, and repeats answer first results', () => {
    const venue = opened();
    const { driver, agentId } = venue;
    driver.transfer(agentId, 'a');
    const first = driver.reverse(agentId, 'a', 'r').reply;
    const again = driver.reverse(agentId, 'a', 'r', 'another reason');
    expect(again.reply).toEqual({ ...first, repeated: true });
    expect(again.events).toEqual([]);
    expect(driver.reverse(agentId, 'a', 'r2').reply).toMatchObject({
      reason: 'TRANSFER_NOT_REVERSIBLE',
      details: { status: 'REVERSED' },
    });
    expect(driver.transfer(agentId, 'a').reply).toMatchObject({
      status: 'SUCCESS',
      repeated: true,
      order: { status: 'REVERSED' },
    });
    expect(balances(venue)).toEqual({ deposit: 1_000, wallet: 0 });
  });

  test('AGY-16: another transfer, known or not, under the same number is a conflict', () => {
    const { driver, agentId } = opened();
    driver.transfer(agentId, 'a');
    driver.transfer(agentId, 'b');
    driver.reverse(agentId, 'a', 'r');
    expect(driver.reverse(agentId, 'b', 'r').reply).toMatchObject({ reason: 'ORDER_NUMBER_CONFLICT' });
    expect(driver.reverse(agentId, 'unknown', 'r').reply).toMatchObject({ reason: 'ORDER_NUMBER_CONFLICT' });
  });

  test('AGY-16: a reverse may be numbered as its transfer is', () => {
    const { driver, agentId } = opened();
    driver.transfer(agentId, 'a');
    expect(driver.reverse(agentId, 'a', 'a').reply).toMatchObject({ ok: true, status: 'SUCCESS' });
  });

  test('AGY-16: unknown, failed, foreign transfers and reverses are not reversed', () => {
    const { driver, agentId } = opened();
    const other = driver.agent(2);
    driver.transfer(agentId, 'a');
    driver.transfer(agentId, 'failed', { amount: usdt(9_999) });
    driver.transfer(agentId, 'b');
    driver.reverse(agentId, 'a', 'r');
    expect(driver.reverse(agentId, 'unknown', 'x').reply).toMatchObject({ reason: 'TRANSFER_NOT_FOUND' });
    expect(driver.reverse(agentId, 'r', 'x').reply).toMatchObject({ reason: 'TRANSFER_NOT_FOUND' });
    expect(driver.reverse(other, 'b', 'x').reply).toMatchObject({ reason: 'TRANSFER_NOT_FOUND' });
    expect(driver.reverse(agentId, 'failed', 'x').reply).toMatchObject({
      reason: 'TRANSFER_NOT_REVERSIBLE',
      details: { status: 'FAILED' },
    });
    expect(driver.reads.reverse(agentId, 'x')).toBeUndefined();
  });

  test.each([
    ['origOrderNo', '', 'r', ''],
    ['reverseOrderNo', 'a', 'x'.repeat(65), ''],
    ['reverseReason', 'a', 'r', 'x'.repeat(257)],
  ])('AGY-1: refuses a faulty %s', (field, origOrderNo, reverseOrderNo, reason) => {
    const { driver, agentId } = opened();
    driver.transfer(agentId, 'a');
    expect(driver.reverse(agentId, origOrderNo, reverseOrderNo, reason).reply).toMatchObject({
      reason: 'INVALID_PARAMETER',
      details: { field },
    });
  });
});
