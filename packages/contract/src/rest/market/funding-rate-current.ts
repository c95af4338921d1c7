import { Type } from 'typebox';
import { price, signedRatio, symbolName, timestampMs } from '../../scalars.ts';
import { defineRoute, NO_FIELDS } from '../define-route.ts';
import { pageFields, total } from '../paging.ts';

/** The funding that comes next. */
export const CurrentFundingView = Type.Object({
  symbol: symbolName(),
  fundingRate: signedRatio('Estimate of the next rate; longs pay it when positive'),
  nextFundingTime: timestampMs('Time of the next funding; 0 before the first price'),
  markPrice: price('Mark price'),
  indexPrice: price('Index price'),
});

/** The next funding of one symbol or of all. */
export const getCurrentFundingRates = defineRoute({
  method: 'GET',
  path: '/v1/public/market/funding-rate/current',
  auth: '-',
  rateLimit: 'public',
  summary: 'Estimated funding rate of a symbol, or of all',
  query: Type.Object({ symbol: Type.Optional(symbolName('Only this symbol')), ...pageFields }),
  body: NO_FIELDS,
  data: Type.Object({
    list: Type.Array(CurrentFundingView, { description: 'Next fundings, in listing order' }),
    total: total(),
  }),
  errors: ['SYMBOL_NOT_TRADING'],
});
