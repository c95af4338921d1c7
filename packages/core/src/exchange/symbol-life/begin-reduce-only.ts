import type { Account } from '../accounts/account.ts';
import { cancelResting } from '../matching/order-lifecycle.ts';
import { cutReduceOnlyOrders } from '../matching/reduce-only.ts';
import { type Order, remainingOf } from '../orders/order.ts';
import type { Step } from '../step.ts';
import type { Market } from '../symbols/market.ts';

/**
 * A symbol's REDUCE_ONLY begins (SYM-4): orders with an opening part end, every other one counts as reduce-only from now on,
 * and together they never exceed their position (POS-3).
 */
export function beginReduceOnly(step: Step, market: Market): void {
  for (const account of step.state.accounts.values()) {
    const stance = account.stanceIn(market);
    if (stance === undefined || stance.orders.size === 0) continue;
    const orders = [...stance.orders.values()].filter(({ reduceOnly }) => !reduceOnly);
    for (const order of orders.sort((a, b) => a.orderId - b.orderId)) restrict(step, account, order);
    for (const leg of stance.legs) cutReduceOnlyOrders(step, leg);
  }
}

function restrict(step: Step, account: Account, order: Order): void {
  const stance = account.stance(order.market);
  if (remainingOf(order) > stance.leg(order.positionSide).closable(order.side)) {
    cancelResting(step, order, 'SYMBOL');
    return;
  }
  stance.removeOrder(order);
  order.reduceOnly = true;
  stance.addOrder(order);
  order.rejectReason = 'SYMBOL';
  step.orderUpdated(order, 'AMENDED');
  order.rejectReason = '';
}
