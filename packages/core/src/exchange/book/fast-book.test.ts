import { priceTicks, quantitySteps } from '@openvenue/money';
import { describe, expect, test } from 'vitest';
import { SeededRandom } from '../../testing/random.ts';
import { findBookFault } from './book-fault.ts';
import { FastBook } from './fast-book.ts';
import { MAX_PRICE_TICKS, MAX_RESTING_ORDERS } from './order-book.ts';

const bid = (orderId: number, price: number, quantity = 1) =>
  ({ orderId, ownerId: 1, side: 'BUY', price: priceTicks(price), quantity: quantitySteps(quantity) }) as const;

describe('memory', () => {
  test('an empty book is small, because a venue has many symbols', () => {
    expect(new FastBook().byteSize).toBeLessThan(32 * 1024);
  });

  test.each([100_000, 1_000_000])('%i orders on 2,000 levels take at most 80 bytes each', (count) => {
    const book = new FastBook();
    for (let id = 0; id < count; id++) book.add(bid(id, 600_000 + (id % 2_000)));
    expect(book.byteSize / book.orderCount).toBeLessThanOrEqual(80);
  });

  test('one order at the highest price takes what the directory and the bitmap take, once', () => {
    const book = new FastBook();
    book.add(bid(1, MAX_PRICE_TICKS));
    const once = book.byteSize;
    expect(once).toBeLessThan(26 * 1024 * 1024);
    book.add(bid(2, MAX_PRICE_TICKS - 1_000_000));
    book.remove(1);
    book.add(bid(1, MAX_PRICE_TICKS));
    expect(book.byteSize).toBe(once);
  });

  test('scattered orders that come and go do not make chunks grow', () => {
    const random = new SeededRandom(3);
    const book = new FastBook();
    const resting: number[] = [];
    for (let id = 0; id < 200_000; id++) {
      if (resting.length === 500) book.remove(resting.splice(random.integer(0, 499), 1)[0]!);
      book.add(bid(id, random.integer(0, MAX_PRICE_TICKS)));
      resting.push(id);
    }
    expect(book.chunkCount).toBeLessThanOrEqual(500);
    expect(findBookFault(book)).toBeNull();
  });

  test('an order alone in its chunk costs at most 1 KiB beside the directory and the bitmap', () => {
    const book = new FastBook();
    book.add(bid(0, MAX_PRICE_TICKS));
    const before = book.byteSize;
    for (let id = 1; id <= 20_000; id++) book.add(bid(id, id * 6_000));
    expect(book.chunkCount).toBe(20_001);
    expect((book.byteSize - before) / 20_000).toBeLessThanOrEqual(1_024);
  });

  test('orders that come and go reuse their records', () => {
    const book = new FastBook();
    for (let id = 0; id < 200; id++) book.add(bid(id, 100 + id));
    const before = book.byteSize;
    for (let id = 200; id < 50_000; id++) {
      book.remove(id - 200);
      book.add(bid(id, 100 + (id % 200)));
    }
    expect(book.byteSize).toBe(before);
    expect(book.orderCount).toBe(200);
  });

  test('a book refuses a limit above the highest', () => {
    expect(() => new FastBook(MAX_RESTING_ORDERS + 1)).toThrow(RangeError);
  });
});

describe('order ids', () => {
  test.each([1, 2, 3, 64, 2 ** 20, 2 ** 31, 2 ** 32, 2 ** 36])(
    '20,000 ids %i apart are found, and gone when removed',
    (stride) => {
      const book = new FastBook();
      for (let i = 0; i < 20_000; i++) book.add(bid(i * stride, i % 7));
      for (let i = 0; i < 20_000; i += 2) book.remove(i * stride);
      for (let i = 0; i < 20_000; i++) expect(book.has(i * stride)).toBe(i % 2 === 1);
      expect(findBookFault(book)).toBeNull();
    },
  );
});
