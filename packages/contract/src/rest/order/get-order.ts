import { Type } from 'typebox';
import { defineRoute, NO_FIELDS } from '../define-route.ts';
import { orderReference } from './fields.ts';
import { OrderView } from './order-view.ts';
import { orderReferenceProblem } from './rules.ts';

/** One order; with both ids, both must match. */
export const getOrder = defineRoute({
  method: 'GET',
  path: '/v1/private/order',
  auth: 'T',
  rateLimit: 'private',
  summary: 'One order, by orderId, clientOrderId or both',
  query: Type.Object({ ...orderReference }),
  queryRule: orderReferenceProblem,
  body: NO_FIELDS,
  data: OrderView,
  errors: ['ORDER_NOT_FOUND', 'SYMBOL_NOT_TRADING'],
});
