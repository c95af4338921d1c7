import { Type } from 'typebox';
import { KLINE_INTERVALS, KLINE_PRICE_TYPES } from '../../enums.ts';
import { oneOf, symbolName } from '../../scalars.ts';
import { defineRoute, NO_FIELDS } from '../define-route.ts';
import { timeFields } from '../paging.ts';
import { KlineView } from './kline-view.ts';

/** Candles when no limit is given. */
export const KLINES_LIMIT_DEFAULT = 500;
/** Candles a reply holds at most. */
export const KLINES_LIMIT_MAX = 1_000;

/** The candles of a symbol. */
export const getKlines = defineRoute({
  method: 'GET',
  path: '/v1/public/market/klines',
  auth: '-',
  rateLimit: 'public',
  summary: 'Candles',
  query: Type.Object({
    symbol: symbolName(),
    interval: oneOf(KLINE_INTERVALS, 'Length of a candle; 1M is a month'),
    priceType: Type.Optional(
      oneOf(KLINE_PRICE_TYPES, 'Candles of the index or mark price; left out: of the prices of trades'),
    ),
    ...timeFields,
    limit: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: KLINES_LIMIT_MAX,
        default: KLINES_LIMIT_DEFAULT,
        description: 'Number of candles',
        'x-unit': 'count',
        examples: [500],
      }),
    ),
  }),
  body: NO_FIELDS,
  data: Type.Object({ list: Type.Array(KlineView, { description: 'Candles, oldest first' }) }),
  errors: ['SYMBOL_NOT_TRADING'],
});
