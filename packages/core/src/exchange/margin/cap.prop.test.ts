import { divide, type Money } from '@openvenue/money';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BTC } from '../../testing/index.ts';
import { Account } from '../accounts/account.ts';
import { NaiveBook } from '../book/naive-book.ts';
import { Market } from '../symbols/market.ts';

const side = fc.constantFrom('BUY' as const, 'SELL' as const);
const steps = fc.integer({ min: 1, max: 2_000_000 });

describe('comparisons in ticks times steps', () => {
  it('MRG-5: an order that is well within the cap is within it, and without a position to close the other way round', () => {
    const seen = { within: 0, beyond: 0 };
    fc.assert(
      fc.property(
        side,
        fc.integer({ min: -2_000_000, max: 2_000_000 }),
        steps,
        steps,
        fc.constantFrom(1, 20, 50, 100, 125),
        (orderSide, quantity, resting, asked, leverage) => {
          const market = new Market(BTC, new NaiveBook());
          market.mark = 600_000 as never;
          const stance = new Account(1).stance(market);
          stance.leverage = leverage;
          const leg = stance.leg('BOTH');
          leg.position = {
            quantity,
            cost: market.valueOf(Math.abs(quantity) * 600_000),
            openFees: 0n,
            margin: 0n,
          } as never;
          leg.side(orderSide).quantity = resting;
          leg.side(orderSide).takerTickSteps = resting * 600_100;
          const order = { side: orderSide, quantity: asked, tickSteps: asked * 599_900, makerOnly: false };
          const isWithin = leg.valueOfSide(orderSide, order) <= leg.cap;
          if (leg.isWellWithinCap(orderSide, order)) expect(isWithin).toBe(true);
          else if (leg.closable(orderSide) === 0) expect(isWithin).toBe(false);
          seen[isWithin ? 'within' : 'beyond']++;
        },
      ),
      { numRuns: 1_000, seed: 5 },
    );
    expect(Math.min(seen.within, seen.beyond)).toBeGreaterThan(50);
  });

  it('SYM-2: what is below the smallest notional is told at its very edge, in safe integers and beyond', () => {
    for (const minNotional of [0n, 1n, 499_999_999n, 500_000_000n, 500_000_001n, 10n ** 30n] as Money[]) {
      const market = new Market({ ...BTC, minNotional }, new NaiveBook());
      const edge = Number(divide(minNotional, market.unit, 'up'));
      for (const tickSteps of [1, edge - 1, edge, edge + 1, Number.MAX_SAFE_INTEGER, 2 ** 53, 2 ** 60])
        if (tickSteps > 0) expect(market.isBelowMinNotional(tickSteps)).toBe(market.valueOf(tickSteps) < minNotional);
    }
  });

  it('values are exact, in safe integers and beyond', () => {
    const market = new Market(BTC, new NaiveBook());
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.maxSafeInteger(), fc.integer({ min: 0, max: 53 }), (price, quantity, shift) => {
        const [p, q] = [Math.floor(price / 2 ** shift), Math.trunc(quantity / 2 ** (53 - shift))];
        expect(market.valueAt(p, q)).toBe(BigInt(p) * BigInt(q) * market.unit);
        expect(market.valueOf(p)).toBe(BigInt(p) * market.unit);
      }),
    );
  });
});
