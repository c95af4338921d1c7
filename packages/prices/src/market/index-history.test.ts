import { expect, test } from 'vitest';
import { HISTORY_SECONDS, IndexHistory } from './index-history.ts';

test('a young history assumes a usual move and no trend', () => {
  const history = new IndexHistory();
  history.observe(1, 100_000);
  history.observe(2, 101_000);
  expect([history.volatilityBp, history.momentumBp]).toEqual([0.3, 0]);
});

test('volatility is the mean absolute move of a second, momentum the move of three', () => {
  const history = new IndexHistory();
  [100_000, 100_010, 100_000, 100_010, 100_000, 100_010].forEach((index, i) => {
    history.observe(i, index);
  });
  expect(history.volatilityBp).toBeCloseTo(1, 3);
  expect(history.momentumBp).toBeCloseTo(1, 3);
});

test('a later value of a second replaces the earlier one', () => {
  const history = new IndexHistory();
  for (let second = 0; second < 10; second++) {
    history.observe(second, 50_000);
    history.observe(second, 100_000);
  }
  expect([history.volatilityBp, history.momentumBp]).toEqual([0, 0]);
});

test('moves older than its length are forgotten', () => {
  const history = new IndexHistory();
  history.observe(0, 50_000);
  for (let second = 1; second < HISTORY_SECONDS; second++) history.observe(second, 100_000);
  expect(history.volatilityBp).toBeGreaterThan(0);
  history.observe(HISTORY_SECONDS, 100_000);
  expect(history.volatilityBp).toBe(0);
});
