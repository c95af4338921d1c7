import { Type } from 'typebox';
import { id64, price, quantity, symbolName } from '../../scalars.ts';
import { compileValidator } from '../../validation.ts';
import { defineRoute, NO_FIELDS } from '../define-route.ts';
import { MOVE_ERRORS } from './move.ts';
import { BatchReply } from './order-reply.ts';
import { moveOrderProblem } from './rules.ts';

/** Orders of one batch of moves. */
export const BATCH_MOVE_MAX = 20;

const ordersBounds = {
  minItems: 1,
  maxItems: BATCH_MOVE_MAX,
  description: 'Changes, worked off in this order, each with a result of its own',
};

const MoveItem = Type.Object(
  {
    orderId: id64('Id of the order'),
    price: Type.Optional(price('New limit price')),
    quantity: Type.Optional(quantity('New total quantity, what has filled included')),
  },
  { additionalProperties: false },
);

/** Checks one item of `batchMoveOrders`. */
export const moveItemValidator = compileValidator(MoveItem, moveOrderProblem);

/** Amends up to 20 orders of a symbol. A malformed item fails alone. */
export const batchMoveOrders = defineRoute({
  method: 'POST',
  path: '/v1/private/order/batch-move',
  auth: 'T',
  rateLimit: 'order',
  summary: 'Change price or quantity of up to 20 open orders, each with its own result',
  query: NO_FIELDS,
  body: Type.Object(
    {
      symbol: symbolName(),
      orders: Type.Array(
        Type.Unknown({ description: 'A change of an order', examples: [{ orderId: '1', price: '60000.5' }] }),
        ordersBounds,
      ),
    },
    { additionalProperties: false },
  ),
  documentedBody: Type.Object(
    { symbol: symbolName(), orders: Type.Array(MoveItem, ordersBounds) },
    { additionalProperties: false },
  ),
  data: BatchReply,
  errors: MOVE_ERRORS,
});
