import type { OrderTradeUpdate } from '@openvenue/contract';
import type { Event } from '@openvenue/core';
import { formatDecimal, formatOnGrid } from '@openvenue/money';
import { externalId } from '../../ids.ts';
import { averagePrice, type Grid } from '../../mapping/order.ts';

export type OrderUpdated = Extract<Event, { readonly type: 'order-updated' }>;

/** What happened to an order; fee and realised profit are those of the fill. */
export function orderTradeUpdate({ order, executionType, fill }: OrderUpdated, grid: Grid): OrderTradeUpdate {
  return {
    eventType: 'ORDER_TRADE_UPDATE',
    symbol: order.symbol,
    orderId: externalId('order', order.orderId),
    clientOrderId: order.clientOrderId,
    orderStatus: order.status,
    executionType,
    side: order.side,
    positionSide: order.positionSide,
    type: order.type,
    timeInForce: order.timeInForce,
    price: formatOnGrid(order.price, grid.tickSize),
    quantity: formatOnGrid(order.quantity, grid.stepSize),
    filledQuantity: formatOnGrid(order.filledQuantity, grid.stepSize),
    avgFilledPrice: averagePrice(order, grid),
    lastFilledPrice: formatOnGrid(fill?.price ?? 0, grid.tickSize),
    lastFilledQuantity: formatOnGrid(fill?.quantity ?? 0, grid.stepSize),
    tradeId: fill === undefined ? '' : externalId('trade', fill.tradeId),
    roleType: fill?.role ?? '',
    handlingFee: formatDecimal(fill?.handlingFee ?? 0n),
    realizedPnl: formatDecimal(fill?.realizedPnl ?? 0n),
    reduceOnly: order.reduceOnly,
    makerOnly: order.makerOnly,
    closePosition: order.closePosition,
    rejectReason: order.rejectReason,
    updateTime: order.updatedAtMs,
  };
}
