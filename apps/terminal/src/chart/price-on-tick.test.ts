import { expect, it } from 'vitest';
import { priceOnTick } from './price-on-tick.ts';

it('takes the nearest price on the grid', () => {
  expect(priceOnTick(116_595.049, { tickSize: '0.1' })).toBe('116595');
  expect(priceOnTick(116_595.05, { tickSize: '0.1' })).toBe('116595.1');
  expect(priceOnTick(100.3, { tickSize: '0.5' })).toBe('100.5');
  expect(priceOnTick(1.23456, { tickSize: '0.00000001' })).toBe('1.23456');
});

it('knows no price at or below zero, or off the scale', () => {
  expect(priceOnTick(0.01, { tickSize: '0.1' })).toBeUndefined();
  expect(priceOnTick(-5, { tickSize: '0.1' })).toBeUndefined();
  expect(priceOnTick(Number.NaN, { tickSize: '0.1' })).toBeUndefined();
  expect(priceOnTick(1e21, { tickSize: '0.1' })).toBeUndefined();
});
