import { agentOperations } from '@openvenue/contract';
import type { ConditionRecord, ConditionStatus, OrderRecord, OrderStatus } from '@openvenue/core';
import type { ScanFilter, ScanPlace } from '@openvenue/views';
import { defined } from '../../defined.ts';
import { internalId } from '../../ids.ts';
import { WALLET_ASSET } from '../../mapping/ledger.ts';
import {
  currentConditionItem,
  currentOrderItem,
  currentPositionItem,
  fillItem,
  ledgerItem,
  type PerpetualItem,
  pastConditionItem,
  pastOrderItem,
  pastPositionItem,
} from '../../mapping/perpetual.ts';
import type { Venue } from '../../venue.ts';
import type { PageRequest, Placed } from './page.ts';
import { perpetualQuery } from './perpetual-query.ts';

const NOTHING: readonly Placed<PerpetualItem>[] = [];
const ENDED: readonly OrderStatus[] = ['FILLED', 'CANCELED', 'REJECTED', 'PARTIALLY_FILLED_CANCELED'];
const ENDED_CONDITIONS: readonly ConditionStatus[] = ['TRIGGERED', 'CANCELLED', 'REJECTED', 'FIRED'];

/** The filters as their schemas have let them pass. */
interface KnownFilters {
  readonly orderCategory?: 'NORMAL' | 'CONDITIONAL';
  readonly symbol?: string;
  readonly startTime?: number;
  readonly endTime?: number;
  readonly orderId?: string;
  readonly conditionId?: string;
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
  const { of, after, limit } = page;
  return {
    of,
    limit: limit + 1,
    ...defined({ after, symbol, startTimeMs: startTime, endTimeMs: endTime }),
  };
}

const orderPlace = ({ createdAtMs, orderId }: OrderRecord): ScanPlace => ({ timeMs: createdAtMs, id: orderId });

const conditionPlace = ({ createdAtMs, conditionId }: ConditionRecord): ScanPlace => ({
  timeMs: createdAtMs,
  id: conditionId,
});

const isAfter = (place: ScanPlace, after: ScanPlace | undefined): boolean =>
  after === undefined || place.timeMs < after.timeMs || (place.timeMs === after.timeMs && place.id < after.id);

const newestFirst = (a: ScanPlace, b: ScanPlace): number => b.timeMs - a.timeMs || b.id - a.id;

const isConditional = (page: PageRequest): boolean => filtersOf(page).orderCategory === 'CONDITIONAL';

/** The items of a page out of all that there are now, and one more when there is one. */
function pageOfAll<Item>(all: readonly Placed<Item>[], { after, limit }: PageRequest): readonly Placed<Item>[] {
  return all
    .filter(({ place }) => isAfter(place, after))
    .toSorted((a, b) => newestFirst(a.place, b.place))
    .slice(0, limit + 1);
}

export const perpetualCurrentOrders = perpetualQuery(
  agentOperations.perpetualCurrentOrders,
  async ({ node: { core } }, page) => {
    const { symbol } = filtersOf(page);
    if (isConditional(page)) {
      const conditions = page.userIds.flatMap((userId) => core.exchange.openConditions(userId, symbol));
      const placed = conditions.map((item) => ({ item, place: conditionPlace(item) }));
      return pageOfAll(placed, page).map(({ item, place }) => ({ item: currentConditionItem(core, item), place }));
    }
    const orders = page.userIds.flatMap((userId) => core.exchange.openOrders(userId, symbol));
    const placed = orders.map((item) => ({ item, place: orderPlace(item) }));
    return pageOfAll(placed, page).map(({ item, place }) => ({ item: currentOrderItem(core, item), place }));
  },
);

export const perpetualOrderHistory = perpetualQuery(agentOperations.perpetualOrderHistory, (venue, page) =>
  isConditional(page) ? pastConditions(venue, page) : pastOrders(venue, page),
);

async function pastOrders(
  { node: { core }, history }: Venue,
  page: PageRequest,
): Promise<readonly Placed<PerpetualItem>[]> {
  const { orderId: orderIdText, clientOrderId, side, status } = filtersOf(page);
  const orderId = orderIdText === undefined ? undefined : internalId('order', orderIdText);
  const statuses = status === undefined ? ENDED : ENDED.filter((each) => each === status);
  if (statuses.length === 0 || (orderIdText !== undefined && orderId === undefined)) return NOTHING;
  const filter = { ...scanOf(page), statuses, ...defined({ orderId, clientOrderId, side }) };
  const found = await history.scan('orders', filter);
  return found.map((order) => ({ item: pastOrderItem(core, order), place: orderPlace(order) }));
}

async function pastConditions(
  { node: { core }, history }: Venue,
  page: PageRequest,
): Promise<readonly Placed<PerpetualItem>[]> {
  const { conditionId: conditionIdText, clientOrderId, side, status } = filtersOf(page);
  const conditionId = conditionIdText === undefined ? undefined : internalId('condition', conditionIdText);
  const statuses = status === undefined ? ENDED_CONDITIONS : ENDED_CONDITIONS.filter((each) => each === status);
  if (statuses.length === 0 || (conditionIdText !== undefined && conditionId === undefined)) return NOTHING;
  const filter = { ...scanOf(page), statuses, ...defined({ conditionId, clientOrderId, side }) };
  const found = await history.scan('conditions', filter);
  return found.map((condition) => ({ item: pastConditionItem(core, condition), place: conditionPlace(condition) }));
}

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
    const { symbol } = filtersOf(page);
    const placed = page.userIds
      .flatMap((userId) => core.exchange.positions(userId, symbol).map((position) => ({ userId, position })))
      .map((item) => ({ item, place: { timeMs: item.position.openedAtMs, id: item.position.positionId } }));
    return pageOfAll(placed, page).map(({ item, place }) => ({ item: currentPositionItem(core, item), place }));
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
