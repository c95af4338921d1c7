import type { FillView, OrderReply, OrderView } from '@openvenue/contract';
import type { FillRecord, OrderRecord, SymbolParameters } from '@openvenue/core';
import { divide, formatDecimal, formatOnGrid } from '@openvenue/money';
import { externalId } from '../ids.ts';

/** Sizes of the grid on which prices and quantities lie, in 1e-8. */
export type Grid = Pick<SymbolParameters, 'tickSize' | 'stepSize'>;

/** Value by quantity of what has filled, 8 decimals half up; `0` without fills (SYM-3). */
export function averagePrice(
  order: Pick<OrderRecord, 'filledTickSteps' | 'filledQuantity'>,
  { tickSize }: Grid,
): string {
  if (order.filledQuantity === 0) return '0';
  return formatDecimal(divide(BigInt(order.filledTickSteps) * tickSize, BigInt(order.filledQuantity), 'half-up'));
}

/** An order as replies show it. */
export function orderView(order: OrderRecord, grid: Grid): OrderView {
  const quantity = (steps: number) => formatOnGrid(steps, grid.stepSize);
  return {
    orderId: externalId('order', order.orderId),
    clientOrderId: order.clientOrderId,
    symbol: order.symbol,
    type: order.type,
    side: order.side,
    positionSide: order.positionSide,
    price: formatOnGrid(order.price, grid.tickSize),
    quantity: quantity(order.quantity),
    filledQuantity: quantity(order.filledQuantity),
    remainingQuantity: quantity(order.quantity - order.filledQuantity),
    avgFilledPrice: averagePrice(order, grid),
    timeInForce: order.timeInForce,
    reduceOnly: order.reduceOnly,
    makerOnly: order.makerOnly,
    closePosition: order.closePosition,
    placeType: order.placeType,
    status: order.status,
    ...(order.rejectReason === '' ? {} : { rejectReason: order.rejectReason }),
    handlingFee: formatDecimal(order.handlingFee),
    realizedPnl: formatDecimal(order.realizedPnl),
    ...(order.strategyId === undefined ? {} : { strategyId: externalId('strategy', order.strategyId) }),
    ...(order.conditionId === undefined ? {} : { conditionId: externalId('condition', order.conditionId) }),
    createdAt: order.createdAtMs,
    updatedAt: order.updatedAtMs,
  };
}

/** What place, move and cancel answer. */
export function orderReply(order: OrderRecord, timestamp: number): OrderReply {
  return {
    orderId: externalId('order', order.orderId),
    clientOrderId: order.clientOrderId,
    status: order.status,
    timestamp,
  };
}

/** A fill as replies show it. */
export function fillView(fill: FillRecord, grid: Grid): FillView {
  return {
    fillId: externalId('fill', fill.fillId),
    tradeId: externalId('trade', fill.tradeId),
    orderId: externalId('order', fill.orderId),
    symbol: fill.symbol,
    side: fill.side,
    roleType: fill.role,
    price: formatOnGrid(fill.price, grid.tickSize),
    quantity: formatOnGrid(fill.quantity, grid.stepSize),
    tradeValue: formatDecimal(fill.tradeValue),
    handlingFee: formatDecimal(fill.handlingFee),
    realizedPnl: formatDecimal(fill.realizedPnl),
    positionSide: fill.positionSide,
    createdAt: fill.createdAtMs,
  };
}
