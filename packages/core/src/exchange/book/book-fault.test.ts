import type { PriceTicks, QuantitySteps } from '@openvenue/money';
import { describe, expect, it } from 'vitest';
import type { Side } from '../enums.ts';
import { findBookFault } from './book-fault.ts';
import { NaiveBook } from './naive-book.ts';

type Rest = readonly [orderId: number, side: Side, price: number, quantity: number];

function bookOf(book: NaiveBook, ...orders: readonly Rest[]): NaiveBook {
  for (const [orderId, side, price, quantity] of orders)
    book.add({ orderId, ownerId: 1, side, price: price as PriceTicks, quantity: quantity as QuantitySteps });
  return book;
}

describe('faults of a book (INV-3)', () => {
  const GOOD: readonly Rest[] = [
    [1, 'BUY', 10, 5],
    [2, 'BUY', 10, 3],
    [3, 'BUY', 9, 1],
    [4, 'SELL', 11, 2],
    [5, 'SELL', 12, 2],
  ];

  it('INV-3: a good book has none, and an empty one', () => {
    expect(findBookFault(bookOf(new NaiveBook(), ...GOOD))).toBeNull();
    expect(findBookFault(new NaiveBook())).toBeNull();
  });

  it.each<[string, NaiveBook]>([
    [
      'crossed: bid 10, ask 9',
      bookOf(
        new (class extends NaiveBook {
          override bestPrice(side: Side) {
            return side === 'SELL' ? (9 as PriceTicks) : super.bestPrice(side);
          }
        })(),
        ...GOOD,
      ),
    ],
    [
      '5 orders in the levels, 6 in the book',
      bookOf(
        new (class extends NaiveBook {
          override get orderCount(): number {
            return super.orderCount + 1;
          }
        })(),
        ...GOOD,
      ),
    ],
    [
      'order 1 is in a level but not known by its id',
      bookOf(
        new (class extends NaiveBook {
          override has(orderId: number): boolean {
            return orderId !== 1 && super.has(orderId);
          }
        })(),
        ...GOOD,
      ),
    ],
    [
      'order 2 has two quantities',
      bookOf(
        new (class extends NaiveBook {
          override quantityOf(orderId: number) {
            return orderId === 2 ? (4 as QuantitySteps) : super.quantityOf(orderId);
          }
        })(),
        ...GOOD,
      ),
    ],
    [
      'order 1 rests with 0',
      bookOf(
        new (class extends NaiveBook {
          override remainingOf() {
            return 0 as QuantitySteps;
          }
        })(),
        ...GOOD,
      ),
    ],
    [
      'SELL level 12 has a wrong total',
      bookOf(
        new (class extends NaiveBook {
          override levelQuantity(side: Side, price: PriceTicks): QuantitySteps {
            return (super.levelQuantity(side, price) + (price === 12 ? 1 : 0)) as QuantitySteps;
          }
        })(),
        ...GOOD,
      ),
    ],
    [
      'BUY level 10 after 9',
      bookOf(
        new (class extends NaiveBook {
          override nextPrice(side: Side, price: PriceTicks) {
            return price === 9 ? (10 as PriceTicks) : super.nextPrice(side, price);
          }
        })(),
        ...GOOD,
      ),
    ],
    [
      'SELL level 11 after 12',
      bookOf(
        new (class extends NaiveBook {
          override nextPrice(side: Side, price: PriceTicks) {
            return price === 12 ? (11 as PriceTicks) : super.nextPrice(side, price);
          }
        })(),
        ...GOOD,
      ),
    ],
  ])('INV-3: tells that %s', (fault, book) => expect(findBookFault(book)).toBe(fault));
});
