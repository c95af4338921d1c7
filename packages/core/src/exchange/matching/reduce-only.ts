import type { QuantitySteps } from '@openvenue/money';
import type { Leg } from '../accounts/leg.ts';
import type { OrderEndReason, Side } from '../enums.ts';
import { type Order, remainingOf } from '../orders/order.ts';
import type { Step } from '../step.ts';
import { cancelResting } from './order-lifecycle.ts';

/** A reduce-only order in the eyes of the cut: a MARKET order counts as the most aggressive price. */
export interface ReduceOnlyClaim {
  readonly orderId: number;
  readonly side: Side;
  readonly price: number;
  readonly remaining: number;
}

/**
 * What remains of each claim when their sum may not exceed what the position has to close (POS-3). The excess comes off the
 * least aggressive first (SELL: highest price, BUY: lowest), at one price off the youngest.
 */
export function cutClaims(closable: number, claims: readonly ReduceOnlyClaim[]): ReadonlyMap<number, number> {
  let excess = claims.reduce((sum, claim) => sum + claim.remaining, 0) - closable;
  const kept = new Map<number, number>(claims.map((claim) => [claim.orderId, claim.remaining]));
  if (excess <= 0) return kept;
  const leastAggressiveFirst = [...claims].sort((a, b) => {
    const byPrice = a.side === 'SELL' ? b.price - a.price : a.price - b.price;
    return byPrice !== 0 ? byPrice : b.orderId - a.orderId;
  });
  for (const claim of leastAggressiveFirst) {
    if (excess <= 0) break;
    const cut = Math.min(excess, claim.remaining);
    kept.set(claim.orderId, claim.remaining - cut);
    excess -= cut;
  }
  return kept;
}

export const claimOf = (order: Order): ReduceOnlyClaim => ({
  orderId: order.orderId,
  side: order.side,
  price: order.price,
  remaining: remainingOf(order),
});

/** Applies the cuts that a position calls for, in ascending order of ids; cuts keep the queue place. */
export function cutReduceOnlyOrders(step: Step, leg: Leg, reason: OrderEndReason = 'REDUCE_ONLY'): void {
  if (leg.reduceOnlyOrders.size === 0) return;
  for (const side of ['BUY', 'SELL'] as const) {
    const orders = [...leg.reduceOnlyOrders].filter((order) => order.side === side);
    if (orders.length > 0) applyCuts(step, orders, cutClaims(leg.closable(side), orders.map(claimOf)), reason);
  }
}

/** Brings resting reduce-only orders down to what a plan leaves them. */
export function applyCuts(
  step: Step,
  orders: readonly Order[],
  kept: ReadonlyMap<number, number>,
  reason: OrderEndReason = 'REDUCE_ONLY',
): void {
  for (const order of [...orders].sort((a, b) => a.orderId - b.orderId)) {
    const remaining = remainingOf(order);
    const cut = remaining - (kept.get(order.orderId) ?? 0);
    if (cut === 0) continue;
    if (cut === remaining) {
      cancelResting(step, order, reason);
      continue;
    }
    order.market.book.reduce(order.orderId, cut as QuantitySteps);
    order.quantity = (order.quantity - cut) as QuantitySteps;
    order.rejectReason = reason;
    step.depthChanged(order.market, order.side, order.price);
    step.orderUpdated(order, 'AMENDED');
    order.rejectReason = '';
  }
}
