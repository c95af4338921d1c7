import { expect, test } from 'vitest';
import { fractionOf, keyOf, mix, Random } from './random.ts';

test('the same keys give the same numbers, other keys others', () => {
  const row = (keys: readonly number[]): number[] => {
    const random = new Random(keys);
    return Array.from({ length: 20 }, () => random.fraction());
  };
  expect(row([1, 2])).toEqual(row([1, 2]));
  expect(row([1, 2])).not.toEqual(row([2, 1]));
  expect(mix([7])).not.toBe(mix([7, 0]));
  expect(keyOf('BTCUSDT')).not.toBe(keyOf('ETHUSDT'));
});

test('neighbouring keys share nothing: fractions of 0, 1, 2, ... spread evenly', () => {
  const tenths = Array.from({ length: 10 }, () => 0);
  for (let key = 0; key < 10_000; key++) {
    const tenth = Math.floor(fractionOf([5, key]) * 10);
    tenths[tenth] = (tenths[tenth] as number) + 1;
  }
  for (const count of tenths) expect(Math.abs(count - 1_000)).toBeLessThan(120);
});

test('integers reach both ends and nothing beyond', () => {
  const random = new Random([3]);
  const seen = new Set(Array.from({ length: 500 }, () => random.integer(-2, 2)));
  expect([...seen].sort((a, b) => a - b)).toEqual([-2, -1, 0, 1, 2]);
});
