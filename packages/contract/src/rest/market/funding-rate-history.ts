import { Type } from 'typebox';
import { price, signedRatio, symbolName, timestampMs } from '../../scalars.ts';
import { defineRoute, NO_FIELDS } from '../define-route.ts';
import { pageFields, timeFields, total } from '../paging.ts';

/** One settled funding. */
export const SettledFundingView = Type.Object({
  symbol: symbolName(),
  fundingRate: signedRatio('Rate that was settled; longs paid it when positive'),
  fundingTime: timestampMs('Time of the settlement'),
  markPrice: price('Mark price that it was settled at'),
});

/** The settled fundings of a symbol. */
export const getFundingRateHistory = defineRoute({
  method: 'GET',
  path: '/v1/public/market/funding-rate/history',
  auth: '-',
  rateLimit: 'public',
  summary: 'Settled funding rates of a symbol, newest first',
  query: Type.Object({ symbol: symbolName(), ...timeFields, ...pageFields }),
  body: NO_FIELDS,
  data: Type.Object({
    list: Type.Array(SettledFundingView, { description: 'Settled fundings, newest first' }),
    total: total(),
  }),
  errors: ['SYMBOL_NOT_TRADING'],
});
