import { Type } from 'typebox';
import { CONDITION_STATUSES, ORDER_STATUSES, STRATEGY_STATUSES, STRATEGY_TYPES } from '../../enums.ts';
import { count, id64, oneOf, timestampMs } from '../../scalars.ts';
import { defineRoute, NO_FIELDS } from '../define-route.ts';
import { ConditionView } from './condition-view.ts';
import { OrderView } from './order-view.ts';

/** Status of a sub-order: that of its order, else of the condition order that has placed none; empty when neither is kept. */
export const subOrderStatus = () =>
  oneOf(
    [...new Set([...ORDER_STATUSES, ...CONDITION_STATUSES, '' as const])],
    'Status of its order, else of its condition order',
  );

/** One order of a strategy: a normal one, or a condition order with the order that it has placed. */
export const SubOrderView = Type.Object({
  strategySubId: count('Number of the sub-order in its strategy'),
  status: subOrderStatus(),
  order: Type.Optional(OrderView),
  condition: Type.Optional(ConditionView),
});

/** One strategy, working or ended in the last 24 hours. */
export const getStrategy = defineRoute({
  method: 'GET',
  path: '/v1/private/order/strategy',
  auth: 'T',
  rateLimit: 'private',
  summary: 'One strategy with its orders',
  query: Type.Object({ strategyId: id64('Id of the strategy') }),
  body: NO_FIELDS,
  data: Type.Object({
    strategyId: id64('Id of the strategy'),
    strategyType: oneOf(STRATEGY_TYPES, 'Type'),
    strategyStatus: oneOf(STRATEGY_STATUSES, 'Status'),
    bookTime: timestampMs('Time of acceptance'),
    subOrders: Type.Array(SubOrderView, { description: 'Orders of the strategy, as they were sent' }),
    updateTime: timestampMs('Time of the last change'),
  }),
  errors: ['ORDER_NOT_FOUND'],
});
