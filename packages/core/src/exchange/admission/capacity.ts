import type { PriceTicks } from '@openvenue/money';
import { type Rejected, reject } from '../../reject.ts';
import type { Exposure, Leg } from '../accounts/leg.ts';
import { MAX_RESTING_ORDERS } from '../book/order-book.ts';
import type { Market } from '../symbols/market.ts';
import type { Candidate } from './candidate.ts';

/** Counts and sums are doubles: exact up to here, refused beyond. */
const MAX_EXACT = Number.MAX_SAFE_INTEGER;

/** Whether user and book have no room for one more resting order (MAT-12); an amended order leaves its own place first. */
export function roomFault(
  { account, market, side, replaces, leaving: gone }: Candidate,
  order: { readonly price: PriceTicks; readonly quantity: number },
): Rejected | undefined {
  const { book, parameters } = market;
  const leaving = (replaces === undefined ? 0 : 1) + (gone?.size ?? 0);
  if (account.peek(market).orders.size - leaving >= parameters.maxOpenOrders) {
    return reject('TOO_MANY_OPEN_ORDERS', { rule: `at most ${parameters.maxOpenOrders} open orders in a symbol` });
  }
  if (book.orderCount - leaving >= MAX_RESTING_ORDERS) {
    return reject('TOO_MANY_OPEN_ORDERS', { rule: `the book takes at most ${MAX_RESTING_ORDERS} orders` });
  }
  const left = replaces?.price === order.price ? book.quantityOf(replaces.orderId) : 0;
  if (book.levelQuantity(side, order.price) - left + order.quantity > MAX_EXACT) {
    return reject('TOO_MANY_OPEN_ORDERS', { field: 'price', rule: `a price level takes at most ${MAX_EXACT} steps` });
  }
  return undefined;
}

/** Whether a sum that the state keeps of an order, a user's position and orders, or all positions would pass 2^53. */
export function sizeFault(
  at: { readonly market: Market; readonly leg: Leg; readonly filledTickSteps: number; readonly opens: boolean },
  order: Exposure,
): Rejected | undefined {
  const { market, leg } = at;
  if (at.filledTickSteps + order.tickSteps > MAX_EXACT)
    return tooMuch('price x quantity of one order is too large: split it');
  if (!at.opens) return undefined;
  const open = leg.side(order.side);
  if (open.takerTickSteps + open.makerTickSteps + order.tickSteps > MAX_EXACT)
    return tooMuch('price x quantity of all orders of this side is too large');
  const held = order.side === 'BUY' ? leg.quantity : -leg.quantity;
  if (held + open.quantity + order.quantity > MAX_EXACT)
    return tooMuch('position and orders of this side are too large');
  if (market.openInterest + leg.openingPart(order.side, order.quantity) > MAX_EXACT)
    return tooMuch('the open interest of the symbol is too large');
  return undefined;
}

const tooMuch = (rule: string): Rejected => reject('TIER_LIMIT', { field: 'quantity', rule });
