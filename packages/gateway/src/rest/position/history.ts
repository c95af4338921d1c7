import { operations } from '@openvenue/contract';
import { defined } from '../../defined.ts';
import { answer } from '../../failure.ts';
import { privateEndpoint } from '../../http/endpoint.ts';
import { closedPositionView } from '../../mapping/position.ts';
import { askHistory, historyPageOf } from '../history.ts';
import { parametersOf, refuseUnknownSymbol } from '../known-symbol.ts';

export const getPositionHistory = privateEndpoint(
  operations.getPositionHistory,
  async (venue, { query, principal }) => {
    const { symbol, side: direction, startTime: startTimeMs, endTime: endTimeMs } = query;
    const refused = refuseUnknownSymbol(venue, symbol);
    if (refused !== undefined) return refused;
    const filter = {
      ...defined({ symbol, direction, startTimeMs, endTimeMs }),
      atLeastSequence: venue.node.core.sequence,
    };
    const rows = await askHistory(venue.history.closedPositions(principal.userId, filter, historyPageOf(query)));
    if (!rows.ok) return rows;
    const { list, total } = rows.value;
    return answer({
      list: list.map((closed) => closedPositionView(closed, parametersOf(venue, closed.symbol))),
      total,
    });
  },
);
