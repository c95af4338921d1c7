import type { ConditionReply, ConditionView } from '@openvenue/contract';
import type { ConditionRecord } from '@openvenue/core';
import { formatOnGrid } from '@openvenue/money';
import { externalId } from '../ids.ts';
import type { Grid } from './order.ts';

/** What replies and pushes of a condition order have in common. */
export function conditionFieldsOf(condition: ConditionRecord, { tickSize, stepSize }: Grid) {
  const price = (ticks: number): string => formatOnGrid(ticks, tickSize);
  return {
    conditionId: externalId('condition', condition.conditionId),
    clientOrderId: condition.clientOrderId,
    symbol: condition.symbol,
    type: condition.type,
    side: condition.side,
    positionSide: condition.positionSide,
    price: price(condition.price),
    quantity: formatOnGrid(condition.quantity, stepSize),
    stopPrice: price(condition.stopPrice),
    workingType: condition.workingType,
    priceProtect: condition.priceProtect,
    activatePrice: price(condition.activatePrice),
    callbackRate: percentOf(condition.callbackRate),
    timeInForce: condition.timeInForce,
    reduceOnly: condition.reduceOnly,
    closePosition: condition.closePosition,
    status: condition.status,
  };
}

/** A condition order as replies show it. */
export function conditionView(condition: ConditionRecord, grid: Grid): ConditionView {
  const price = (ticks: number): string => formatOnGrid(ticks, grid.tickSize);
  const { type, watermark, triggerPrice, rejectReason, generatedOrderId, strategyId } = condition;
  return {
    ...conditionFieldsOf(condition, grid),
    ...(type === 'TRAILING_STOP' ? { watermark: price(watermark), triggerPrice: price(triggerPrice) } : {}),
    ...(rejectReason === '' ? {} : { rejectReason }),
    ...(generatedOrderId === 0 ? {} : { generatedOrderId: externalId('order', generatedOrderId) }),
    ...(strategyId === 0 ? {} : { strategyId: externalId('strategy', strategyId) }),
    createdAt: condition.createdAtMs,
    updatedAt: condition.updatedAtMs,
  };
}

/** What place-condition and cancel-condition answer. */
export const conditionReply = ({ conditionId, status }: ConditionRecord, timestamp: number): ConditionReply => ({
  conditionId: externalId('condition', conditionId),
  conditionStatus: status,
  timestamp,
});

/** Tenths of a percent as a percentage with at most one decimal. */
const percentOf = (tenths: number): string =>
  tenths % 10 === 0 ? String(tenths / 10) : `${Math.floor(tenths / 10)}.${tenths % 10}`;
