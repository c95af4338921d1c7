import { operations } from '@openvenue/contract';
import { defined } from '../../defined.ts';
import { answer } from '../../failure.ts';
import { privateEndpoint } from '../../http/endpoint.ts';
import { internalId } from '../../ids.ts';
import { askHistory, historyPageOf } from '../history.ts';
import { refuseUnknownSymbol } from '../known-symbol.ts';
import { showFill } from './views.ts';

export const getOrderTrades = privateEndpoint(operations.getOrderTrades, async (venue, { query, principal }) => {
  const { symbol, startTime: startTimeMs, endTime: endTimeMs } = query;
  const refused = refuseUnknownSymbol(venue, symbol);
  if (refused !== undefined) return refused;
  const orderId = query.orderId === undefined ? undefined : internalId('order', query.orderId);
  if (query.orderId !== undefined && orderId === undefined) return answer({ list: [], total: 0 });
  const filter = {
    ...defined({ symbol, orderId, startTimeMs, endTimeMs }),
    atLeastSequence: venue.node.core.sequence,
  };
  const rows = await askHistory(venue.history.fills(principal.userId, filter, historyPageOf(query)));
  if (!rows.ok) return rows;
  const { list, total } = rows.value;
  return answer({ list: list.map((fill) => showFill(venue, fill)), total });
});
