import { Type } from 'typebox';
import { symbolName } from '../../scalars.ts';
import { defineRoute, NO_FIELDS } from '../define-route.ts';
import { TickerView } from './ticker-view.ts';

/** Tickers of one symbol or of all. */
export const getTicker = defineRoute({
  method: 'GET',
  path: '/v1/public/market/ticker',
  auth: '-',
  rateLimit: 'public',
  summary: 'Ticker of a symbol, or of all',
  query: Type.Object({ symbol: Type.Optional(symbolName('Only this symbol')) }),
  body: NO_FIELDS,
  data: Type.Object({ list: Type.Array(TickerView, { description: 'Tickers' }) }),
  errors: ['SYMBOL_NOT_TRADING'],
});
