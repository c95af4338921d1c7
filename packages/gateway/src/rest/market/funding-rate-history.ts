import { operations } from '@openvenue/contract';
import { defined } from '../../defined.ts';
import { answer } from '../../failure.ts';
import { publicEndpoint } from '../../http/endpoint.ts';
import { settledFundingView } from '../../mapping/funding.ts';
import { askHistory, historyPageOf } from '../history.ts';
import { readSymbol } from '../known-symbol.ts';

export const getFundingRateHistory = publicEndpoint(operations.getFundingRateHistory, async (venue, { query }) => {
  const { symbol, startTime: startTimeMs, endTime: endTimeMs } = query;
  const known = readSymbol(venue, symbol);
  if (!known.ok) return known;
  const filter = { symbol, ...defined({ startTimeMs, endTimeMs }), atLeastSequence: venue.node.core.sequence };
  const rows = await askHistory(venue.history.fundings(filter, historyPageOf(query)));
  if (!rows.ok) return rows;
  const { list, total } = rows.value;
  return answer({ list: list.map((settlement) => settledFundingView(settlement, known.parameters)), total });
});
