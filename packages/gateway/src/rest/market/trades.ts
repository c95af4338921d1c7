import { operations, TRADES_LIMIT_DEFAULT } from '@openvenue/contract';
import { answer } from '../../failure.ts';
import { publicEndpoint } from '../../http/endpoint.ts';
import { tradeView } from '../../mapping/market.ts';
import { readSymbol } from '../known-symbol.ts';

export const getTrades = publicEndpoint(operations.getTrades, (venue, { query }) => {
  const known = readSymbol(venue, query.symbol);
  if (!known.ok) return known;
  const trades = venue.market.trades(query.symbol, query.limit ?? TRADES_LIMIT_DEFAULT) ?? [];
  return answer({ list: trades.map((trade) => tradeView(trade, known.parameters)) });
});
