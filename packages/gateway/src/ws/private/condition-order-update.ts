import type { ConditionRecord } from '@openvenue/core';
import { formatOnGrid } from '@openvenue/money';
import { externalId } from '../../ids.ts';
import type { Grid } from '../../mapping/order.ts';

/** A condition order as it stands after the event, with the fields that REST gives it. */
export function conditionOrderUpdate(condition: ConditionRecord, { tickSize, stepSize }: Grid): object {
  const price = (ticks: number): string => formatOnGrid(ticks, tickSize);
  return {
    eventType: 'CONDITION_ORDER_UPDATE',
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
    rejectReason: condition.rejectReason,
    generatedOrderId: condition.generatedOrderId === 0 ? '' : externalId('order', condition.generatedOrderId),
    strategyId: condition.strategyId === 0 ? '' : externalId('strategy', condition.strategyId),
    createdAt: condition.createdAtMs,
    updatedAt: condition.updatedAtMs,
  };
}

/** Tenths of a percent as a percentage with at most one decimal. */
const percentOf = (tenths: number): string =>
  tenths % 10 === 0 ? String(tenths / 10) : `${Math.floor(tenths / 10)}.${tenths % 10}`;
