import { Type } from 'typebox';
import { count, symbolName } from '../../scalars.ts';
import { defineRoute, NO_FIELDS } from '../define-route.ts';
import { priceLevels } from './price-level.ts';

/** Levels of each side when no limit is given. */
export const DEPTH_LIMIT_DEFAULT = 100;

/** The book of a symbol. */
export const getDepth = defineRoute({
  method: 'GET',
  path: '/v1/public/market/depth',
  auth: '-',
  rateLimit: 'public',
  summary: 'Order book by price level',
  query: Type.Object({
    symbol: symbolName(),
    limit: Type.Optional(
      Type.Integer({
        minimum: 5,
        maximum: 1_000,
        default: DEPTH_LIMIT_DEFAULT,
        description: 'Levels of each side',
        'x-unit': 'count',
        examples: [100],
      }),
    ),
  }),
  body: NO_FIELDS,
  data: Type.Object({
    version: count('Version of the book; comparable with the versions of the depth topic'),
    bids: priceLevels('Buy levels, highest price first'),
    asks: priceLevels('Sell levels, lowest price first'),
  }),
  errors: ['SYMBOL_NOT_TRADING'],
});
