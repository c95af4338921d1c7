import { defineRoute, NO_FIELDS } from '../define-route.ts';
import { OrderReply } from './order-reply.ts';
import { PlaceOrderBody } from './place-body.ts';
import { PLACE_ERRORS } from './place-errors.ts';
import { placeOrderProblem } from './rules.ts';

/** Places an order. Repeating the call with the same clientOrderId is harmless (3015). */
export const placeOrder = defineRoute({
  method: 'POST',
  path: '/v1/private/order/place',
  auth: 'T',
  rateLimit: 'order',
  summary: 'Place an order',
  query: NO_FIELDS,
  body: PlaceOrderBody,
  bodyRule: placeOrderProblem,
  data: OrderReply,
  errors: PLACE_ERRORS,
});
