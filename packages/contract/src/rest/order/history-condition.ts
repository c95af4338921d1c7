import { Type } from 'typebox';
import { count, symbolName } from '../../scalars.ts';
import { defineRoute, NO_FIELDS } from '../define-route.ts';
import { pageFields, timeFields, total } from '../paging.ts';
import { ConditionView } from './condition-view.ts';

/** The condition orders of the user, open and ended. */
export const getConditionHistory = defineRoute({
  method: 'GET',
  path: '/v1/private/order/history-condition',
  auth: 'T',
  rateLimit: 'private',
  summary: 'Condition orders by time of acceptance, newest first',
  query: Type.Object({
    symbol: Type.Optional(symbolName('Only this symbol')),
    side: Type.Optional(count('Only this side: 1 BUY, 2 SELL', 1, 2)),
    status: Type.Optional(
      count(
        'Only this status: 1 PENDING_ACTIVATION, 2 PENDING, 3 TRIGGERING, 4 TRIGGERED, 5 CANCELLED, 6 REJECTED, 7 FIRED',
        1,
        7,
      ),
    ),
    ...timeFields,
    ...pageFields,
  }),
  body: NO_FIELDS,
  data: Type.Object({
    list: Type.Array(ConditionView, { description: 'Condition orders, newest first' }),
    total: total(),
  }),
  errors: ['SYMBOL_NOT_TRADING'],
});
