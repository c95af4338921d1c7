import { ORDER_STATUS_BY_FILTER, ORDER_TYPE_BY_FILTER, operations, SIDE_BY_FILTER } from '@openvenue/contract';
import type { OrderStatus, OrderType, Side } from '@openvenue/core';
import { defined } from '../../defined.ts';
import { answer } from '../../failure.ts';
import { privateEndpoint } from '../../http/endpoint.ts';
import { internalId } from '../../ids.ts';
import { askHistory, historyPageOf } from '../history.ts';
import { refuseUnknownSymbol } from '../known-symbol.ts';
import { showOrder } from './views.ts';

const TYPES: Readonly<Record<number, OrderType>> = ORDER_TYPE_BY_FILTER;
const SIDES: Readonly<Record<number, Side>> = SIDE_BY_FILTER;
const STATUSES: Readonly<Record<number, OrderStatus>> = ORDER_STATUS_BY_FILTER;

export const getOrderHistory = privateEndpoint(operations.getOrderHistory, async (venue, { query, principal }) => {
  const { symbol, clientOrderId, startTime: startTimeMs, endTime: endTimeMs } = query;
  const refused = refuseUnknownSymbol(venue, symbol);
  if (refused !== undefined) return refused;
  const orderId = query.orderId === undefined ? undefined : internalId('order', query.orderId);
  const type = query.type === undefined ? undefined : TYPES[query.type];
  const side = query.side === undefined ? undefined : SIDES[query.side];
  const status = query.status === undefined ? undefined : STATUSES[query.status];
  if (query.orderId !== undefined && orderId === undefined) return answer({ list: [], total: 0 });
  const filter = {
    ...defined({ symbol, orderId, clientOrderId, type, side, status, startTimeMs, endTimeMs }),
    atLeastSequence: venue.node.core.sequence,
  };
  const rows = await askHistory(venue.history.orders(principal.userId, filter, historyPageOf(query)));
  if (!rows.ok) return rows;
  const { list, total } = rows.value;
  return answer({ list: list.map((order) => showOrder(venue, order)), total });
});
