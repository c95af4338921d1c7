import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareDecimals, decimalOf, unitsOf } from '../decimal.ts';
import { groupLevels } from './group-levels.ts';
import type { PriceLevel } from './price-level.ts';

const BIDS: PriceLevel[] = [
  ['60009.9', '0.1'],
  ['60000', '0.2'],
  ['59999.9', '0.3'],
];

describe('groupLevels', () => {
  it('rounds bids down', () => {
    expect(groupLevels(BIDS, { side: 'bids', increment: '10' })).toEqual([
      ['60000', '0.3'],
      ['59990', '0.3'],
    ]);
  });

  it('rounds asks up', () => {
    const asks: PriceLevel[] = [...BIDS].reverse();
    expect(groupLevels(asks, { side: 'asks', increment: '10' })).toEqual([
      ['60000', '0.5'],
      ['60010', '0.1'],
    ]);
  });

  it('gives no more groups than asked for, each of them whole', () => {
    expect(groupLevels(BIDS, { side: 'bids', increment: '10', limit: 1 })).toEqual([['60000', '0.3']]);
    expect(groupLevels(BIDS, { side: 'bids', increment: '10', limit: 0 })).toEqual([]);
  });

  it('takes increments finer than the prices', () => {
    expect(groupLevels([['5', '1']], { side: 'asks', increment: '0.03' })).toEqual([['5.01', '1']]);
  });

  it('refuses an increment of nothing', () => {
    expect(() => groupLevels(BIDS, { side: 'bids', increment: '0.0' })).toThrow(RangeError);
  });

  it('loses no quantity and promises no better price', () => {
    const prices = fc.uniqueArray(fc.bigInt({ min: 1n, max: 10_000n }), { maxLength: 40 });
    fc.assert(
      fc.property(
        prices,
        fc.bigInt({ min: 1n, max: 500n }),
        fc.constantFrom('bids' as const, 'asks' as const),
        (units, step, side) => {
          const sorted = units.sort((a, b) => (a < b ? -1 : 1) * (side === 'bids' ? -1 : 1));
          const levels = sorted.map((price): PriceLevel => [decimalOf(price, 1), decimalOf(price * 7n, 3)]);
          const groups = groupLevels(levels, { side, increment: decimalOf(step, 1) });
          const total = (side: readonly PriceLevel[]) =>
            side.reduce((sum, [, quantity]) => sum + unitsOf(quantity, 3), 0n);
          expect(total(groups)).toBe(total(levels));
          for (const [price] of groups) expect(unitsOf(price, 1) % step).toBe(0n);
          const [best, bestGroup] = [levels[0], groups[0]];
          if (best === undefined || bestGroup === undefined) return;
          const order = compareDecimals(bestGroup[0], best[0]);
          expect(side === 'bids' ? order : -order).toBeLessThanOrEqual(0);
        },
      ),
    );
  });
});
