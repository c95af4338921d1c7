import { expect, test } from 'vitest';
import { SeededRandom } from '../../testing/random.ts';
import { MAX_PRICE_TICKS } from './order-book.ts';
import { PriceBitmap } from './price-bitmap.ts';

const atOrAbove = (members: Set<number>, from: number) => Math.min(...[...members].filter((member) => member >= from));
const atOrBelow = (members: Set<number>, from: number) => Math.max(...[...members].filter((member) => member <= from));

test.each([
  { most: 40, seed: 1 },
  { most: 3_000, seed: 2 },
  { most: MAX_PRICE_TICKS, seed: 3 },
])('finds the neighbours a sorted set has, up to $most', ({ most, seed }) => {
  const random = new SeededRandom(seed);
  const bitmap = new PriceBitmap();
  const members = new Set<number>();
  // The bitmap answers downwards only within what it has grown to.
  bitmap.add(most);
  members.add(most);
  for (let step = 0; step < 4_000; step++) {
    const member = random.chance(1, 2) ? random.integer(0, most - 1) : random.pick([...members]);
    if (members.has(member) && member !== most) {
      bitmap.delete(member);
      members.delete(member);
    } else if (members.size < 60) {
      bitmap.add(member);
      members.add(member);
    }
    const from = random.chance(1, 2) ? random.pick([...members]) : random.integer(0, most);
    expect(bitmap.atOrAbove(from)).toBe(atOrAbove(members, from));
    const below = atOrBelow(members, from);
    expect(bitmap.atOrBelow(from)).toBe(below === Number.NEGATIVE_INFINITY ? -1 : below);
  }
});

test('an empty bitmap has no members on either side, and none beyond its end', () => {
  const bitmap = new PriceBitmap();
  expect(bitmap.atOrAbove(0)).toBe(-1);
  expect(bitmap.atOrAbove(MAX_PRICE_TICKS)).toBe(-1);
  expect(bitmap.atOrBelow(31)).toBe(-1);
  expect(bitmap.atOrBelow(-1)).toBe(-1);
});
