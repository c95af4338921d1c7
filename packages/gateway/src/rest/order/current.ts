import { CURRENT_ORDERS_LIMIT_DEFAULT, operations } from '@openvenue/contract';
import { answer, fail } from '../../failure.ts';
import { privateEndpoint } from '../../http/endpoint.ts';
import { internalId } from '../../ids.ts';
import { refuseUnknownSymbol } from '../known-symbol.ts';
import { showOrder } from './views.ts';

export const getCurrentOrders = privateEndpoint(operations.getCurrentOrders, (venue, { query, principal }) => {
  const { symbol, limit = CURRENT_ORDERS_LIMIT_DEFAULT, lastOrderId } = query;
  const refused = refuseUnknownSymbol(venue, symbol);
  if (refused !== undefined) return refused;
  const before = lastOrderId === undefined ? Number.POSITIVE_INFINITY : internalId('order', lastOrderId);
  if (before === undefined) return fail('ORDER_NOT_FOUND', { details: { field: 'lastOrderId' } });
  const { exchange } = venue.node.core;
  const open = [
    ...exchange.openOrders(principal.userId, symbol),
    ...exchange.waitingOrders(principal.userId, symbol),
  ].sort((a, b) => b.orderId - a.orderId);
  const older = open.filter((order) => order.orderId < before);
  return answer({ list: older.slice(0, limit).map((order) => showOrder(venue, order)), total: open.length });
});
