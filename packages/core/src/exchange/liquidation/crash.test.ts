import { type Money, parseDecimal, type QuantitySteps } from '@openvenue/money';
import { describe, expect, it } from 'vitest';
import { CrashScene, feeless, stepsOf } from '../../testing/crash-scene.ts';
import { SeededRandom } from '../../testing/index.ts';

const CASES = 60;
/** One tick of 0.1 times one step of 0.001, and the tiers of the rule book, in 1e-8 USDT. */
const UNIT = 10_000n;
const USDT = 100_000_000n;
const TIERS = [
  { floor: 0n, rate: 4n },
  { floor: 50_000n * USDT, rate: 5n },
  { floor: 250_000n * USDT, rate: 10n },
  { floor: 1_000_000n * USDT, rate: 25n },
];

const up = (numerator: bigint, denominator: bigint): bigint =>
  numerator >= 0n ? (numerator + denominator - 1n) / denominator : -(-numerator / denominator);

interface Books {
  wallet: bigint;
  quantity: bigint;
  cost: bigint;
  fundWallet: bigint;
  fundQuantity: bigint;
  fundCost: bigint;
}

/** The rates of the rule book are thousandths, applied to each slice of the notional. */
function maintenance(notional: bigint): bigint {
  let sum = 0n;
  TIERS.forEach(({ floor, rate }, k) => {
    const cap = TIERS[k + 1]?.floor ?? notional;
    const slice = (notional < cap ? notional : cap) - floor;
    if (slice > 0n) sum += slice * rate;
  });
  return up(sum, 1_000n);
}

/**
 * A cross long's way down the ladder as the rule book tells it, with no line of the venue's: a long against bids, the rest to a fund
 * that always takes, a fee of 0.2 %.
 */
function ladder(books: Books, mark: bigint, bids: { price: bigint; quantity: bigint }[]): number {
  let steps = 0;
  const close = (price: bigint, quantity: bigint): bigint => {
    const released = quantity === books.quantity ? books.cost : up(books.cost * quantity, books.quantity);
    const value = price * quantity * UNIT;
    books.wallet += value - released;
    books.cost -= released;
    books.quantity -= quantity;
    return value;
  };
  for (;;) {
    const notional = books.quantity * mark * UNIT;
    const balance = books.wallet + notional - books.cost;
    if (balance >= maintenance(notional)) return steps;
    steps++;
    const floor = TIERS.filter((tier) => tier.floor < notional).at(-1)?.floor ?? 0n;
    let rest = books.quantity - floor / (mark * UNIT);
    const exact = up(mark * books.quantity * UNIT - balance, books.quantity * UNIT);
    const bankrupt = exact < 1n ? 1n : exact;
    let value = 0n;
    for (const bid of bids) {
      if (bid.price < bankrupt || rest === 0n) break;
      const quantity = bid.quantity < rest ? bid.quantity : rest;
      value += close(bid.price, quantity);
      bid.quantity -= quantity;
      rest -= quantity;
    }
    while (bids[0]?.quantity === 0n) bids.shift();
    const left = books.wallet + books.quantity * mark * UNIT - books.cost;
    const restLoss = mark > bankrupt ? (mark - bankrupt) * rest * UNIT : 0n;
    const due = up(value * 2n, 1_000n);
    const most = left - restLoss > 0n ? left - restLoss : 0n;
    const fee = due < most ? due : most;
    books.wallet -= fee;
    books.fundWallet += fee;
    if (rest > 0n) {
      books.fundCost += close(bankrupt, rest);
      books.fundQuantity += rest;
    }
  }
}

describe('crashes, computed a second time by hand', () => {
  it('LIQ-2, LIQ-6, LIQ-7: wallet, position and fund are what the ladder of the rule book gives', () => {
    const random = new SeededRandom(12);
    const stepCounts = new Set<number>();
    for (let n = 0; n < CASES; n++) {
      const scene = new CrashScene([feeless()]);
      scene.prices({ BTCUSDT: '60000' });
      scene.fund('1000000000');
      const quantity = BigInt(random.integer(50, 16_000));
      const cost = quantity * 600_000n * UNIT;
      const wallet = cost / 20n + BigInt(random.integer(0, 1_000)) * USDT;
      const user = scene.trader({ wallet: '0', leverage: cost > 1_000_000n * USDT ? 10 : 20 });
      const deposit = cost > 1_000_000n * USDT ? wallet * 2n : wallet;
      scene.ok({ type: 'adjust-wallet', userId: user, amount: deposit as Money, changeType: 'TRANSFER_IN' });
      scene.buys(user, '60000', quantityText(quantity));
      // From a little above bankruptcy to a little below it.
      const end = 600_000n - deposit / (quantity * UNIT);
      const mark = end + BigInt(random.integer(-1_500, 3_000));
      const bids = Array.from({ length: random.integer(0, 4) }, () => ({
        price: mark + BigInt(random.integer(-3_000, 300)),
        quantity: BigInt(random.integer(1, 6_000)),
      }));
      for (const bid of bids)
        scene.placed(scene.rich, { side: 'BUY', price: priceText(bid.price), quantity: quantityText(bid.quantity) });
      bids.sort((a, b) => Number(b.price - a.price));
      const books: Books = {
        wallet: deposit,
        quantity,
        cost,
        fundWallet: 1_000_000_000n * USDT,
        fundQuantity: 0n,
        fundCost: 0n,
      };
      const expected = ladder(books, mark, bids);
      stepCounts.add(expected);

      const steps = stepsOf(scene.at({ BTCUSDT: priceText(mark) }));
      const position = scene.core.exchangeState.account(user).stances[0]?.leg('BOTH').position;
      const fund = scene.core.exchange.insuranceFund();
      expect(
        {
          steps: steps.filter(({ detail }) => detail.action === 'REDUCE').length,
          wallet: scene.account(user).wallet,
          quantity: position?.quantity,
          cost: position?.cost,
          fundWallet: fund.wallet,
          fundQuantity: fund.positions[0]?.quantity ?? 0,
          fundCost: fund.positions[0]?.cost ?? 0n,
        },
        `case ${n}: ${quantity} steps, mark ${mark}`,
      ).toEqual({
        steps: expected,
        wallet: books.wallet,
        quantity: Number(books.quantity),
        cost: books.cost,
        fundWallet: books.fundWallet,
        fundQuantity: Number(books.fundQuantity) as QuantitySteps,
        fundCost: books.fundCost,
      });
    }
    expect([...stepCounts].sort()).toEqual([0, 1, 2, 3]);
  });

  it('the fund closes what it took over at a later price, and INV-1 holds to the last unit', () => {
    const scene = new CrashScene();
    scene.prices({ BTCUSDT: '60000' });
    scene.fund('100000');
    const user = scene.trader({ wallet: '600' });
    scene.buys(user, '60000', '0.8');
    scene.at({ BTCUSDT: '59300' });
    // Bankrupt at 59,250, so that the fund holds 0.8 that cost 47,400.
    expect(scene.core.exchange.insuranceFund().positions[0]?.cost).toBe(parseDecimal('47400'));
    scene.at({ BTCUSDT: '60000' });
    scene.placed(scene.rich, { side: 'BUY', price: '60000', quantity: '5' });
    for (let i = 0; i < 80; i++) scene.at({ BTCUSDT: '60000' });
    const fund = scene.core.exchange.insuranceFund();
    expect(fund.positions).toEqual([]);
    expect(fund.wallet).toBe(parseDecimal('100600'));
  });
});

const priceText = (price: bigint): string => `${price / 10n}.${price % 10n}`;
const quantityText = (quantity: bigint): string => `${quantity / 1_000n}.${String(quantity % 1_000n).padStart(3, '0')}`;
