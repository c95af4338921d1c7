import assert from 'node:assert/strict';
import type {
  ClosedPositionRecord,
  ConditionRecord,
  Core,
  FillRecord,
  LedgerEntry,
  MarginMode,
  OrderRecord,
  PositionView,
} from '@openvenue/core';
import { formatDecimal, formatOnGrid } from '@openvenue/money';
import type { PastCondition } from '@openvenue/views';
import { externalId } from '../ids.ts';
import { referenceOf, WALLET_ASSET } from './ledger.ts';
import { averagePrice, type Grid } from './order.ts';
import { signedSize } from './position.ts';

/** Where names and grids are looked up. */
type Lookup = Pick<Core, 'identity' | 'exchange'>;
type Value = string | number | boolean;
type Data = Readonly<Record<string, Value>>;

/** An item of a perpetual query; fields of its data without a value are left out. */
export interface PerpetualItem {
  readonly platformUserId: string;
  readonly entityType: 'ORDER' | 'CONDITION_ORDER' | 'TRADE_FILL' | 'POSITION' | 'ACCOUNT_LEDGER';
  readonly entityId: string;
  readonly data: Data;
}

const MARGIN_MODE: Readonly<Record<MarginMode, string>> = { CROSS: '1', ISOLATED: '2' };
const POSITION_STATUS = { open: '1', closed: '2', liquidated: '4' } as const;

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
export const pastOrderItem = (core: Lookup, order: OrderRecord): PerpetualItem =>
  orderItem(core, order, { leverage: order.leverage, marginMode: MARGIN_MODE[order.marginMode] });

function conditionItem(core: Lookup, condition: PastCondition): PerpetualItem {
  const { tickSize, stepSize } = parametersOf(core, condition.symbol);
  const unlessZero = (count: number, grid: bigint) => (count === 0 ? undefined : formatOnGrid(count, grid));
  const conditionId = externalId('condition', condition.conditionId);
  const { type, status, generatedOrderId, updatedAtMs } = condition;
  return {
    platformUserId: ownerOf(core, condition.userId),
    entityType: 'CONDITION_ORDER',
    entityId: conditionId,
    data: withValues({
      symbol: condition.symbol,
      conditionId,
      orderCategory: 'CONDITIONAL',
      generatedOrderId: generatedOrderId === 0 ? undefined : externalId('order', generatedOrderId),
      clientOrderId: condition.clientOrderId,
      side: condition.side,
      orderType: type === 'STOP_LIMIT' || type === 'TAKE_PROFIT_LIMIT' ? 'LIMIT' : 'MARKET',
      triggerType: type,
      workingType: condition.workingType,
      timeInForce: condition.timeInForce,
      price: unlessZero(condition.price, tickSize),
      quantity: unlessZero(condition.quantity, stepSize),
      triggerPrice: unlessZero(condition.triggerPrice, tickSize),
      reduceOnly: condition.reduceOnly,
      closePosition: condition.closePosition,
      leverage: condition.leverage,
      marginMode: condition.marginMode,
      status,
      triggerStatus: status,
      createdAt: condition.createdAtMs,
      updatedAt: updatedAtMs,
      deletedAt: status === 'CANCELLED' ? updatedAtMs : undefined,
    }),
  };
}

/** An open condition order, with its user's leverage and margin mode as they are. */
export function currentConditionItem(core: Lookup, condition: ConditionRecord): PerpetualItem {
  const settings = core.exchange.settings(condition.userId, condition.symbol);
  assert(settings !== undefined, 'a condition order is of a listed symbol');
  return conditionItem(core, { ...condition, ...settings });
}

/** A condition order that waits no more, with leverage and margin mode as they were. */
export const pastConditionItem = conditionItem;

export function fillItem(core: Lookup, fill: FillRecord): PerpetualItem {
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
      positionId: externalId('position', fill.positionId),
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

/** What open and closed positions have in common. */
type AnyPosition = Pick<
  PositionView & ClosedPositionRecord,
  'positionId' | 'symbol' | 'positionSide' | 'leverage' | 'marginMode' | 'entryPrice' | 'fundingFeeAccum' | 'openedAtMs'
>;

/** A position and whose it is. */
interface Owned<Position> {
  readonly userId: number;
  readonly position: Position;
}

function positionItem(core: Lookup, { userId, position }: Owned<AnyPosition>, data: Data): PerpetualItem {
  const positionId = externalId('position', position.positionId);
  return {
    platformUserId: ownerOf(core, userId),
    entityType: 'POSITION',
    entityId: positionId,
    data: {
      positionId,
      symbol: position.symbol,
      positionSide: position.positionSide,
      leverage: position.leverage,
      marginMode: MARGIN_MODE[position.marginMode],
      entryPrice: formatDecimal(position.entryPrice),
      fundingFeeAccum: formatDecimal(position.fundingFeeAccum),
      openedAt: position.openedAtMs,
      ...data,
    },
  };
}

/** An open position of a user. */
export function currentPositionItem(core: Lookup, owned: Owned<PositionView>): PerpetualItem {
  const { position } = owned;
  const { stepSize } = parametersOf(core, position.symbol);
  return positionItem(core, owned, {
    status: POSITION_STATUS.open,
    quantity: formatOnGrid(signedSize(position), stepSize),
    margin: formatDecimal(position.margin),
    updatedAt: position.updatedAtMs,
  });
}

/** A closed position (POS-6). */
export function pastPositionItem(core: Lookup, closed: ClosedPositionRecord): PerpetualItem {
  const { stepSize } = parametersOf(core, closed.symbol);
  return positionItem(
    core,
    { userId: closed.userId, position: closed },
    {
      status: closed.closeTrigger === 'LIQUIDATION' ? POSITION_STATUS.liquidated : POSITION_STATUS.closed,
      maxQuantity: formatOnGrid(closed.maxQuantity, stepSize),
      closeQuantity: formatDecimal(closed.closedQuantity * stepSize),
      closePrice: formatDecimal(closed.closePrice),
      pnl: formatDecimal(closed.realizedPnl),
      roe: formatDecimal(closed.roe),
      closedAt: closed.closedAtMs,
    },
  );
}

export function ledgerItem(core: Lookup, entry: LedgerEntry): PerpetualItem {
  return {
    platformUserId: ownerOf(core, entry.userId),
    entityType: 'ACCOUNT_LEDGER',
    entityId: externalId('ledger-entry', entry.entryId),
    data: withValues({
      ledgerId: externalId('ledger', entry.entryId),
      symbol: entry.symbol,
      assetType: WALLET_ASSET,
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
