import { Type } from 'typebox';
import { defineRoute, NO_FIELDS } from '../define-route.ts';
import { orderReference } from './fields.ts';
import { OrderReply } from './order-reply.ts';
import { orderReferenceProblem } from './rules.ts';

/** Cancels an order and answers with its final state. */
export const cancelOrder = defineRoute({
  method: 'POST',
  path: '/v1/private/order/cancel',
  auth: 'T',
  rateLimit: 'cancel',
  summary: 'Cancel an order',
  query: NO_FIELDS,
  body: Type.Object({ ...orderReference }, { additionalProperties: false }),
  bodyRule: orderReferenceProblem,
  data: OrderReply,
  errors: ['ORDER_NOT_FOUND', 'ORDER_NOT_CANCELABLE', 'SYMBOL_NOT_TRADING'],
});
