import { Type } from 'typebox';
import { defineRoute, NO_FIELDS } from '../define-route.ts';
import { cancelOrder } from './cancel.ts';
import { BatchReply } from './order-reply.ts';

/** Orders of one batch of cancels. */
export const BATCH_CANCEL_MAX = 50;

const ordersBounds = {
  minItems: 1,
  maxItems: BATCH_CANCEL_MAX,
  description: 'Orders to cancel, in this order, each with a result of its own',
};

/** Cancels up to 50 orders. As in every batch a malformed item fails alone, checked with the validator of `cancelOrder`. */
export const batchCancelOrders = defineRoute({
  method: 'POST',
  path: '/v1/private/order/batch-cancel',
  auth: 'T',
  rateLimit: 'cancel',
  summary: 'Cancel up to 50 orders, each with its own result',
  query: NO_FIELDS,
  body: Type.Object(
    {
      orders: Type.Array(
        Type.Unknown({ description: 'Fields of cancel', examples: [{ symbol: 'BTCUSDT', orderId: '1' }] }),
        ordersBounds,
      ),
    },
    { additionalProperties: false },
  ),
  documentedBody: Type.Object({ orders: Type.Array(cancelOrder.body, ordersBounds) }, { additionalProperties: false }),
  data: BatchReply,
  errors: ['ORDER_NOT_FOUND', 'ORDER_NOT_CANCELABLE', 'SYMBOL_NOT_TRADING'],
});
