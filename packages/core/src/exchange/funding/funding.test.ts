import type { PriceTicks, QuantitySteps, Rate } from '@openvenue/money';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FastBook } from '../book/fast-book.ts';
import type { Side } from '../enums.ts';
import { FundingClock } from './funding-clock.ts';
import { averagePremium, fundingCap, fundingRate } from './funding-rate.ts';
import { impactOf } from './impact-price.ts';
import { premiumIndex } from './premium-index.ts';

const CAP = 300_000 as Rate;
const one = (premium: number) => ({ weighted: BigInt(premium), count: 1 });

function bookOf(levels: readonly (readonly [Side, number, number])[]): FastBook {
  const book = new FastBook();
  for (const [i, [side, price, quantity]] of levels.entries()) {
    const order = { orderId: i + 1, ownerId: 1, side };
    book.add({ ...order, price: price as PriceTicks, quantity: quantity as QuantitySteps });
  }
  return book;
}

describe('funding rate (FND-2)', () => {
  it.each([
    [30_000, 10_000, 1_250],
    [120_000, 70_000, 8_750],
    [-20_000, 10_000, 1_250],
    [-90_000, -40_000, -5_000],
    [2_000_000, 300_000, 243_750],
  ])('P of %d e-8: %d for 8 h and %d for 1 h', (premium, eight, single) => {
    expect(fundingRate(one(premium), { hours: 8, cap: CAP })).toBe(eight);
    expect(fundingRate(one(premium), { hours: 1, cap: CAP })).toBe(single);
  });

  it('V38: weighs the samples by their order, rounds toward zero, and is 0 without any', () => {
    const clock = new FundingClock();
    for (const [i, premium] of [12_345, 12_346, -100_001].entries()) clock.addSample(5_000 * (i + 1), premium as Rate);
    expect(averagePremium(clock.average)).toBe(-43_827);
    expect([8, 4, 1].map((hours) => fundingRate(clock.average, { hours, cap: CAP }))).toEqual([6_173, 3_086, 771]);
    expect(fundingRate({ weighted: 0n, count: 0 }, { hours: 8, cap: CAP })).toBe(0);
  });

  it('caps at 0.75 of the first maintenance rate, which no interval scales', () => {
    expect(fundingCap(400_000 as Rate)).toBe(300_000);
    expect(fundingCap(333_333 as Rate)).toBe(249_999);
    expect(fundingRate(one(-90_000_000), { hours: 1, cap: CAP })).toBe(-300_000);
  });
});

describe('premium (FND-1)', () => {
  const INDEX = 599_900 as PriceTicks;
  /** 20,000 USDT in units of 0.1 x 0.001. */
  const NOTIONAL = 200_000_000;

  it('V37: the fewest steps of the last level that reach the notional; a thin side has no term', () => {
    const book = bookOf([
      ['BUY', 600_100, 200],
      ['BUY', 600_000, 5_000],
      ['SELL', 600_200, 100],
    ]);
    const bid = impactOf(book, 'BUY', NOTIONAL);
    expect(bid?.steps).toBe(334);
    expect((bid?.tickSteps ?? 0) / 334).toBeCloseTo(600_059.8802395, 6);
    const ask = impactOf(book, 'SELL', NOTIONAL);
    expect(ask).toBeUndefined();
    expect(premiumIndex({ index: INDEX, bid, ask })).toBe(26_651);
    expect(premiumIndex({ index: INDEX, bid: undefined, ask: undefined })).toBe(0);
  });

  it('is negative when asks stand below the index, and 0 when the index lies inside', () => {
    const low = impactOf(bookOf([['SELL', 599_000, 5_000]]), 'SELL', NOTIONAL);
    expect(premiumIndex({ index: INDEX, bid: undefined, ask: low })).toBe(-150_025);
    const around = bookOf([
      ['BUY', 599_800, 5_000],
      ['SELL', 600_000, 5_000],
    ]);
    const bid = impactOf(around, 'BUY', NOTIONAL);
    expect(premiumIndex({ index: INDEX, bid, ask: impactOf(around, 'SELL', NOTIONAL) })).toBe(0);
  });

  it('takes no step more than it must', () => {
    const level = fc.tuple(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 50 }));
    fc.assert(
      fc.property(
        fc.uniqueArray(level, { maxLength: 8, selector: ([price]) => price }),
        fc.nat(50_000),
        (asks, rest) => {
          const notional = rest + 1;
          const found = impactOf(bookOf(asks.map(([price, quantity]) => ['SELL', price, quantity])), 'SELL', notional);
          const sorted = [...asks].sort((a, b) => a[0] - b[0]);
          const steps = sorted.flatMap(([price, quantity]) => Array.from({ length: quantity }, () => price));
          let value = 0;
          let needed = 0;
          while (value < notional && needed < steps.length) value += steps[needed++] as number;
          expect(found?.steps).toBe(value < notional ? undefined : needed);
          if (found !== undefined) expect(found.tickSteps).toBe(value);
        },
      ),
    );
  });
});

describe('the funding clock (FND-1, FND-2)', () => {
  const EIGHT_HOURS_MS = 28_800_000;

  it('is due at whole intervals of the UTC day', () => {
    const clock = new FundingClock();
    clock.schedule(EIGHT_HOURS_MS + 1, 8);
    expect(clock.nextAtMs).toBe(2 * EIGHT_HOURS_MS);
    clock.schedule(2 * EIGHT_HOURS_MS, 8);
    expect(clock.nextAtMs).toBe(3 * EIGHT_HOURS_MS);
  });

  it('takes one sample a slot of 5 s and does not make up for missed ones', () => {
    const clock = new FundingClock();
    const sampled = [5_000, 6_000, 9_999, 10_000, 31_000, 34_999, 35_000].filter((timeMs) => {
      const wants = clock.wantsSample(timeMs);
      if (wants) clock.addSample(timeMs, 100 as Rate);
      return wants;
    });
    expect(sampled).toEqual([5_000, 10_000, 31_000, 35_000]);
    expect(clock.average).toEqual({ weighted: 1_000n, count: 4 });
    clock.settled(7 as Rate, { timeMs: 40_000, hours: 8 });
    expect(clock.average).toEqual({ weighted: 0n, count: 0 });
  });
});
