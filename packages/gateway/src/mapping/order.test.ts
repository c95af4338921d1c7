import type { QuantitySteps } from '@openvenue/money';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { averagePrice } from './order.ts';

const grid = { tickSize: 10_000_000n, stepSize: 100_000n };
const average = (filledTickSteps: number, filledQuantity: number, tickSize = grid.tickSize) =>
  averagePrice({ filledTickSteps, filledQuantity: filledQuantity as QuantitySteps }, { ...grid, tickSize });

test('the average price has 8 decimals, half up (SYM-3)', () => {
  expect(average(0, 0)).toBe('0');
  expect(average(600_000 * 10, 10)).toBe('60000');
  expect(average(600_000 * 10 + 600_001 * 20, 30)).toBe('60000.06666667');
  expect(average(1, 2, 1n)).toBe('0.00000001');
  expect(average(1, 3, 1n)).toBe('0');
});

test('equal fill prices give that price', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000_000 }), fc.integer({ min: 1, max: 100_000 }), (ticks, steps) => {
      expect(average(ticks * steps, steps)).toBe(average(ticks, 1));
    }),
  );
});
