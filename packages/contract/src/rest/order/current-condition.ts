import { Type } from 'typebox';
import { symbolName } from '../../scalars.ts';
import { defineRoute, NO_FIELDS } from '../define-route.ts';
import { total } from '../paging.ts';
import { ConditionView } from './condition-view.ts';

/** The condition orders of the user that wait for a price or for their strategy. */
export const getCurrentConditions = defineRoute({
  method: 'GET',
  path: '/v1/private/order/current-condition',
  auth: 'T',
  rateLimit: 'private',
  summary: 'Open condition orders, newest first',
  query: Type.Object({ symbol: Type.Optional(symbolName('Only this symbol')) }),
  body: NO_FIELDS,
  data: Type.Object({
    list: Type.Array(ConditionView, { description: 'Condition orders, newest first' }),
    total: total(),
  }),
  errors: ['SYMBOL_NOT_TRADING'],
});
