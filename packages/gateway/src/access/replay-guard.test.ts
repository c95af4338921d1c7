import * as fc from 'fast-check';
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

test('whatever comes when, it answers like a list of all that was ever taken', () => {
  const steps = fc.array(fc.record({ hash: fc.integer({ min: 0, max: 9 }).map(String), afterMs: fc.nat(15) }));
  fc.assert(
    fc.property(steps, fc.integer({ min: 1, max: 8 }), (calls, limit) => {
      const guard = new ReplayGuard({ lifeMs: 20, limit });
      const taken: { hash: string; atMs: number }[] = [];
      let nowMs = 0;
      for (const { hash, afterMs } of calls) {
        nowMs += afterMs;
        const remembered = taken.filter(({ atMs }) => atMs + 20 >= nowMs);
        const isKnown = remembered.some((one) => one.hash === hash);
        const expected = isKnown ? 'replayed' : remembered.length >= limit ? 'full' : 'taken';
        expect(guard.take(hash, nowMs)).toBe(expected);
        if (expected === 'taken') taken.push({ hash, atMs: nowMs });
      }
    }),
  );
});
