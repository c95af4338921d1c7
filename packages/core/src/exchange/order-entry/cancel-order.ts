import type { OrderReference } from '../../command.ts';
import { type Rejected, reject } from '../../reject.ts';
import { cancelResting, endCanceled } from '../matching/order-lifecycle.ts';
import { isOpen, isWaiting, type Order } from '../orders/order.ts';
import type { Step } from '../step.ts';
import type { Market } from '../symbols/market.ts';
import { findOrder, orderNotFound } from './find-order.ts';
import type { OrderOutcome } from './place-order.ts';

/** Cancels an open order and answers with its final state (MAT-8). */
export function cancelOrder(step: Step, userId: number, reference: OrderReference): OrderOutcome {
  const account = step.state.peekAccount(userId);
  const order = findOrder(step.state, account, reference);
  if (order === undefined) return orderNotFound(step.state, account, reference);
  if (!isOpen(order) && !isWaiting(order))
    return reject('ORDER_NOT_CANCELABLE', {
      orderId: order.orderId,
      status: order.status,
      rule: 'the order has ended',
    });
  if (order.market.status === 'HALTED') return haltedFault(order);
  const record = isWaiting(order) ? endCanceled(step, order, '') : cancelResting(step, order, '');
  return { ok: true, kind: 'order', order: record };
}

/** A halted symbol keeps its orders as they are (SYM-4). */
export const haltedFault = (order: Order): Rejected =>
  reject('SYMBOL_NOT_TRADING', { field: 'symbol', value: order.market.symbol, rule: 'the symbol is HALTED' });

/**
 * Cancels a user's open orders, of one symbol or all, by ascending id (MAT-8), and with them the legs that wait for one of them, which
 * would come into the book because of it; those of halted symbols stay (SYM-4).
 * @returns how many
 */
export function cancelAllOrders(
  step: Step,
  userId: number,
  { symbol, wanted }: { readonly symbol?: string | undefined; readonly wanted: (order: Order) => boolean },
): number {
  const account = step.state.peekAccount(userId);
  const isMeant = (market: Market): boolean =>
    market.status !== 'HALTED' && (symbol === undefined || market.symbol === symbol);
  const found: Order[] = [];
  for (const { market, orders } of account.stances) if (isMeant(market)) found.push(...orders.values());
  for (const { market, parent, pair } of account.strategies.values()) {
    // One that waits for a condition stays with it.
    if (parent?.order === undefined || !isMeant(market)) continue;
    for (const { order } of pair) if (order !== undefined && isWaiting(order)) found.push(order);
  }
  const canceled = found.filter(wanted).sort((a, b) => a.orderId - b.orderId);
  for (const order of canceled) {
    if (isWaiting(order)) endCanceled(step, order, '');
    else cancelResting(step, order, '');
  }
  return canceled.length;
}
