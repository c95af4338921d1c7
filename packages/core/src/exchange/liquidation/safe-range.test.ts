import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BTC, ETH } from '../../testing/index.ts';
import { Account } from '../accounts/account.ts';
import { NaiveBook } from '../book/naive-book.ts';
import { isBelowMaintenance } from '../margin/maintenance.ts';
import { marginRatio } from '../margin/margin.ts';
import { Market } from '../symbols/market.ts';
import { assess } from './risk-unit.ts';
import { safeRanges, surelyContain } from './safe-range.ts';

const PERCENT = 1_000_000n;
/** Marks between 10 and 100,000 USDT, and as many ticks that a range is looked at beyond its ends. */
const mark = fc.integer({ min: 100, max: 1_000_000 });
const held = fc.record({ quantity: fc.integer({ min: -50_000, max: 50_000 }), entry: mark });
const market = fc.record({
  mark,
  positions: fc.tuple(held, held),
  hedge: fc.boolean(),
  places: fc.array(fc.nat(), { maxLength: 12 }),
});

/** An account with up to two cross positions in each of two markets, whose wallet leaves it near its margin call. */
function accountOf(
  markets: readonly (typeof market extends fc.Arbitrary<infer T> ? T : never)[],
  spare: number,
): Account {
  const account = new Account(1);
  [BTC, ETH].forEach((parameters, i) => {
    const drawn = markets[i];
    if (drawn === undefined) return;
    const listed = new Market(parameters, new NaiveBook());
    listed.mark = drawn.mark as never;
    const sides = drawn.hedge ? (['LONG', 'SHORT'] as const) : (['BOTH'] as const);
    sides.forEach((positionSide, k) => {
      const { quantity, entry } = drawn.positions[k] as { quantity: number; entry: number };
      const signed =
        positionSide === 'LONG' ? Math.abs(quantity) : positionSide === 'SHORT' ? -Math.abs(quantity) : quantity;
      const cost = BigInt(Math.abs(signed)) * BigInt(entry) * listed.unit;
      account.stance(listed).leg(positionSide).position = { quantity: signed, cost, openFees: 0n, margin: 0n } as never;
    });
  });
  const { unrealizedPnl, maintenanceMargin } = assess({ account, leg: undefined });
  account.wallet = (maintenanceMargin - unrealizedPnl + (maintenanceMargin * BigInt(spare)) / 100n) as never;
  return account;
}

describe('the marks within which nobody needs a look', () => {
  it('LIQ-1, LIQ-5: nothing happens to a unit at any marks inside its ranges', () => {
    let looks = 0;
    fc.assert(
      fc.property(
        fc.array(market, { minLength: 1, maxLength: 2 }),
        fc.integer({ min: 0, max: 200 }),
        (drawn, spare) => {
          const unit = { account: accountOf(drawn, spare), leg: undefined };
          const now = assess(unit);
          if (isBelowMaintenance(now) || now.held.length === 0) return;
          const called = marginRatio(now.maintenanceMargin, now.balance) >= 78n * PERCENT;
          const ranges = safeRanges(now, called);
          const places = drawn[0]?.places ?? [];
          // The ends themselves are the marks that a range that is too wide would have wrong.
          for (const place of [0, 1, 2, 3, ...places]) {
            ranges.forEach(({ market: listed, low, high }, i) => {
              const lowest = Math.max(1, low + 1);
              const highest = Math.min(10_000_000, high - 1);
              if (highest < lowest) return;
              const span = highest - lowest + 1;
              const atEnd = ((place >> i) & 1) === 0 ? lowest : highest;
              listed.mark = (place < 4 ? atEnd : lowest + ((place * 7_919 + i) % span)) as never;
            });
            const then = assess(unit);
            const ratio = marginRatio(then.maintenanceMargin, then.balance);
            expect(isBelowMaintenance(then)).toBe(false);
            if (called) expect(ratio).toBeGreaterThanOrEqual(75n * PERCENT);
            else expect(ratio).toBeLessThan(80n * PERCENT);
            looks++;
          }
        },
      ),
      { numRuns: 3_000, seed: 41 },
    );
    expect(looks).toBeGreaterThan(5_000);
  });

  it('surely contain only what they contain, and what is not at their very ends', () => {
    let yes = 0;
    fc.assert(
      fc.property(
        market,
        fc.integer({ min: 20, max: 5_000 }),
        fc.integer({ min: -3, max: 3 }),
        fc.integer({ min: -3, max: 3 }),
        (drawn, spare, below, above) => {
          const account = accountOf([{ ...drawn, hedge: false }], spare);
          const leg = account.legs[0];
          if (leg === undefined || leg.quantity === 0) return;
          const [exact] = safeRanges(assess({ account, leg: undefined }), false);
          if (exact === undefined) throw new Error('a position has a range');
          const range = { market: leg.market, low: exact.low + below, high: exact.high + above };
          if (surelyContain(range, account.wallet, leg)) {
            expect(range.low).toBeGreaterThanOrEqual(exact.low);
            expect(range.high).toBeLessThanOrEqual(exact.high);
            yes++;
          }
          const within = { ...range, low: (exact.low + leg.market.mark) / 2, high: leg.market.mark };
          if (spare > 100 && leg.quantity > 100) expect(surelyContain(within, account.wallet, leg)).toBe(true);
        },
      ),
      { numRuns: 3_000, seed: 43 },
    );
    expect(yes).toBeGreaterThan(100);
  });

  it('reach far when there is much to spare, so that few looks are needed', () => {
    const account = new Account(1);
    const listed = new Market(BTC, new NaiveBook());
    listed.mark = 600_000 as never;
    const cost = 10n * 600_000n * listed.unit;
    account.stance(listed).leg('BOTH').position = { quantity: 10, cost, openFees: 0n, margin: 0n } as never;
    // 600 USDT long with 60 USDT: the call would come at 9.5 % down.
    account.wallet = (cost / 10n) as never;
    const [range] = safeRanges(assess({ account, leg: undefined }), false);
    expect(range?.low).toBeGreaterThan(542_000);
    expect(range?.low).toBeLessThan(546_000);
    expect(range?.high).toBe(Number.POSITIVE_INFINITY);
  });
});
