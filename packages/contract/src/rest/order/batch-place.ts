import { Type } from 'typebox';
import { defineRoute, NO_FIELDS } from '../define-route.ts';
import { BatchReply } from './order-reply.ts';
import { PlaceOrderBody } from './place-body.ts';
import { PLACE_ERRORS } from './place-errors.ts';

/** Orders of one batch. */
export const BATCH_PLACE_MAX = 20;

const ordersDescription = 'Orders, worked off in this order, each with a result of its own';
const ordersBounds = { minItems: 1, maxItems: BATCH_PLACE_MAX, description: ordersDescription };

/**
 * Places up to 20 orders. A malformed item fails alone, so the items are checked one by one with the validator of
 * `placeOrder`; the form of the batch itself fails as a whole.
 */
export const batchPlaceOrders = defineRoute({
  method: 'POST',
  path: '/v1/private/order/batch-place',
  auth: 'T',
  rateLimit: 'order',
  summary: 'Place up to 20 orders, each with its own result',
  query: NO_FIELDS,
  body: Type.Object(
    {
      orders: Type.Array(
        Type.Unknown({ description: 'Fields of place', examples: [{ symbol: 'BTCUSDT' }] }),
        ordersBounds,
      ),
    },
    { additionalProperties: false },
  ),
  documentedBody: Type.Object({ orders: Type.Array(PlaceOrderBody, ordersBounds) }, { additionalProperties: false }),
  data: BatchReply,
  errors: PLACE_ERRORS,
});
