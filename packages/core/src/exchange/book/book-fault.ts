import type { Side } from '../enums.ts';
import { NONE, type OrderBook } from './order-book.ts';

/**
 * Looks for a break of INV-3 inside one book: crossed, prices not strictly worse from level to level, a level whose total is
 * not the sum of its orders, orders that the id lookup does not know, or a wrong count. Linear in the orders.
 * Returns the first fault in words, or null.
 */
export function findBookFault(book: OrderBook): string | null {
  const bid = book.bestPrice('BUY');
  const ask = book.bestPrice('SELL');
  if (bid !== NONE && ask !== NONE && bid >= ask) return `crossed: bid ${bid}, ask ${ask}`;
  let count = 0;
  for (const side of ['BUY', 'SELL'] as const) {
    const found = walkSide(book, side);
    if (typeof found === 'string') return found;
    count += found;
  }
  return count === book.orderCount ? null : `${count} orders in the levels, ${book.orderCount} in the book`;
}

/** Number of orders of a side, or its first fault. */
function walkSide(book: OrderBook, side: Side): number | string {
  let count = 0;
  for (let price = book.bestPrice(side); price !== NONE; ) {
    let total = 0;
    for (let handle = book.firstAt(side, price); handle !== NONE; handle = book.nextInLevel(handle)) {
      const orderId = book.orderIdOf(handle);
      const remaining = book.remainingOf(handle);
      if (!(remaining > 0)) return `order ${orderId} rests with ${remaining}`;
      if (!book.has(orderId)) return `order ${orderId} is in a level but not known by its id`;
      if (book.quantityOf(orderId) !== remaining) return `order ${orderId} has two quantities`;
      total += remaining;
      count++;
    }
    if (total !== book.levelQuantity(side, price)) return `${side} level ${price} has a wrong total`;
    if (total === 0) return `${side} level ${price} is empty`;
    const next = book.nextPrice(side, price);
    if (next !== NONE && (side === 'BUY' ? next >= price : next <= price))
      return `${side} level ${next} after ${price}`;
    price = next;
  }
  return count;
}
