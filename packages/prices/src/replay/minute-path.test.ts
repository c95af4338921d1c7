import { priceTicks } from '@openvenue/money';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Random } from '../random.ts';
import { minutePath, SECONDS_PER_MINUTE } from './minute-path.ts';

const candles = fc
  .tuple(fc.integer({ min: 1, max: 2_000_000 }), fc.integer({ min: 0, max: 20_000 }), fc.nat(), fc.nat())
  .map(([low, width, a, b]) => ({
    low: priceTicks(low),
    high: priceTicks(low + width),
    open: priceTicks(low + (a % (width + 1))),
    close: priceTicks(low + (b % (width + 1))),
  }));

test('a path begins at the open, ends at the close, touches high and low and never leaves them', () => {
  fc.assert(
    fc.property(candles, fc.integer(), (candle, seed) => {
      const path = minutePath(candle, new Random([seed]));
      expect(path).toHaveLength(SECONDS_PER_MINUTE);
      expect(path.every(Number.isSafeInteger)).toBe(true);
      expect([path[0], path.at(-1)]).toEqual([candle.open, candle.close]);
      expect([Math.max(...path), Math.min(...path)]).toEqual([candle.high, candle.low]);
    }),
  );
});

test('no second crosses more than half of the range', () => {
  fc.assert(
    fc.property(candles, fc.integer(), (candle, seed) => {
      const path = minutePath(candle, new Random([seed]));
      const most = Math.max(...path.slice(1).map((price, i) => Math.abs(price - (path[i] as number))));
      expect(most).toBeLessThanOrEqual((candle.high - candle.low) / 2 + 2);
    }),
  );
});
