import type { OrderRecord, Side } from '@openvenue/core';
import type { Quote } from './ladder.ts';

/** A resting order is left alone while what remains of it is within these parts of the wanted quantity. */
const LEAST_PART = 0.4;
const LARGEST_PART = 3;

/** An order and the quote it should become. */
export interface Move {
  readonly order: OrderRecord;
  readonly quote: Quote;
  /** It stands where the maker no longer wants to trade. */
  readonly isRetreat: boolean;
}

export interface Reconciled {
  /** Orders to re-price or refill, best level first. */
  readonly moves: readonly Move[];
  /** Quotes without an order. */
  readonly missing: readonly Quote[];
  /** Orders without a quote. */
  readonly surplus: readonly OrderRecord[];
}

/**
 * Holds one side's open orders against its ladder. An order near enough to a quote serves it as it is: nearer than half the way
 * to the next quote, so that no two orders serve one. Of the others each moves to a quote that nobody serves, as long as there
 * are any.
 */
export function reconcile(side: Side, open: readonly OrderRecord[], quotes: readonly Quote[]): Reconciled {
  const outward = side === 'BUY' ? -1 : 1;
  const orders = [...open].sort((a, b) => outward * (a.price - b.price) || a.orderId - b.orderId);
  const moves: Move[] = [];
  const free: OrderRecord[] = [];
  const unserved: Quote[] = [];
  let next = 0;
  quotes.forEach((quote, level) => {
    const tolerance = toleranceAt(quotes, level);
    let order = orders[next];
    while (order !== undefined && outward * (order.price - quote.price) < -tolerance) {
      free.push(order);
      order = orders[++next];
    }
    if (order === undefined || outward * (order.price - quote.price) > tolerance) {
      unserved.push(quote);
      return;
    }
    next++;
    const remaining = order.quantity - order.filledQuantity;
    const isFit = remaining >= LEAST_PART * quote.quantity && remaining <= LARGEST_PART * quote.quantity;
    if (!isFit) moves.push({ order, quote: { price: order.price, quantity: quote.quantity }, isRetreat: false });
  });
  free.push(...orders.slice(next));
  free.forEach((order, i) => {
    const quote = unserved[i];
    if (quote !== undefined) moves.push({ order, quote, isRetreat: outward * (quote.price - order.price) > 0 });
  });
  moves.sort((a, b) => outward * (a.quote.price - b.quote.price));
  return { moves, missing: unserved.slice(free.length), surplus: free.slice(unserved.length) };
}

/** Less than half the gap to the nearer neighbour, so that the ranges of two quotes never meet. */
function toleranceAt(quotes: readonly Quote[], level: number): number {
  const gap = (a: Quote | undefined, b: Quote | undefined): number =>
    a === undefined || b === undefined ? Number.POSITIVE_INFINITY : Math.abs(a.price - b.price);
  const nearest = Math.min(gap(quotes[level - 1], quotes[level]), gap(quotes[level], quotes[level + 1]));
  return nearest === Number.POSITIVE_INFINITY ? 0 : Math.floor((nearest - 1) / 2);
}
