import type { PriceTicks, QuantitySteps } from '@openvenue/money';
import type { RejectReason } from '../../reject.ts';
import type { StateReader } from '../../state/reader.ts';
import type { StateWriter } from '../../state/writer.ts';
import type {
  ConditionStatus,
  ConditionTimeInForce,
  ConditionType,
  OrderEndReason,
  PositionSide,
  SelfTradePrevention,
  Side,
  WorkingType,
} from '../enums.ts';
import type { ExchangeState } from '../exchange-state.ts';
import { EndedOrders } from '../orders/ended-orders.ts';
import type { Market } from '../symbols/market.ts';
import { isTrailing } from '../triggers/trigger.ts';
import { type Condition, hasEnded, isArmed, isPending, watermarkOf } from './condition.ts';

/** Writes the conditions; the trigger index is left out, it is made of them again. */
export function saveConditions(state: ExchangeState, w: StateWriter): void {
  w.uint(state.nextConditionId);
  w.list(
    [...state.conditions.values()].filter((condition) => !hasEnded(condition)),
    (condition) => saveCondition(w, condition),
  );
  w.list(state.endedConditions, (condition) => saveCondition(w, condition));
}

export function loadConditions(state: ExchangeState, r: StateReader, marketOf: (symbol: string) => Market): void {
  state.nextConditionId = r.uint();
  const open = r.list(() => loadCondition(r, marketOf));
  const ended = r.list(() => loadCondition(r, marketOf));
  for (const condition of [...open, ...ended].sort((a, b) => a.conditionId - b.conditionId)) {
    state.conditions.set(condition.conditionId, condition);
    const account = state.account(condition.userId);
    if (condition.clientOrderId !== '')
      account.conditionIdByClientId.set(condition.clientOrderId, condition.conditionId);
    if (isPending(condition)) account.addCondition(condition);
  }
  state.endedConditions = new EndedOrders(ended);
  for (const condition of inOrderOfActivation(open.filter(isArmed))) {
    const triggers = condition.market.triggers(condition.workingType);
    if (isTrailing(condition) && condition.status === 'PENDING') triggers.add(condition, condition.watermark);
    else triggers.add(condition);
  }
}

/** Trailing stops that are active longer have a watermark at least as extreme, so that this is an order in which they came. */
const inOrderOfActivation = (conditions: readonly Condition[]): readonly Condition[] =>
  [...conditions].sort((a, b) => extremeness(b) - extremeness(a));

const extremeness = ({ side, watermark }: Condition): number => (side === 'SELL' ? watermark : -watermark);

export function saveCondition(w: StateWriter, condition: Condition): void {
  for (const text of [
    condition.market.symbol,
    condition.clientOrderId,
    condition.type,
    condition.side,
    condition.positionSide,
    condition.workingType,
    condition.timeInForce,
    condition.selfTradePrevention,
    condition.status,
    condition.rejectReason,
  ])
    w.text(text);
  for (const count of [
    condition.conditionId,
    condition.userId,
    condition.price,
    condition.quantity,
    condition.stopPrice,
    condition.activatePrice,
    condition.callbackRate,
    condition.strategyId,
    watermarkOf(condition),
    condition.generatedOrderId,
    condition.createdAtMs,
    condition.updatedAtMs,
  ])
    w.uint(count);
  for (const flag of [condition.priceProtect, condition.reduceOnly, condition.closePosition, condition.waiting])
    w.boolean(flag);
}

export function loadCondition(r: StateReader, marketOf: (symbol: string) => Market): Condition {
  const market = marketOf(r.text());
  const clientOrderId = r.text();
  const type = r.text() as ConditionType;
  const side = r.text() as Side;
  const positionSide = r.text() as PositionSide;
  const workingType = r.text() as WorkingType;
  const timeInForce = r.text() as ConditionTimeInForce;
  const selfTradePrevention = r.text() as SelfTradePrevention;
  const status = r.text() as ConditionStatus;
  const rejectReason = r.text() as RejectReason | OrderEndReason | '';
  return {
    market,
    clientOrderId,
    type,
    side,
    positionSide,
    workingType,
    timeInForce,
    selfTradePrevention,
    status,
    rejectReason,
    conditionId: r.uint(),
    userId: r.uint(),
    price: r.uint() as PriceTicks,
    quantity: r.uint() as QuantitySteps,
    stopPrice: r.uint() as PriceTicks,
    activatePrice: r.uint() as PriceTicks,
    callbackRate: r.uint(),
    strategyId: r.uint(),
    watermark: r.uint() as PriceTicks,
    generatedOrderId: r.uint(),
    createdAtMs: r.uint(),
    updatedAtMs: r.uint(),
    priceProtect: r.boolean(),
    reduceOnly: r.boolean(),
    closePosition: r.boolean(),
    waiting: r.boolean(),
  };
}
