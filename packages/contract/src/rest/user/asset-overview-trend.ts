import { Type } from 'typebox';
import { defineRoute, NO_FIELDS } from '../define-route.ts';
import { overviewQuery, trendItems } from './trade-overview.ts';

/** The course of balance and profit. */
export const getAssetOverviewTrend = defineRoute({
  method: 'GET',
  path: '/v1/private/user/asset/overview/trend',
  auth: 'R',
  rateLimit: 'private',
  summary: 'Balance and profit by hour or day',
  query: overviewQuery,
  body: NO_FIELDS,
  data: Type.Object({ items: trendItems }),
  errors: [],
});
