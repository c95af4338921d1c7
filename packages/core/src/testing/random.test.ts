import { describe, expect, test } from 'vitest';
import { SeededRandom } from './random.ts';

describe('SeededRandom', () => {
  test('a seed gives the same numbers again, another seed others', () => {
    const draw = (seed: number) => {
      const random = new SeededRandom(seed);
      return Array.from({ length: 8 }, () => random.next32());
    };
    expect(draw(42)).toEqual(draw(42));
    expect(draw(42)).not.toEqual(draw(43));
    expect(new Set(draw(0)).size).toBe(8);
  });

  test('the numbers of a seed are fixed, so that a failing seed stays a test', () => {
    const random = new SeededRandom(1);
    expect(Array.from({ length: 3 }, () => random.next32())).toEqual([393_288_148, 2_174_103_013, 3_814_759_091]);
  });

  test.each([
    [1, 6],
    [-3, 3],
    [5, 5],
  ])('integers from %i to %i: each about equally often, none outside', (min, max) => {
    const random = new SeededRandom(9);
    const counts = new Map<number, number>();
    const draws = 7_000 * (max - min + 1);
    for (let i = 0; i < draws; i++) {
      const drawn = random.integer(min, max);
      counts.set(drawn, (counts.get(drawn) ?? 0) + 1);
    }
    expect([...counts.keys()].sort((a, b) => a - b)).toEqual(Array.from({ length: max - min + 1 }, (_, i) => min + i));
    for (const count of counts.values()) expect(Math.abs(count - 7_000)).toBeLessThan(500);
  });

  test('integers of ranges beyond 32 bits reach all parts of the range', () => {
    const random = new SeededRandom(9);
    const quarters = new Set<number>();
    for (let i = 0; i < 200; i++) {
      const drawn = random.integer(0, Number.MAX_SAFE_INTEGER);
      expect(Number.isSafeInteger(drawn)).toBe(true);
      quarters.add(Math.floor(drawn / 2 ** 51));
    }
    expect(quarters.size).toBe(4);
  });

  test.each([
    [2, 1],
    [0.5, 3],
    [0, 2 ** 53],
    [-(2 ** 53) + 1, 2 ** 53 - 1],
    [0, Number.NaN],
  ])('no integers from %d to %d', (min, max) => {
    expect(() => new SeededRandom(1).integer(min, max)).toThrow(RangeError);
  });

  test('pick takes each element, and refuses an empty list', () => {
    const random = new SeededRandom(2);
    expect(new Set(Array.from({ length: 50 }, () => random.pick(['a', 'b', 'c']))).size).toBe(3);
    expect(() => random.pick([])).toThrow(RangeError);
  });

  test('chance is as often true as it says', () => {
    const random = new SeededRandom(4);
    const hits = Array.from({ length: 10_000 }, () => random.chance(3, 10)).filter(Boolean).length;
    expect(Math.abs(hits - 3_000)).toBeLessThan(200);
    expect(random.chance(0, 1)).toBe(false);
    expect(random.chance(1, 1)).toBe(true);
  });
});
