import { Type } from 'typebox';
import { symbolName } from '../../scalars.ts';
import { defineRoute, NO_FIELDS } from '../define-route.ts';
import { TradeView } from './trade.ts';

/** Trades when no limit is given. */
export const TRADES_LIMIT_DEFAULT = 50;
/** Most trades that one call can ask for. */
export const TRADES_LIMIT_MAX = 1_000;

/** The last trades of a symbol. */
export const getTrades = defineRoute({
  method: 'GET',
  path: '/v1/public/market/trades',
  auth: '-',
  rateLimit: 'public',
  summary: 'Last trades',
  query: Type.Object({
    symbol: symbolName(),
    limit: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: TRADES_LIMIT_MAX,
        default: TRADES_LIMIT_DEFAULT,
        description: 'Number of trades',
        'x-unit': 'count',
        examples: [50],
      }),
    ),
  }),
  body: NO_FIELDS,
  data: Type.Object({ list: Type.Array(TradeView, { description: 'Trades, newest first' }) }),
  errors: ['SYMBOL_NOT_TRADING'],
});
