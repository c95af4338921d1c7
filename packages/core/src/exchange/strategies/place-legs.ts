import type { QuantitySteps } from '@openvenue/money';
import type { NewOrder } from '../../command.ts';
import { closableOf } from '../conditions/closable.ts';
import { type Condition, isPending, isPositionBound } from '../conditions/condition.ts';
import { arm, endCondition } from '../conditions/condition-lifecycle.ts';
import { endCanceled, endRejected } from '../matching/order-lifecycle.ts';
import { changeOrder } from '../order-entry/amend-order.ts';
import { takeOrder } from '../order-entry/place-order.ts';
import { isOpen, isWaiting, type Order, remainingOf } from '../orders/order.ts';
import type { Step } from '../step.ts';
import { filledFor, leftOf, writeOff } from './leg-sizes.ts';
import { isUnfilled, type Leg, legEnded, parentEnded, type Strategy } from './strategy.ts';
import { endLeg, endStrategy } from './strategy-lifecycle.ts';

/** Brings a strategy's legs to what its fills so far ask for, and ends it when nothing can come of it any more (STR-1, STR-2). */
export function placeLegs(step: Step, strategy: Strategy): void {
  if (strategy.status !== 'WORKING') return;
  const { pair } = strategy;
  if (isUnfilled(strategy) && parentEnded(strategy)) {
    for (const leg of pair) endLeg(step, leg);
    endStrategy(step, strategy, 'CANCELLED');
    return;
  }
  for (const leg of pair) {
    if (leg.condition !== undefined) sizeCondition(step, strategy, { leg, condition: leg.condition });
    else if (leg.order !== undefined) sizeOrder(step, strategy, { leg, order: leg.order });
    leg.sizedFor = filledFor(strategy, leg);
  }
  if (parentEnded(strategy) && pair.every(legEnded)) endStrategy(step, strategy, 'ALL_DONE');
}

function sizeCondition(
  step: Step,
  strategy: Strategy,
  { leg, condition }: { readonly leg: Leg; readonly condition: Condition },
): void {
  const fires = condition.status === 'TRIGGERING';
  if (!isPending(condition) && !fires) return;
  const left = leftOf(strategy, leg);
  if (left === 0) {
    if (parentEnded(strategy)) endLeg(step, leg);
    return;
  }
  const quantity = (condition.closePosition ? 0 : left) as QuantitySteps;
  // Where nothing is matched a leg goes on waiting, so that its parent's end takes no protection away.
  if (condition.waiting) {
    if (strategy.market.matches) place(step, strategy, { leg, condition, quantity });
  } else if (quantity > condition.quantity) {
    // One that the same trade has met is still to fire, for all that has filled (MAT-13).
    condition.quantity = quantity;
    if (!fires) step.conditionUpdated(condition);
  }
}

/** Lets a leg that waited for its parent wait for its price: the rest of its checks (STR-3). */
function place(
  step: Step,
  strategy: Strategy,
  { leg, condition, quantity }: { readonly leg: Leg; readonly condition: Condition; readonly quantity: QuantitySteps },
): void {
  const { market } = strategy;
  const account = step.state.account(strategy.userId);
  if (isPositionBound(condition) && closableOf(account, market, condition) === 0) {
    if (parentEnded(strategy)) endCondition(step, condition, { status: 'CANCELLED', reason: 'POSITION_CLOSED' });
    else writeOff(strategy, leg);
  } else {
    condition.quantity = quantity;
    arm(step, condition);
  }
}

function sizeOrder(step: Step, strategy: Strategy, { leg, order }: { readonly leg: Leg; readonly order: Order }): void {
  const left = leftOf(strategy, leg);
  if (left === 0) {
    if (isWaiting(order) && parentEnded(strategy)) endCanceled(step, order, 'OCO');
    return;
  }
  if (!strategy.market.matches) return;
  const grew = filledFor(strategy, leg) > leg.sizedFor;
  if (isWaiting(order)) placeOrderLeg(step, strategy, { leg, order, quantity: left });
  else if (!grew) return;
  else if (isOpen(order)) grow(step, order, left);
  else if (order.status === 'FILLED' || order.rejectReason === 'REDUCE_ONLY')
    placeOrderLeg(step, strategy, { leg, order, quantity: left });
}

/** More of a leg goes to the back of its queue (STR-2). A refusal leaves what there is. */
function grow(step: Step, order: Order, left: number): void {
  if (left <= remainingOf(order)) return;
  const quantity = (order.filledQuantity + left) as QuantitySteps;
  changeOrder(step, order, { price: order.price, quantity, reason: 'OCO' });
}

/** Places a leg that waited, or a new order for one that has filled whole. */
function placeOrderLeg(
  step: Step,
  strategy: Strategy,
  { leg, order, quantity }: { readonly leg: Leg; readonly order: Order; readonly quantity: number },
): void {
  const { userId, market, strategyId } = strategy;
  if (order.reduceOnly && closableOf(step.state.account(userId), market, order) === 0 && !parentEnded(strategy)) {
    writeOff(strategy, leg);
    return;
  }
  const outcome = takeOrder(step, {
    userId,
    request: requestOf(order, quantity),
    origin: {
      strategyId,
      isLeg: true,
      ...(isWaiting(order) ? { waiting: order } : {}),
      accepted: (placed) => {
        leg.order = placed;
      },
    },
  });
  if (!outcome.ok && isWaiting(order)) endRejected(step, order, outcome.reason);
}

const requestOf = (order: Order, quantity: number): NewOrder => ({
  symbol: order.market.symbol,
  type: order.type,
  side: order.side,
  positionSide: order.positionSide,
  price: order.price,
  quantity: quantity as QuantitySteps,
  timeInForce: order.timeInForce,
  reduceOnly: order.reduceOnly,
  makerOnly: order.makerOnly,
  clientOrderId: order.clientOrderId,
  placeType: order.placeType,
  selfTradePrevention: order.selfTradePrevention,
});
