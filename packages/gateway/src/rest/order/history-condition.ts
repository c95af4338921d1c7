import { CONDITION_STATUS_BY_FILTER, operations, SIDE_BY_FILTER } from '@openvenue/contract';
import type { ConditionStatus, Side } from '@openvenue/core';
import { defined } from '../../defined.ts';
import { answer } from '../../failure.ts';
import { privateEndpoint } from '../../http/endpoint.ts';
import { askHistory, historyPageOf } from '../history.ts';
import { refuseUnknownSymbol } from '../known-symbol.ts';
import { showCondition } from './views.ts';

const SIDES: Readonly<Record<number, Side>> = SIDE_BY_FILTER;
const STATUSES: Readonly<Record<number, ConditionStatus>> = CONDITION_STATUS_BY_FILTER;

export const getConditionHistory = privateEndpoint(
  operations.getConditionHistory,
  async (venue, { query, principal }) => {
    const { symbol, startTime: startTimeMs, endTime: endTimeMs } = query;
    const refused = refuseUnknownSymbol(venue, symbol);
    if (refused !== undefined) return refused;
    const side = query.side === undefined ? undefined : SIDES[query.side];
    const status = query.status === undefined ? undefined : STATUSES[query.status];
    const filter = {
      ...defined({ symbol, side, status, startTimeMs, endTimeMs }),
      atLeastSequence: venue.node.core.sequence,
    };
    const rows = await askHistory(venue.history.conditions(principal.userId, filter, historyPageOf(query)));
    if (!rows.ok) return rows;
    const { list, total } = rows.value;
    return answer({ list: list.map((condition) => showCondition(venue, condition)), total });
  },
);
