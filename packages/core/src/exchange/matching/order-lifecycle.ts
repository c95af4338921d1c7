import type { OrderRecord } from '../../event.ts';
import type { RejectReason } from '../../reject.ts';
import type { OrderEndReason } from '../enums.ts';
import type { ExchangeState } from '../exchange-state.ts';
import { ENDED_ORDER_MS } from '../orders/ended-orders.ts';
import { isWaiting, type Order, remainingOf } from '../orders/order.ts';
import type { Step } from '../step.ts';

/** Puts what is left of an order into the book (MAT-1). */
export function rest(step: Step, order: Order): void {
  const { market } = order;
  market.book.add({
    orderId: order.orderId,
    ownerId: order.userId,
    side: order.side,
    price: order.price,
    quantity: remainingOf(order),
  });
  step.state.account(order.userId).stance(market).addOrder(order);
  step.depthChanged(market, order.side, order.price);
}

/** Takes a resting order out of the book and of its owner's margin. */
export function unrest(step: Step, order: Order): void {
  const { market } = order;
  step.state.account(order.userId).stance(market).removeOrder(order);
  market.book.remove(order.orderId);
  step.depthChanged(market, order.side, order.price);
}

/** A strategy's leg that begins to wait for its parent speaks for its position side (POS-1, MRG-6). */
export const beginWaiting = (state: ExchangeState, { userId, market, positionSide }: Order): void =>
  void state.account(userId).stance(market).leg(positionSide).claims++;

/** A leg that waited is placed or ends. */
export const stopWaiting = (state: ExchangeState, { userId, market, positionSide }: Order): void =>
  void state.account(userId).stance(market).leg(positionSide).claims--;

/** Ends an order that has left the book, or never rested. @returns its record */
export function endCanceled(step: Step, order: Order, reason: OrderEndReason | ''): OrderRecord {
  if (isWaiting(order)) stopWaiting(step.state, order);
  order.status = order.filledQuantity > 0 ? 'PARTIALLY_FILLED_CANCELED' : 'CANCELED';
  order.rejectReason = reason;
  const record = step.orderUpdated(order, reason === '' ? 'CANCELED' : 'EXPIRED');
  rememberEnded(step, order);
  return record;
}

/** Cancels a resting order: by its user (no reason) or by a rule. @returns its record */
export function cancelResting(step: Step, order: Order, reason: OrderEndReason | ''): OrderRecord {
  unrest(step, order);
  return endCanceled(step, order, reason);
}

export function rememberEnded(step: Step, order: Order): void {
  step.state.endedOrders.push(order);
  if (order.conditionId !== 0 || order.strategyId !== 0) step.endedParts.push(order);
}

/** Ends a strategy's leg that was refused when it was to be placed (STR-3). */
export function endRejected(step: Step, order: Order, reason: RejectReason): void {
  stopWaiting(step.state, order);
  order.status = 'REJECTED';
  order.rejectReason = reason;
  step.orderUpdated(order, 'REJECTED');
  rememberEnded(step, order);
}

/** Forgets the orders that ended 24 h ago; their clientOrderIds are free again. */
export function forgetEndedOrders(step: Step): void {
  const { state, timeMs } = step;
  while (state.endedOrders.oldestEndedAtMs + ENDED_ORDER_MS <= timeMs) forget(state, state.endedOrders.shift());
}

function forget(state: ExchangeState, order: Order): void {
  const { orderId, clientOrderId } = order;
  state.orders.delete(orderId);
  if (clientOrderId !== '') state.account(order.userId).orderByClientId.delete(order);
  // A strategy knows its orders for as long as it works.
  if (order.strategyId === 0) state.orderPool.put(order);
}
