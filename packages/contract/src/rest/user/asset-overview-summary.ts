import { Type } from 'typebox';
import { defineRoute, NO_FIELDS } from '../define-route.ts';
import { overviewFields } from './account-figures.ts';

/** How the user has done, in figures alone. */
export const getAssetOverviewSummary = defineRoute({
  method: 'GET',
  path: '/v1/private/user/asset/overview/summary',
  auth: 'R',
  rateLimit: 'private',
  summary: 'Profit, volume, drawdown and transfers',
  query: NO_FIELDS,
  body: NO_FIELDS,
  data: Type.Object(overviewFields),
  errors: [],
});
