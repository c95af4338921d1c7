import { expect, test } from 'vitest';
import { ReplayGuard } from './replay-guard.ts';

test('a signature is taken once while it could be used, and again after', () => {
  const guard = new ReplayGuard({ lifeMs: 20_000 });
  expect(guard.take('a', 1_000)).toBe('taken');
  expect(guard.take('a', 1_000)).toBe('replayed');
  expect(guard.take('a', 21_000)).toBe('replayed');
  expect(guard.take('a', 21_001)).toBe('taken');
});

test('at the limit new signatures are refused and none is forgotten', () => {
  const guard = new ReplayGuard({ lifeMs: 20_000, limit: 2 });
  expect(guard.take('a', 0)).toBe('taken');
  expect(guard.take('b', 5_000)).toBe('taken');
  expect(guard.take('c', 6_000)).toBe('full');
  expect(guard.take('a', 6_000)).toBe('replayed');
  expect(guard.take('c', 20_001)).toBe('taken');
  expect(guard.take('b', 20_001)).toBe('replayed');
});
