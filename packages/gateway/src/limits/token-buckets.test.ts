import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TokenBuckets } from './token-buckets.ts';

const buckets = (maxBuckets?: number) => new TokenBuckets({ perSecond: 2, burst: 4 }, maxBuckets);

test('a full bucket lets its burst through, then what comes back', () => {
  const limit = buckets();
  expect(limit.take('a', 1, 0)).toEqual({
    allowed: true,
    limit: 4,
    remaining: 3,
    resetSeconds: 1,
    retryAfterSeconds: 0,
  });
  expect(limit.take('a', 3, 0)).toMatchObject({ allowed: true, remaining: 0, resetSeconds: 2 });
  expect(limit.take('a', 1, 0)).toMatchObject({ allowed: false, remaining: 0, retryAfterSeconds: 1 });
  expect(limit.take('a', 1, 499)).toMatchObject({ allowed: false });
  expect(limit.take('a', 1, 500)).toMatchObject({ allowed: true, remaining: 0 });
  expect(limit.take('a', 4, 10_000)).toMatchObject({ allowed: true, remaining: 0 });
});

test('a refused call takes nothing and says when it would pass', () => {
  const limit = buckets();
  limit.take('a', 4, 0);
  expect(limit.take('a', 4, 0)).toMatchObject({ allowed: false, retryAfterSeconds: 2 });
  expect(limit.take('a', 4, 2_000)).toMatchObject({ allowed: true });
});

test('keys do not share, and looking takes nothing', () => {
  const limit = buckets();
  limit.take('a', 4, 0);
  expect(limit.look('a', 0).allowed).toBe(false);
  expect(limit.look('b', 0)).toMatchObject({ allowed: true, remaining: 4 });
  expect(limit.size).toBe(1);
});

test('a cost above the burst takes a full bucket', () => {
  const limit = buckets();
  expect(limit.take('a', 20, 0)).toMatchObject({ allowed: true, remaining: 0 });
  expect(limit.take('a', 20, 1_999).allowed).toBe(false);
  expect(limit.take('a', 20, 2_000).allowed).toBe(true);
});

test('at the limit of buckets the one unused for longest goes', () => {
  const limit = buckets(2);
  limit.take('a', 4, 0);
  limit.take('b', 4, 0);
  limit.take('a', 1, 0);
  limit.take('c', 1, 0);
  expect(limit.size).toBe(2);
  expect(limit.look('a', 0).allowed).toBe(false);
  expect(limit.look('b', 0).allowed).toBe(true);
});

test('a clock that goes back gives nothing', () => {
  const limit = buckets();
  limit.take('a', 4, 10_000);
  expect(limit.take('a', 1, 0).allowed).toBe(false);
});

test('no more passes than burst and refill allow', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ waitMs: fc.nat(2_000), cost: fc.integer({ min: 1, max: 4 }) })), (calls) => {
      const limit = buckets();
      let nowMs = 0;
      let passed = 0;
      for (const { waitMs, cost } of calls) {
        nowMs += waitMs;
        if (limit.take('a', cost, nowMs).allowed) passed += cost;
        expect(passed).toBeLessThanOrEqual(4 + (nowMs * 2) / 1_000 + 1e-6);
      }
    }),
  );
});

test('a limit that lets nothing through is refused', () => {
  expect(() => new TokenBuckets({ perSecond: 0, burst: 1 })).toThrow(RangeError);
  expect(() => new TokenBuckets({ perSecond: 1, burst: 0 })).toThrow(RangeError);
});
