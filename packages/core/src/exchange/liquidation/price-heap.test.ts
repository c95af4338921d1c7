import { describe, expect, it } from 'vitest';
import { SeededRandom } from '../../testing/index.ts';
import { PriceHeap } from './price-heap.ts';

interface Entry {
  live: boolean;
  readonly price: number;
}

describe('entries by price', () => {
  it.each(['up', 'down'] as const)('LIQ-1: come nearest first after the stale ones were dropped (%s)', (direction) => {
    const random = new SeededRandom(3);
    for (let round = 0; round < 20; round++) {
      const heap = new PriceHeap<Entry>(direction);
      const entries = Array.from({ length: 200 }, () => ({ live: true, price: random.integer(1, 1_000) }));
      for (const entry of entries) heap.add(entry.price, entry);
      for (const entry of entries) entry.live = random.chance(1, 4);
      const live = entries.filter((entry) => entry.live).map(({ price }) => price);
      heap.compact(live.length);
      expect(heap.size).toBe(live.length);
      const taken: number[] = [];
      const end = direction === 'up' ? 1_000 : 1;
      for (let entry = heap.take(end); entry !== undefined; entry = heap.take(end)) taken.push(entry.price);
      expect(taken).toEqual(live.sort((a, b) => (direction === 'up' ? a - b : b - a)));
    }
  });

  it('keeps few entries, and as many stale ones as live ones, and none at infinity', () => {
    const sizes = (count: number, live: number): number => {
      const heap = new PriceHeap<Entry>('up');
      for (let price = 1; price <= count; price++) heap.add(price, { live: price <= live, price });
      heap.compact(live);
      return heap.size;
    };
    expect([sizes(63, 1), sizes(64, 32), sizes(64, 31), sizes(64, 1)]).toEqual([63, 64, 31, 1]);
    const heap = new PriceHeap<Entry>('up');
    heap.add(Number.POSITIVE_INFINITY, { live: true, price: 0 });
    expect(heap.size).toBe(0);
  });

  it('takes what a mark has reached, at its price too, and passes stale ones over', () => {
    const heap = new PriceHeap<Entry>('down');
    const entries = [5, 4, 3].map((price) => ({ live: price !== 5, price }));
    for (const entry of entries) heap.add(entry.price, entry);
    expect([heap.take(5), heap.take(4)?.price, heap.take(4), heap.take(3)?.price]).toEqual([
      undefined,
      4,
      undefined,
      3,
    ]);
  });
});
