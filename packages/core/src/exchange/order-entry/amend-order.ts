import type { QuantitySteps } from '@openvenue/money';
import type { Amendment, GridFault } from '../../command.ts';
import { reject } from '../../reject.ts';
import { admit } from '../admission/admission.ts';
import type { OrderEndReason } from '../enums.ts';
import { executePlan } from '../matching/matching.ts';
import { cancelResting, unrest } from '../matching/order-lifecycle.ts';
import { isOpen, isWaiting, type Order, recordOf } from '../orders/order.ts';
import type { Step } from '../step.ts';
import { isSizedLeg } from '../strategies/leg-sizes.ts';
import { haltedFault } from './cancel-order.ts';
import { findOrder, orderNotFound } from './find-order.ts';
import { finishTaker, type OrderOutcome } from './place-order.ts';

/**
 * Changes price or quantity of an open order (MAT-7). Less quantity at the same price keeps the queue place; any other change
 * goes to the back and can match. A refusal leaves the order as it was.
 */
export function amendOrder(step: Step, userId: number, amendment: Amendment): OrderOutcome {
  const { state } = step;
  if (amendment.price === undefined && amendment.quantity === undefined && amendment.gridFault === undefined)
    return reject('MISSING_PARAMETER', { field: 'price', rule: 'price or quantity is needed' });
  const account = state.peekAccount(userId);
  const order = findOrder(state, account, amendment);
  if (order === undefined) return orderNotFound(state, account, amendment);
  if (!isOpen(order)) {
    const rule = isWaiting(order) ? 'it waits for the first order of its strategy' : 'the order has ended';
    return reject('ORDER_ENDED', { orderId: order.orderId, status: order.status, rule });
  }
  const price = amendment.price ?? order.price;
  const quantity = amendment.quantity ?? order.quantity;
  if (amendment.gridFault === undefined && price === order.price && quantity === order.quantity) return outcome(order);
  if (quantity !== order.quantity && isSizedLeg(state.strategies.get(order.strategyId), order)) {
    const rule = 'its strategy sizes it by what the first order fills';
    return reject('ORDER_ENDED', { field: 'quantity', orderId: order.orderId, status: order.status, rule });
  }
  if (
    amendment.gridFault === undefined &&
    amendment.quantity !== undefined &&
    quantity > 0 &&
    quantity <= order.filledQuantity
  ) {
    if (order.market.status === 'HALTED') return haltedFault(order);
    cancelResting(step, order, '');
    return outcome(order);
  }

  return changeOrder(step, order, {
    price,
    quantity,
    ...(amendment.gridFault === undefined ? {} : { gridFault: amendment.gridFault }),
  });
}

/** Brings an open order to another price or quantity, by its user (no reason) or by a rule; a refusal leaves it as it was. */
export function changeOrder(
  step: Step,
  order: Order,
  to: Required<Pick<Amendment, 'price' | 'quantity'>> & {
    readonly gridFault?: GridFault;
    readonly reason?: OrderEndReason;
  },
): OrderOutcome {
  const { state } = step;
  const { price, quantity } = to;
  const account = state.account(order.userId);
  const { market } = order;
  const stance = account.stance(market);
  const admitted = stance.without(order, () =>
    admit(state, step.timeMs, {
      account,
      market,
      type: order.type,
      side: order.side,
      positionSide: order.positionSide,
      price,
      quantity,
      filled: order.filledQuantity,
      timeInForce: order.timeInForce,
      reduceOnly: order.reduceOnly,
      makerOnly: order.makerOnly,
      closePosition: false,
      selfTradePrevention: order.selfTradePrevention,
      priceType: 0,
      replaces: order,
      placedFor: to.reason === undefined ? undefined : 'leg',
      ...(to.gridFault === undefined ? {} : { gridFault: to.gridFault }),
    }),
  );
  if (!admitted.ok) return admitted;
  admitted.applyCuts(step);
  const shrink = order.quantity - admitted.quantity;
  if (price === order.price && shrink >= 0) {
    if (shrink === 0) return outcome(order);
    stance.shrinkOrder(order, shrink);
    market.book.reduce(order.orderId, shrink as QuantitySteps);
    order.quantity = admitted.quantity;
    step.depthChanged(market, order.side, order.price);
    amended(step, order, to.reason);
    return outcome(order);
  }
  unrest(step, order);
  order.price = price;
  order.quantity = admitted.quantity;
  amended(step, order, to.reason);
  executePlan(step, order, admitted.plan);
  finishTaker(step, order, admitted.plan.stop);
  return outcome(order);
}

/** Tells of a change; a rule's reason is in this one event alone. */
function amended(step: Step, order: Order, reason: OrderEndReason | undefined): void {
  order.rejectReason = reason ?? '';
  step.orderUpdated(order, 'AMENDED');
  order.rejectReason = '';
}

const outcome = (order: Order): OrderOutcome => ({ ok: true, kind: 'order', order: recordOf(order) });
