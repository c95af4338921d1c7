import { money } from '@openvenue/money';
import { describe, expect, test } from 'vitest';
import { MAX_TRANSFER_AMOUNT } from './limits.ts';
import { opened, START_MS, usdt } from './testing/driver.ts';
import type { OwnWalletDirection } from './wallet-transfer-order.ts';

function funded() {
  const scene = opened();
  const { driver, agentId, userId } = scene;
  driver.walletTransfer(agentId, 'w1', { amount: usdt(300) });
  const move = (direction: OwnWalletDirection, amount?: bigint) =>
    driver.run({
      type: 'move-own-funds',
      actor: { userId },
      direction,
      ...(amount === undefined ? {} : { amount: money(amount) }),
    });
  const wallets = () => [driver.venue.wallet(userId), driver.reads.fundingWallet(userId).available];
  return { driver, userId, move, wallets };
}

describe('move-own-funds', () => {
  test('AGY-44: moves money from the one wallet to the other, and the ledger names no transfer', () => {
    const { driver, userId, move, wallets } = funded();
    const { reply, events } = move('FUNDING_TO_CONTRACT', usdt(200));
    expect(reply).toEqual({ ok: true, kind: 'funds-moved', amount: usdt(200) });
    expect(events).toEqual([
      {
        type: 'funding-ledger',
        entry: {
          userId,
          changeType: 'FUNDING_TO_CONTRACT',
          amount: -usdt(200),
          availableBefore: usdt(300),
          availableAfter: usdt(100),
          referenceId: 0,
          createdAtMs: START_MS,
        },
      },
    ]);
    expect(driver.venue.moves.at(-1)).toEqual({
      userId,
      amount: usdt(200),
      changeType: 'FUNDING_TO_CONTRACT',
      referenceId: 0,
    });
    move('CONTRACT_TO_FUNDING', usdt(50));
    expect(wallets()).toEqual([usdt(150), usdt(150)]);
  });

  test('AGY-44: all there is moves, be it nothing, which is no event', () => {
    const { move, wallets } = funded();
    expect(move('CONTRACT_TO_FUNDING')).toEqual({ reply: { ok: true, kind: 'funds-moved', amount: 0n }, events: [] });
    expect(move('FUNDING_TO_CONTRACT').reply).toMatchObject({ amount: usdt(300) });
    expect(wallets()).toEqual([usdt(300), 0n]);
  });

  test('AGY-44: to the last unit, and not one more', () => {
    const { move, wallets } = funded();
    expect(move('FUNDING_TO_CONTRACT', usdt(300) + 1n)).toEqual({
      reply: {
        ok: false,
        reason: 'INSUFFICIENT_BALANCE',
        details: { field: 'amount', required: usdt(300) + 1n, available: usdt(300) },
      },
      events: [],
    });
    expect(move('CONTRACT_TO_FUNDING', 1n).reply).toMatchObject({ reason: 'INSUFFICIENT_BALANCE' });
    expect(wallets()).toEqual([0n, usdt(300)]);
    expect(move('FUNDING_TO_CONTRACT', usdt(300)).reply).toMatchObject({ ok: true });
  });

  test.each([0n, -1n, MAX_TRANSFER_AMOUNT + 1n])('AGY-44: %d is no amount', (amount) => {
    const { move } = funded();
    expect(move('FUNDING_TO_CONTRACT', amount).reply).toMatchObject({ reason: 'OUT_OF_RANGE' });
  });

  test('AGY-44: between the own wallets alone', () => {
    const { move } = funded();
    const elsewhere = 'FUNDING_TO_PARTNER' as OwnWalletDirection;
    expect(move(elsewhere, 1n).reply).toMatchObject({ reason: 'INVALID_PARAMETER', details: { field: 'direction' } });
  });
});
