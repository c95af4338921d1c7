import { operations } from '@openvenue/contract';
import type { Ticker } from '@openvenue/views';
import { answer } from '../../failure.ts';
import { publicEndpoint } from '../../http/endpoint.ts';
import { tickerView } from '../../mapping/market.ts';

import { refuseUnknownSymbol } from '../known-symbol.ts';

export const getTicker = publicEndpoint(operations.getTicker, (venue, { query }) => {
  const refused = refuseUnknownSymbol(venue, query.symbol);
  if (refused !== undefined) return refused;
  const { market, node } = venue;
  const one = query.symbol === undefined ? undefined : market.ticker(query.symbol);
  const tickers: readonly Ticker[] = query.symbol === undefined ? market.tickers() : one === undefined ? [] : [one];
  const list = tickers.flatMap((ticker) => {
    const parameters = node.core.exchange.symbol(ticker.symbol)?.parameters;
    return parameters === undefined ? [] : [tickerView(ticker, parameters)];
  });
  return answer({ list });
});
