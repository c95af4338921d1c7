import { money } from '@openvenue/money';
import { describe, expect, test } from 'vitest';
import { MAX_TRANSFER_AMOUNT } from './limits.ts';
import { balances, type Driver, opened, START_MS, usdt } from './testing/driver.ts';

const funding = (driver: Driver, userId: number): number =>
  Number(driver.reads.fundingWallet(userId).available) / 100_000_000;

describe('wallet-transfer', () => {
  test('AGY-33: moves money around the three wallets, and each side has its ledger entry', () => {
    const scene = opened();
    const { driver, agentId, userId } = scene;
    const { reply, events } = driver.walletTransfer(agentId, 'w1', { amount: usdt(300) });
    const order = {
      walletTransferId: 1,
      agentId,
      userId,
      orderNo: 'w1',
      direction: 'PARTNER_TO_FUNDING',
      currency: 'USDT',
      amount: usdt(300),
      transferAll: false,
      status: 'SUCCESS',
      failReason: '',
      createdAtMs: START_MS,
    };
    expect(reply).toEqual({ ok: true, kind: 'wallet-transfer', repeated: false, order });
    expect(events).toEqual([
      {
        type: 'agent-ledger',
        entry: {
          agentId,
          changeType: 'PARTNER_TO_FUNDING',
          amount: -usdt(300),
          depositBefore: usdt(1_000),
          depositAfter: usdt(700),
          referenceId: 1,
          createdAtMs: START_MS,
        },
      },
      {
        type: 'funding-ledger',
        entry: {
          userId,
          changeType: 'PARTNER_TO_FUNDING',
          amount: usdt(300),
          availableBefore: 0n,
          availableAfter: usdt(300),
          referenceId: 1,
          createdAtMs: START_MS,
        },
      },
      { type: 'wallet-transferred', order },
    ]);
    driver.walletTransfer(agentId, 'w2', { direction: 'FUNDING_TO_CONTRACT', amount: usdt(200) });
    expect([balances(scene), funding(driver, userId)]).toEqual([{ deposit: 700, wallet: 200 }, 100]);
    driver.walletTransfer(agentId, 'w3', { direction: 'CONTRACT_TO_FUNDING', amount: usdt(50) });
    driver.walletTransfer(agentId, 'w4', { direction: 'FUNDING_TO_PARTNER', amount: usdt(120) });
    expect([balances(scene), funding(driver, userId)]).toEqual([{ deposit: 820, wallet: 150 }, 30]);
    expect(driver.venue.moves).toEqual([
      { userId, amount: usdt(200), changeType: 'FUNDING_TO_CONTRACT', referenceId: 2 },
      { userId, amount: -usdt(50), changeType: 'CONTRACT_TO_FUNDING', referenceId: 3 },
    ]);
    expect(driver.reads.fundingWallet(userId).version).toBe(4);
    expect(driver.reads.lastWebhookSeq(agentId)).toBe(0);
  });

  test.each([
    ['PARTNER_TO_FUNDING', 'INSUFFICIENT_DEPOSIT'],
    ['FUNDING_TO_PARTNER', 'INSUFFICIENT_FUNDING'],
    ['FUNDING_TO_CONTRACT', 'INSUFFICIENT_FUNDING'],
    ['CONTRACT_TO_FUNDING', 'INSUFFICIENT_BALANCE'],
  ] as const)('AGY-33: %s without the money is kept as failed, with %s, and moves nothing', (direction, failReason) => {
    const scene = opened();
    const { driver, agentId, userId } = scene;
    const { reply, events } = driver.walletTransfer(agentId, 'w', { direction, amount: usdt(1_001) });
    expect(reply).toMatchObject({ ok: true, order: { status: 'FAILED', failReason, amount: usdt(1_001) } });
    expect(events).toHaveLength(1);
    expect([balances(scene), funding(driver, userId)]).toEqual([{ deposit: 1_000, wallet: 0 }, 0]);
    expect(driver.reads.fundingWallet(userId).version).toBe(0);
    driver.deposit(agentId, usdt(1));
    const again = driver.walletTransfer(agentId, 'w', { direction, amount: usdt(1_001) });
    expect(again.reply).toMatchObject({ repeated: true, order: { status: 'FAILED' } });
  });

  test('AGY-33: a depositless agent funds without a deposit', () => {
    const { driver, agentId, userId } = opened();
    driver.run({ type: 'update-agent', agentId, depositless: true });
    driver.walletTransfer(agentId, 'w', { amount: usdt(1_500) });
    expect([driver.reads.agent(agentId)?.deposit, funding(driver, userId)]).toEqual([-usdt(500), 1_500]);
  });

  test('AGY-34: all there is moves between the own wallets, be it nothing, and leaves what is not withdrawable', () => {
    const scene = opened();
    const { driver, agentId, userId } = scene;
    const all = (orderNo: string, direction: 'FUNDING_TO_CONTRACT' | 'CONTRACT_TO_FUNDING') =>
      driver.walletTransfer(agentId, orderNo, { direction }).reply;
    expect(all('w1', 'FUNDING_TO_CONTRACT')).toMatchObject({ order: { status: 'SUCCESS', amount: 0n } });
    expect(driver.reads.fundingWallet(userId).version).toBe(0);
    driver.walletTransfer(agentId, 'w2', { amount: usdt(80) });
    const moved = { transferAll: true, status: 'SUCCESS', amount: usdt(80) };
    expect(all('w3', 'FUNDING_TO_CONTRACT')).toMatchObject({ order: moved });
    driver.venue.locked.set(userId, usdt(30));
    expect(all('w4', 'CONTRACT_TO_FUNDING')).toMatchObject({ order: { amount: usdt(50) } });
    expect(all('w3', 'FUNDING_TO_CONTRACT')).toMatchObject({ repeated: true, order: moved });
    expect([balances(scene).wallet, funding(driver, userId)]).toEqual([30, 50]);
    for (const direction of ['PARTNER_TO_FUNDING', 'FUNDING_TO_PARTNER'] as const) {
      expect(driver.walletTransfer(agentId, 'w5', { direction }).reply).toMatchObject({
        reason: 'INVALID_PARAMETER',
        details: { field: 'transferAll' },
      });
    }
  });

  test('AGY-32: a number is of one order: other content conflicts, and so does a transfer under it', () => {
    const { driver, agentId } = opened();
    driver.user(agentId, 'bob');
    driver.transfer(agentId, 't');
    driver.walletTransfer(agentId, 'w', { amount: usdt(10) });
    const conflicts = [
      driver.walletTransfer(agentId, 'w', { amount: usdt(11) }),
      driver.walletTransfer(agentId, 'w', { amount: usdt(10), agentUserId: 'bob' }),
      driver.walletTransfer(agentId, 'w', { amount: usdt(10), direction: 'FUNDING_TO_CONTRACT' }),
      driver.walletTransfer(agentId, 'w', { direction: 'FUNDING_TO_CONTRACT' }),
      driver.walletTransfer(agentId, 't', { amount: usdt(10) }),
      driver.transfer(agentId, 'w'),
      driver.allOut(agentId, 'w'),
    ];
    expect(conflicts.map(({ reply }) => !reply.ok && reply.reason)).toEqual(
      conflicts.map(() => 'ORDER_NUMBER_CONFLICT'),
    );
    expect(driver.reverse(agentId, 'w', 'r').reply).toMatchObject({ reason: 'TRANSFER_NOT_FOUND' });
    const other = driver.agent(2, { depositless: true });
    driver.user(other, 'alice');
    expect(driver.walletTransfer(other, 'w', { amount: usdt(99) }).reply).toMatchObject({ repeated: false });
    expect(driver.reads.walletTransfer(other, 't')).toBeUndefined();
  });

  test('AGY-33: faulty ones are refused and have changed nothing but the nonce', () => {
    const { driver, agentId } = opened();
    const refusals = [
      driver.walletTransfer(agentId, '', { amount: usdt(1) }),
      driver.walletTransfer(agentId, 'x'.repeat(65), { amount: usdt(1) }),
      driver.walletTransfer(agentId, 'w', { amount: usdt(1), currency: 'BTC' }),
      driver.walletTransfer(agentId, 'w', { amount: money(0n) }),
      driver.walletTransfer(agentId, 'w', { amount: -usdt(1) as ReturnType<typeof usdt> }),
      driver.walletTransfer(agentId, 'w', { amount: money(MAX_TRANSFER_AMOUNT + 1n) }),
      driver.walletTransfer(agentId, 'w', { amount: usdt(1), agentUserId: 'nobody' }),
      driver.walletTransfer(agentId, 'w', { amount: usdt(1), user: {} }),
    ];
    for (const { reply, events } of refusals) expect([reply.ok, events]).toEqual([false, []]);
    expect(driver.reads.walletTransfer(agentId, 'w')).toBeUndefined();
    expect(driver.walletTransfer(agentId, 'w', { amount: money(MAX_TRANSFER_AMOUNT) }).reply).toMatchObject({
      order: { status: 'FAILED' },
    });
  });

  test('AGY-35: their number is limited, of an agent and of all, and repeats are still answered', () => {
    const { driver, agentId } = opened({ walletTransfersPerAgent: 1, walletTransfers: 2 });
    const [second, third] = [driver.agent(2), driver.agent(3)];
    for (const agent of [second, third]) driver.user(agent, 'alice');
    const move = (agent: number, orderNo: string) => driver.walletTransfer(agent, orderNo, { amount: usdt(1) }).reply;
    expect(move(agentId, 'a')).toMatchObject({ ok: true });
    expect(move(agentId, 'b')).toMatchObject({ reason: 'AGENCY_FULL' });
    expect(move(second, 'a')).toMatchObject({ ok: true });
    expect(move(third, 'a')).toMatchObject({ reason: 'AGENCY_FULL' });
    expect(move(agentId, 'a')).toMatchObject({ repeated: true });
  });
});
