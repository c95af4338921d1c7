import { agentOperations } from '@openvenue/contract';
import type { OrderRecord, OrderStatus } from '@openvenue/core';
import type { ScanFilter, ScanPlace } from '@openvenue/views';
import { defined } from '../../defined.ts';
import { internalId } from '../../ids.ts';
import { WALLET_ASSET } from '../../mapping/ledger.ts';
import {
  currentOrderItem,
  currentPositionItem,
  fillItem,
  ledgerItem,
  type PerpetualItem,
  pastOrderItem,
  pastPositionItem,
} from '../../mapping/perpetual.ts';
import type { PageRequest, Placed } from './page.ts';
import { perpetualQuery } from './perpetual-query.ts';

const NOTHING: readonly Placed<PerpetualItem>[] = [];
const ENDED: readonly OrderStatus[] = ['FILLED', 'CANCELED', 'PARTIALLY_FILLED_CANCELED'];

/** The filters as their schemas have let them pass. */
interface KnownFilters {
  readonly orderCategory?: 'NORMAL' | 'CONDITIONAL';
  readonly symbol?: string;
  readonly startTime?: number;
  readonly endTime?: number;
  readonly orderId?: string;
  readonly clientOrderId?: string;
  readonly side?: 'BUY' | 'SELL';
  readonly status?: string;
  readonly positionSide?: 'BOTH' | 'LONG' | 'SHORT';
  readonly assetType?: string;
  readonly changeType?: string;
}

const filtersOf = ({ filters }: PageRequest): KnownFilters => filters as KnownFilters;

/** What every scan is asked: one item more than the page holds shows whether there is another. */
function scanOf(page: PageRequest): ScanFilter {
  const { symbol, startTime, endTime } = filtersOf(page);
  const { userIds, after, limit } = page;
  return {
    userIds,
    limit: limit + 1,
    ...defined({ after, symbol, startTimeMs: startTime, endTimeMs: endTime }),
  };
}

const orderPlace = ({ createdAtMs, orderId }: OrderRecord): ScanPlace => ({ timeMs: createdAtMs, id: orderId });

const isAfter = (place: ScanPlace, after: ScanPlace | undefined): boolean =>
  after === undefined || place.timeMs < after.timeMs || (place.timeMs === after.timeMs && place.id < after.id);

const newestFirst = (a: ScanPlace, b: ScanPlace): number => b.timeMs - a.timeMs || b.id - a.id;

/** This venue takes no condition orders. */
const isConditional = (page: PageRequest): boolean => filtersOf(page).orderCategory === 'CONDITIONAL';

export const perpetualCurrentOrders = perpetualQuery(
  agentOperations.perpetualCurrentOrders,
  async ({ node: { core } }, page) => {
    if (isConditional(page)) return NOTHING;
    const { userIds, after, limit } = page;
    const { symbol } = filtersOf(page);
    return userIds
      .flatMap((userId) => core.exchange.openOrders(userId, symbol))
      .map((order) => ({ order, place: orderPlace(order) }))
      .filter(({ place }) => isAfter(place, after))
      .toSorted((a, b) => newestFirst(a.place, b.place))
      .slice(0, limit + 1)
      .map(({ order, place }) => ({ item: currentOrderItem(core, order), place }));
  },
);

export const perpetualOrderHistory = perpetualQuery(
  agentOperations.perpetualOrderHistory,
  async ({ node: { core }, history }, page) => {
    const { orderId: orderIdText, clientOrderId, side, status } = filtersOf(page);
    const orderId = orderIdText === undefined ? undefined : internalId('order', orderIdText);
    const statuses = status === undefined ? ENDED : ENDED.filter((each) => each === status);
    const isOfNone = statuses.length === 0 || (orderIdText !== undefined && orderId === undefined);
    if (isConditional(page) || isOfNone) return NOTHING;
    const filter = { ...scanOf(page), statuses, ...defined({ orderId, clientOrderId, side }) };
    const found = await history.scan('orders', filter);
    return found.map((order) => ({ item: pastOrderItem(core, order), place: orderPlace(order) }));
  },
);

export const perpetualTrades = perpetualQuery(
  agentOperations.perpetualTrades,
  async ({ node: { core }, history }, page) => {
    const { orderId: orderIdText } = filtersOf(page);
    const orderId = orderIdText === undefined ? undefined : internalId('order', orderIdText);
    if (orderIdText !== undefined && orderId === undefined) return NOTHING;
    const found = await history.scan('fills', { ...scanOf(page), ...defined({ orderId }) });
    return found.map((fill) => ({
      item: fillItem(core, fill),
      place: { timeMs: fill.createdAtMs, id: fill.fillId },
    }));
  },
);

export const perpetualCurrentPositions = perpetualQuery(
  agentOperations.perpetualCurrentPositions,
  async ({ node: { core } }, page) => {
    const { userIds, after, limit } = page;
    const { symbol } = filtersOf(page);
    return userIds
      .flatMap((userId) => core.exchange.positions(userId, symbol).map((position) => ({ userId, position })))
      .map((each) => ({ ...each, place: { timeMs: each.position.openedAtMs, id: each.position.positionId } }))
      .filter(({ place }) => isAfter(place, after))
      .toSorted((a, b) => newestFirst(a.place, b.place))
      .slice(0, limit + 1)
      .map(({ userId, position, place }) => ({ item: currentPositionItem(core, { userId, position }), place }));
  },
);

export const perpetualPositionHistory = perpetualQuery(
  agentOperations.perpetualPositionHistory,
  async ({ node: { core }, history }, page) => {
    const { positionSide } = filtersOf(page);
    const found = await history.scan('closed-positions', { ...scanOf(page), ...defined({ positionSide }) });
    return found.map((closed) => ({
      item: pastPositionItem(core, closed),
      place: { timeMs: closed.closedAtMs, id: closed.positionId },
    }));
  },
);

export const perpetualAccountLedger = perpetualQuery(
  agentOperations.perpetualAccountLedger,
  async ({ node: { core }, history }, page) => {
    const { assetType = WALLET_ASSET, changeType } = filtersOf(page);
    if (assetType !== WALLET_ASSET) return NOTHING;
    const found = await history.scan('ledger', { ...scanOf(page), ...defined({ changeType }) });
    return found.map((entry) => ({
      item: ledgerItem(core, entry),
      place: { timeMs: entry.createdAtMs, id: entry.entryId },
    }));
  },
);
