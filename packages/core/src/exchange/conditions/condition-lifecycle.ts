import type { PriceTicks, QuantitySteps } from '@openvenue/money';
import type { NewCondition } from '../../command.ts';
import type { RejectReason } from '../../reject.ts';
import type { OrderEndReason } from '../enums.ts';
import { ENDED_ORDER_MS } from '../orders/ended-orders.ts';
import type { Order } from '../orders/order.ts';
import type { Step } from '../step.ts';
import type { Market } from '../symbols/market.ts';
import { firesAbove, isTrailing } from '../triggers/trigger.ts';
import { activationOf } from '../triggers/trigger-index.ts';
import { type Condition, isArmed, watermarkOf } from './condition.ts';

/** Takes a condition in: it has its id and name from now on, and waits until it is armed. */
export function openCondition(
  step: Step,
  request: NewCondition,
  of: { readonly userId: number; readonly market: Market; readonly strategyId: number },
): Condition {
  const { state } = step;
  const condition: Condition = {
    conditionId: state.nextConditionId++,
    userId: of.userId,
    market: of.market,
    clientOrderId: request.clientOrderId ?? '',
    type: request.type,
    side: request.side,
    positionSide: request.positionSide,
    price: request.price,
    quantity: request.quantity,
    stopPrice: request.stopPrice,
    workingType: request.workingType,
    priceProtect: request.priceProtect === true,
    activatePrice: request.activatePrice ?? (0 as PriceTicks),
    callbackRate: request.callbackRate ?? 0,
    timeInForce: request.timeInForce,
    reduceOnly: request.reduceOnly === true,
    closePosition: request.closePosition === true,
    selfTradePrevention: request.selfTradePrevention ?? 'CANCEL_MAKER',
    strategyId: of.strategyId,
    waiting: true,
    status: 'PENDING_ACTIVATION',
    rejectReason: '',
    watermark: 0 as PriceTicks,
    generatedOrderId: 0,
    createdAtMs: step.timeMs,
    updatedAtMs: step.timeMs,
  };
  const account = state.account(of.userId);
  state.conditions.set(condition.conditionId, condition);
  account.addCondition(condition);
  if (condition.clientOrderId !== '') account.conditionIdByClientId.set(condition.clientOrderId, condition.conditionId);
  return condition;
}

/** Whether a price reaches the trigger (CND-1), or the activation of a trailing stop (CND-2). */
export function isReached(condition: Condition, price: PriceTicks): boolean {
  if (!isTrailing(condition)) {
    return firesAbove(condition) ? price >= condition.stopPrice : price <= condition.stopPrice;
  }
  return condition.side === 'SELL' ? price >= activationOf(condition) : price <= activationOf(condition);
}

/** Lets a condition wait for its price. One that is past its trigger fires at once (STR-3), where anything may fire. */
export function arm(step: Step, condition: Condition): void {
  const { market, workingType } = condition;
  const price = market.priceOf(workingType);
  const reached = price !== 0 && isReached(condition, price);
  condition.waiting = false;
  if (!isTrailing(condition) && reached && mayFire(step, condition)) {
    condition.status = 'TRIGGERING';
    step.fires.push(condition);
    return;
  }
  const waits = isTrailing(condition) && !reached;
  condition.status = waits ? 'PENDING_ACTIVATION' : 'PENDING';
  if (isTrailing(condition) && reached) market.triggers(workingType).add(condition, price);
  else market.triggers(workingType).add(condition);
  step.conditionUpdated(condition);
}

function mayFire(step: Step, { market, workingType, priceProtect }: Condition): boolean {
  if (!market.matches || (priceProtect && market.heldBack)) return false;
  return workingType === 'CONTRACT_PRICE' || !market.isFrozen(step.timeMs);
}

/** Takes a strategy's leg back to where it waits for its parent, with the quantity of its own that it waited with before. */
export function unarm(step: Step, condition: Condition, own: number): void {
  leaveIndex(condition);
  condition.waiting = true;
  condition.status = 'PENDING_ACTIVATION';
  condition.quantity = own as QuantitySteps;
  condition.watermark = 0 as PriceTicks;
  step.conditionUpdated(condition);
}

/** Ends a condition that has not become an order: by its user (no reason) or by a rule. */
export function endCondition(
  step: Step,
  condition: Condition,
  end: { readonly status: 'CANCELLED' | 'REJECTED'; readonly reason: RejectReason | OrderEndReason | '' },
): void {
  leaveIndex(condition);
  step.state.account(condition.userId).removeCondition(condition);
  condition.status = end.status;
  condition.rejectReason = end.reason;
  step.conditionUpdated(condition);
  rememberEnded(step, condition);
}

/** A condition's order is in. */
export function conditionTriggered(step: Step, condition: Condition, order: Order): void {
  step.state.account(condition.userId).removeCondition(condition);
  condition.status = 'TRIGGERED';
  condition.generatedOrderId = order.orderId;
  step.conditionUpdated(condition);
}

/** A condition's order has ended (CND-8). */
export function conditionFired(step: Step, condition: Condition): void {
  condition.status = 'FIRED';
  step.conditionUpdated(condition);
  rememberEnded(step, condition);
}

/** Forgets the conditions that ended 24 h ago; their clientOrderIds are free again (MAT-11). */
export function forgetEndedConditions({ state, timeMs }: Step): void {
  const { endedConditions, conditions } = state;
  while (endedConditions.oldestEndedAtMs + ENDED_ORDER_MS <= timeMs) {
    const oldest = endedConditions.shift();
    conditions.delete(oldest.conditionId);
    const ids = state.account(oldest.userId).conditionIdByClientId;
    if (ids.get(oldest.clientOrderId) === oldest.conditionId) ids.delete(oldest.clientOrderId);
  }
}

function leaveIndex(condition: Condition): void {
  if (!isArmed(condition)) return;
  condition.watermark = watermarkOf(condition);
  condition.market.triggers(condition.workingType).remove(condition);
}

function rememberEnded(step: Step, condition: Condition): void {
  step.state.endedConditions.push(condition);
  if (condition.strategyId !== 0) step.strategyDue(condition.strategyId);
}
