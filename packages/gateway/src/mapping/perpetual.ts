import assert from 'node:assert/strict';
import type { Core, LedgerEntry, OrderRecord, PositionView } from '@openvenue/core';
import { divide, formatDecimal, formatOnGrid, ONE } from '@openvenue/money';
import type { PastFill, PastOrder, PositionCourse } from '@openvenue/views';
import { externalId } from '../ids.ts';
import { averagePrice, type Grid } from './order.ts';

/** Where names and grids are looked up. */
type Lookup = Pick<Core, 'identity' | 'exchange'>;
type Value = string | number | boolean;
type Data = Readonly<Record<string, Value>>;

/** An item of a perpetual query; fields of its data without a value are left out. */
export interface PerpetualItem {
  readonly platformUserId: string;
  readonly entityType: 'ORDER' | 'TRADE_FILL' | 'POSITION' | 'ACCOUNT_LEDGER';
  readonly entityId: string;
  readonly data: Data;
}

const CROSS = '1';

const withValues = (fields: Readonly<Record<string, Value | undefined>>): Data =>
  Object.fromEntries(
    Object.entries(fields).filter((field): field is [string, Value] => field[1] !== undefined && field[1] !== ''),
  );

function ownerOf({ identity }: Lookup, userId: number): string {
  const user = identity.userById(userId);
  assert(user !== undefined, 'an item is of a user');
  return user.externalUserId;
}

function parametersOf({ exchange }: Lookup, symbol: string) {
  const view = exchange.symbol(symbol);
  assert(view !== undefined, 'an item is of a listed symbol');
  return view.parameters;
}

/** Leverage that was never set is the symbol's own. */
const leverageOf = (core: Lookup, { symbol, leverage }: { readonly symbol: string; readonly leverage: number }) =>
  leverage === 0 ? parametersOf(core, symbol).defaultLeverage : leverage;

function orderData(order: OrderRecord, { tickSize, stepSize }: Grid): Readonly<Record<string, Value | undefined>> {
  const quantity = (steps: number): string => formatOnGrid(steps, stepSize);
  return {
    symbol: order.symbol,
    orderId: externalId('order', order.orderId),
    orderCategory: 'NORMAL',
    clientOrderId: order.clientOrderId,
    orderType: order.type,
    side: order.side,
    status: order.status,
    timeInForce: order.timeInForce,
    price: order.price === 0 ? undefined : formatOnGrid(order.price, tickSize),
    quantity: quantity(order.quantity),
    filledQuantity: quantity(order.filledQuantity),
    remainingQuantity: quantity(order.quantity - order.filledQuantity),
    avgFilledPrice: order.filledQuantity === 0 ? undefined : averagePrice(order, { tickSize, stepSize }),
    reduceOnly: order.reduceOnly,
    closeOnly: order.closePosition,
    makerOnly: order.makerOnly,
    createdAt: order.createdAtMs,
    updatedAt: order.updatedAtMs,
  };
}

const orderItem = (core: Lookup, order: OrderRecord, more: Data = {}): PerpetualItem => ({
  platformUserId: ownerOf(core, order.userId),
  entityType: 'ORDER',
  entityId: externalId('order', order.orderId),
  data: { ...withValues(orderData(order, parametersOf(core, order.symbol))), ...more },
});

/** An open order. */
export const currentOrderItem = (core: Lookup, order: OrderRecord): PerpetualItem => orderItem(core, order);

/** An ended order. */
export const pastOrderItem = (core: Lookup, { order, leverage }: PastOrder): PerpetualItem =>
  orderItem(core, order, { leverage: leverageOf(core, { symbol: order.symbol, leverage }), marginMode: CROSS });

export function fillItem(core: Lookup, { fill, positionId }: PastFill): PerpetualItem {
  const { tickSize, stepSize } = parametersOf(core, fill.symbol);
  const fillId = externalId('fill', fill.fillId);
  return {
    platformUserId: ownerOf(core, fill.userId),
    entityType: 'TRADE_FILL',
    entityId: fillId,
    data: withValues({
      fillId,
      tradeId: externalId('trade', fill.tradeId),
      orderId: externalId('order', fill.orderId),
      positionId: externalId('position', positionId),
      symbol: fill.symbol,
      side: fill.side,
      roleType: fill.role.toUpperCase(),
      positionSide: fill.positionSide,
      price: formatOnGrid(fill.price, tickSize),
      quantity: formatOnGrid(fill.quantity, stepSize),
      tradeValue: formatDecimal(fill.tradeValue),
      handlingFee: formatDecimal(fill.handlingFee),
      realizedPnl: formatDecimal(fill.realizedPnl),
      tradedAt: fill.createdAtMs,
    }),
  };
}

function positionItem(core: Lookup, course: PositionCourse, data: Data): PerpetualItem {
  const positionId = externalId('position', course.positionId);
  const { symbol, positionSide, openedAtMs: openedAt } = course;
  return {
    platformUserId: ownerOf(core, course.userId),
    entityType: 'POSITION',
    entityId: positionId,
    // Nothing is paid for funding yet.
    data: { positionId, symbol, positionSide, marginMode: CROSS, fundingFeeAccum: '0', openedAt, ...data },
  };
}

/** An open position: where it comes from, and how it stands. */
export function currentPositionItem(core: Lookup, course: PositionCourse, position: PositionView): PerpetualItem {
  const { stepSize } = parametersOf(core, course.symbol);
  return positionItem(core, course, {
    status: '1',
    leverage: position.leverage,
    entryPrice: formatDecimal(position.entryPrice),
    quantity: formatOnGrid(position.quantity, stepSize),
    margin: formatDecimal(position.margin),
    updatedAt: course.updatedAtMs,
  });
}

/** A closed position (POS-6). */
export function pastPositionItem(core: Lookup, course: PositionCourse): PerpetualItem {
  const { tickSize, stepSize } = parametersOf(core, course.symbol);
  const leverage = leverageOf(core, course);
  const { openedTickSteps, openedQuantity, closedTickSteps, closedQuantity, maxQuantity, pnl } = course;
  const largestValue = openedTickSteps * BigInt(maxQuantity) * tickSize * stepSize;
  return positionItem(core, course, {
    status: '2',
    leverage,
    entryPrice: formatDecimal(divide(openedTickSteps * tickSize, openedQuantity, 'half-up')),
    maxQuantity: formatOnGrid(maxQuantity, stepSize),
    closeQuantity: formatDecimal(closedQuantity * stepSize),
    closePrice: formatDecimal(divide(closedTickSteps * tickSize, closedQuantity, 'half-up')),
    pnl: formatDecimal(pnl),
    roe: formatDecimal(divide(pnl * BigInt(leverage) * openedQuantity * ONE * ONE, largestValue, 'half-up')),
    closedAt: course.closedAtMs,
  });
}

export function ledgerItem(core: Lookup, entry: LedgerEntry): PerpetualItem {
  return {
    platformUserId: ownerOf(core, entry.userId),
    entityType: 'ACCOUNT_LEDGER',
    entityId: externalId('ledger-entry', entry.entryId),
    data: withValues({
      ledgerId: externalId('ledger', entry.entryId),
      symbol: entry.symbol,
      assetType: 'USDT',
      changeType: entry.changeType,
      amount: formatDecimal(entry.amount),
      walletBalanceBefore: formatDecimal(entry.walletBefore),
      walletBalanceAfter: formatDecimal(entry.walletAfter),
      frozenBalanceBefore: formatDecimal(entry.frozenBefore),
      frozenBalanceAfter: formatDecimal(entry.frozenAfter),
      referenceId: referenceOf(entry),
      createdAt: entry.createdAtMs,
    }),
  };
}

/** A trade's entries name the fill; a transfer's its number, as webhooks call it `orderId`. */
function referenceOf({ changeType, referenceId }: LedgerEntry): string {
  const isOfFill = changeType === 'REALIZED_PNL' || changeType === 'HANDLING_FEE';
  return isOfFill && referenceId !== 0 ? externalId('fill', referenceId) : String(referenceId);
}
