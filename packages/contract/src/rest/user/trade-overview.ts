import { Type } from 'typebox';
import { OVERVIEW_TYPES } from '../../enums.ts';
import { oneOf } from '../../scalars.ts';
import { defineRoute, NO_FIELDS } from '../define-route.ts';
import { overviewFields, trendFields } from './account-figures.ts';

/** `type` of the overview and the trend. */
export const overviewQuery = Type.Object({
  type: oneOf(
    OVERVIEW_TYPES,
    'Stretch of the items: 24 hours by hour, or 7, 30, 90, 180 or 365 days by day; the running one counts',
  ),
});

export const trendItems = Type.Array(Type.Object(trendFields), {
  description: 'Hours or days of the stretch, newest first, back to the first change of the wallet',
});

/** How the user has done. */
export const getTradeOverview = defineRoute({
  method: 'GET',
  path: '/v1/private/user/trade-overview',
  auth: 'R',
  rateLimit: 'private',
  summary: 'Profit, volume, drawdown and transfers, with their course over a stretch',
  query: overviewQuery,
  body: NO_FIELDS,
  data: Type.Object({ ...overviewFields, items: trendItems }),
  errors: [],
});
