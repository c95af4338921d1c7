import { priceTicks, quantitySteps } from '@openvenue/money';
import { beforeEach, describe, expect, test } from 'vitest';
import { SeededRandom } from '../../testing/random.ts';
import type { Side } from '../enums.ts';
import { findBookFault } from './book-fault.ts';
import { FastBook } from './fast-book.ts';
import { NaiveBook } from './naive-book.ts';
import { MAX_PRICE_TICKS, NONE, type OrderBook, type RestingOrder } from './order-book.ts';

const order = (orderId: number, side: Side, price: number, quantity = 10, ownerId = 1): RestingOrder => ({
  orderId,
  ownerId,
  side,
  price: priceTicks(price),
  quantity: quantitySteps(quantity),
});

const idsOf = (book: OrderBook, side: Side): number[] => [...book.orders(side)].map(({ orderId }) => orderId);

/** Takes `quantity` from the best levels of a side as a taker without a limit does; returns the fills as [id, quantity]. */
function sweep(book: OrderBook, side: Side, quantity: number): [number, number][] {
  const fills: [number, number][] = [];
  let left = quantity;
  while (left > 0) {
    const price = book.bestPrice(side);
    if (price === NONE) break;
    for (let handle = book.firstAt(side, price); handle !== NONE && left > 0; ) {
      const next = book.nextInLevel(handle);
      const orderId = book.orderIdOf(handle);
      const fill = Math.min(left, book.remainingOf(handle));
      book.reduce(orderId, quantitySteps(fill));
      fills.push([orderId, fill]);
      left -= fill;
      handle = next;
    }
  }
  return fills;
}

describe.each([
  ['FastBook', (maxOrders?: number) => new FastBook(maxOrders)],
  ['NaiveBook', (maxOrders?: number) => new NaiveBook(maxOrders)],
])('%s', (_name, create) => {
  let book: OrderBook;
  beforeEach(() => {
    book = create();
  });

  test('an empty book has no prices, no orders and no fault', () => {
    expect(book.orderCount).toBe(0);
    for (const side of ['BUY', 'SELL'] as const) {
      expect(book.bestPrice(side)).toBe(-1);
      expect(book.nextPrice(side, priceTicks(5))).toBe(-1);
      expect(book.levelQuantity(side, priceTicks(5))).toBe(0);
      expect(book.firstAt(side, priceTicks(5))).toBe(-1);
      expect([...book.orders(side)]).toEqual([]);
    }
    expect(findBookFault(book)).toBeNull();
  });

  test('MAT-1 orders come by price, then by arrival', () => {
    for (const added of [
      order(1, 'BUY', 99),
      order(2, 'BUY', 100),
      order(3, 'BUY', 99),
      order(4, 'BUY', 100),
      order(5, 'SELL', 102),
      order(6, 'SELL', 101),
      order(7, 'SELL', 102),
      order(8, 'SELL', 101),
    ])
      book.add(added);
    expect(idsOf(book, 'BUY')).toEqual([2, 4, 1, 3]);
    expect(idsOf(book, 'SELL')).toEqual([6, 8, 5, 7]);
    expect(book.bestPrice('BUY')).toBe(100);
    expect(book.bestPrice('SELL')).toBe(101);
    expect(book.orderCount).toBe(8);
  });

  test('an order keeps all that was given, at the ends of every range', () => {
    const orders = [
      order(Number.MAX_SAFE_INTEGER, 'SELL', MAX_PRICE_TICKS, Number.MAX_SAFE_INTEGER, 2 ** 32 - 1),
      order(0, 'BUY', 0, 1, 0),
    ];
    for (const each of orders) book.add(each);
    expect([...book.orders('SELL'), ...book.orders('BUY')]).toEqual(orders);
    const handle = book.firstAt('SELL', priceTicks(MAX_PRICE_TICKS));
    expect(book.ownerIdOf(handle)).toBe(2 ** 32 - 1);
    expect(book.remainingOf(handle)).toBe(Number.MAX_SAFE_INTEGER);
    expect(book.nextPrice('BUY', priceTicks(0))).toBe(-1);
    expect(book.nextPrice('SELL', priceTicks(MAX_PRICE_TICKS))).toBe(-1);
  });

  test('nextPrice goes to worse prices of its own side, from any price', () => {
    for (const [id, side, price] of [
      [1, 'BUY', 10],
      [2, 'BUY', 70],
      [3, 'SELL', 5_000],
      [4, 'SELL', 2_000_000],
    ] as const)
      book.add(order(id, side, price));
    const nextBid = (price: number) => book.nextPrice('BUY', priceTicks(price));
    const nextAsk = (price: number) => book.nextPrice('SELL', priceTicks(price));
    expect([100_000_000, 5_000, 71, 70, 69, 10, 0].map(nextBid)).toEqual([70, 70, 70, 10, 10, -1, -1]);
    expect([0, 10, 4_999, 5_000, 5_001, 2_000_000, 100_000_000].map(nextAsk)).toEqual([
      5_000, 5_000, 5_000, 2_000_000, 2_000_000, -1, -1,
    ]);
  });

  test('a level answers for its own side alone', () => {
    book.add(order(1, 'BUY', 100, 7));
    expect(book.levelQuantity('BUY', priceTicks(100))).toBe(7);
    expect(book.levelQuantity('SELL', priceTicks(100))).toBe(0);
    expect(book.firstAt('SELL', priceTicks(100))).toBe(-1);
  });

  test('a price can change sides once it is empty', () => {
    book.add(order(1, 'BUY', 100, 7));
    book.remove(1);
    book.add(order(2, 'SELL', 100, 8));
    expect(book.bestPrice('BUY')).toBe(-1);
    expect(book.bestPrice('SELL')).toBe(100);
    expect(book.levelQuantity('SELL', priceTicks(100))).toBe(8);
  });

  test.each([1, 2, 3])('removing order %i of a level of three keeps the others in order', (gone) => {
    for (const id of [1, 2, 3]) book.add(order(id, 'BUY', 100, id));
    book.remove(gone);
    expect(idsOf(book, 'BUY')).toEqual([1, 2, 3].filter((id) => id !== gone));
    expect(book.levelQuantity('BUY', priceTicks(100))).toBe(6 - gone);
    expect(book.has(gone)).toBe(false);
    book.add(order(4, 'BUY', 100, 1));
    expect(idsOf(book, 'BUY').at(-1)).toBe(4);
    expect(findBookFault(book)).toBeNull();
  });

  test('when the best level empties, the next one is best', () => {
    for (const [id, price] of [
      [1, 100],
      [2, 90],
      [3, 5],
    ] as const)
      book.add(order(id, 'BUY', price));
    book.remove(1);
    expect(book.bestPrice('BUY')).toBe(90);
    book.remove(3);
    expect(book.bestPrice('BUY')).toBe(90);
    book.remove(2);
    expect(book.bestPrice('BUY')).toBe(-1);
  });

  test('MAT-7 reducing keeps the place in the queue; to 0 it takes the order out', () => {
    for (const id of [1, 2, 3]) book.add(order(id, 'SELL', 100, 10));
    book.reduce(1, quantitySteps(4));
    expect(idsOf(book, 'SELL')).toEqual([1, 2, 3]);
    expect(book.quantityOf(1)).toBe(6);
    expect(book.levelQuantity('SELL', priceTicks(100))).toBe(26);
    book.reduce(1, quantitySteps(6));
    expect(idsOf(book, 'SELL')).toEqual([2, 3]);
    expect(book.has(1)).toBe(false);
    expect(book.levelQuantity('SELL', priceTicks(100))).toBe(20);
    expect(book.orderCount).toBe(2);
  });

  test('an id that left may come back, at another side and price', () => {
    book.add(order(1, 'BUY', 100, 5, 3));
    book.add(order(2, 'BUY', 100));
    book.remove(1);
    book.add(order(1, 'SELL', 200, 6, 4));
    expect([...book.orders('SELL')]).toEqual([order(1, 'SELL', 200, 6, 4)]);
    expect(idsOf(book, 'BUY')).toEqual([2]);
    book.remove(1);
    book.add(order(1, 'BUY', 100));
    expect(idsOf(book, 'BUY')).toEqual([2, 1]);
  });

  test('a loop that takes the next handle first may remove as it goes', () => {
    for (let id = 1; id <= 6; id++) book.add(order(id, 'SELL', id < 5 ? 100 : 101, 10));
    expect(sweep(book, 'SELL', 45)).toEqual([
      [1, 10],
      [2, 10],
      [3, 10],
      [4, 10],
      [5, 5],
    ]);
    expect([...book.orders('SELL')]).toEqual([order(5, 'SELL', 101, 5), order(6, 'SELL', 101)]);
    expect(findBookFault(book)).toBeNull();
  });

  test('handles walk a level whose other orders leave', () => {
    for (const id of [1, 2, 3, 4]) book.add(order(id, 'BUY', 50, id, id * 10));
    const first = book.firstAt('BUY', priceTicks(50));
    book.remove(2);
    const third = book.nextInLevel(first);
    expect([book.orderIdOf(third), book.ownerIdOf(third), book.remainingOf(third)]).toEqual([3, 30, 3]);
    book.remove(1);
    book.remove(4);
    expect(book.nextInLevel(third)).toBe(-1);
    expect(book.firstAt('BUY', priceTicks(50))).toBe(third);
  });

  test('orders() refills an empty book to an equal one', () => {
    const random = new SeededRandom(7);
    for (let id = 1; id <= 200; id++) {
      const side = random.pick(['BUY', 'SELL'] as const);
      book.add(order(id, side, side === 'BUY' ? random.integer(1, 50) : random.integer(51, 100), random.integer(1, 9)));
    }
    const copy = create();
    for (const side of ['BUY', 'SELL'] as const) for (const each of book.orders(side)) copy.add(each);
    for (const side of ['BUY', 'SELL'] as const) expect([...copy.orders(side)]).toEqual([...book.orders(side)]);
    expect(findBookFault(copy)).toBeNull();
  });

  test('a book takes orders up to its limit, and again when one left', () => {
    const small = create(3);
    for (const id of [1, 2, 3]) small.add(order(id, 'BUY', 100));
    expect(() => small.add(order(4, 'BUY', 100))).toThrow(RangeError);
    small.remove(2);
    small.add(order(4, 'BUY', 100));
    expect(idsOf(small, 'BUY')).toEqual([1, 3, 4]);
  });

  describe('a bug of the caller throws and changes nothing', () => {
    const before = [order(1, 'BUY', 100), order(2, 'BUY', 100), order(3, 'SELL', 110)];
    beforeEach(() => {
      for (const each of before) book.add(each);
    });

    const steps = (value: number) => value as RestingOrder['quantity'];
    const ticks = (value: number) => value as RestingOrder['price'];
    test.each<[string, (book: OrderBook) => unknown]>([
      ['bid at the ask', (b) => b.add(order(9, 'BUY', 110))],
      ['bid above the ask', (b) => b.add(order(9, 'BUY', 5_000))],
      ['ask at the bid', (b) => b.add(order(9, 'SELL', 100))],
      ['ask below the bid', (b) => b.add(order(9, 'SELL', 0))],
      ['id that rests', (b) => b.add(order(1, 'BUY', 90))],
      ['negative id', (b) => b.add(order(-1, 'BUY', 90))],
      ['fractional id', (b) => b.add(order(1.5, 'BUY', 90))],
      ['id beyond 2^53', (b) => b.add(order(2 ** 53, 'BUY', 90))],
      ['negative owner', (b) => b.add(order(9, 'BUY', 90, 1, -1))],
      ['owner beyond 2^32', (b) => b.add(order(9, 'BUY', 90, 1, 2 ** 32))],
      ['negative price', (b) => b.add({ ...order(9, 'BUY', 90), price: ticks(-1) })],
      ['fractional price', (b) => b.add({ ...order(9, 'BUY', 90), price: ticks(90.5) })],
      ['price above the highest', (b) => b.add(order(9, 'SELL', MAX_PRICE_TICKS + 1))],
      ['price beyond 2^32', (b) => b.add(order(9, 'SELL', 2 ** 32 + 120))],
      ['no quantity', (b) => b.add(order(9, 'BUY', 90, 0))],
      ['negative quantity', (b) => b.add(order(9, 'BUY', 90, -5))],
      ['fractional quantity', (b) => b.add({ ...order(9, 'BUY', 90), quantity: steps(0.5) })],
      ['not a number', (b) => b.add({ ...order(9, 'BUY', 90), quantity: steps(Number.NaN) })],
      ['level total beyond 2^53', (b) => b.add(order(9, 'BUY', 100, Number.MAX_SAFE_INTEGER - 19))],
      ['remove of an unknown id', (b) => b.remove(9)],
      ['reduce of an unknown id', (b) => b.reduce(9, steps(1))],
      ['reduce by more than rests', (b) => b.reduce(1, steps(11))],
      ['reduce by 0', (b) => b.reduce(1, steps(0))],
      ['reduce by a negative', (b) => b.reduce(1, steps(-1))],
      ['reduce by a fraction', (b) => b.reduce(1, steps(0.5))],
      ['reduce by not a number', (b) => b.reduce(1, steps(Number.NaN))],
      ['quantity of an unknown id', (b) => b.quantityOf(9)],
      ['handle NONE: next', (b) => b.nextInLevel(NONE)],
      ['handle NONE: id', (b) => b.orderIdOf(NONE)],
      ['handle NONE: owner', (b) => b.ownerIdOf(NONE)],
      ['handle NONE: remaining', (b) => b.remainingOf(NONE)],
      ['handle never given out', (b) => b.orderIdOf(77)],
    ])('%s', (_what, call) => {
      expect(() => call(book)).toThrow();
      expect([...book.orders('BUY'), ...book.orders('SELL')]).toEqual(before);
      expect(book.levelQuantity('BUY', priceTicks(100))).toBe(20);
      expect(findBookFault(book)).toBeNull();
    });

    test('handle of an order that has left', () => {
      const handle = book.firstAt('SELL', priceTicks(110));
      book.remove(3);
      expect(() => book.orderIdOf(handle)).toThrow();
    });
  });

  test('a level takes a total of exactly 2^53 - 1', () => {
    book.add(order(1, 'BUY', 100, 20));
    book.add(order(2, 'BUY', 100, Number.MAX_SAFE_INTEGER - 20));
    expect(book.levelQuantity('BUY', priceTicks(100))).toBe(Number.MAX_SAFE_INTEGER);
  });
});
