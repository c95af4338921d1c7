import { CURRENT_ORDERS_LIMIT_DEFAULT, operations } from '@openvenue/contract';
import { answer, fail } from '../../failure.ts';
import { privateEndpoint } from '../../http/endpoint.ts';
import { internalId } from '../../ids.ts';
import { refuseUnknownSymbol } from '../known-symbol.ts';
import { showOrder } from './views.ts';

/** It says where a page begins, so that an id which no order has is a wrong value, not an order that was not found. */
const NO_ORDER_ID = { field: 'lastOrderId', rule: 'the id of an order' };

export const getCurrentOrders = privateEndpoint(operations.getCurrentOrders, (venue, { query, principal }) => {
  const { symbol, limit = CURRENT_ORDERS_LIMIT_DEFAULT, lastOrderId } = query;
  const refused = refuseUnknownSymbol(venue, symbol);
  if (refused !== undefined) return refused;
  const before = lastOrderId === undefined ? Number.POSITIVE_INFINITY : internalId('order', lastOrderId);
  if (before === undefined) return fail('PARAMETER_INVALID', { details: NO_ORDER_ID });
  const { exchange } = venue.node.core;
  const open = [
    ...exchange.openOrders(principal.userId, symbol),
    ...exchange.waitingOrders(principal.userId, symbol),
  ].sort((a, b) => b.orderId - a.orderId);
  const older = open.filter((order) => order.orderId < before);
  return answer({ list: older.slice(0, limit).map((order) => showOrder(venue, order)), total: open.length });
});
