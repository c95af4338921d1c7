import { Type } from 'typebox';
import type { ErrorName } from '../../errors/catalogue.ts';
import { price, quantity } from '../../scalars.ts';
import { defineRoute, NO_FIELDS } from '../define-route.ts';
import { orderReference } from './fields.ts';
import { OrderReply } from './order-reply.ts';
import { moveOrderProblem } from './rules.ts';

/** What the engine can answer to a change of an order. */
export const MOVE_ERRORS = [
  'INSUFFICIENT_BALANCE',
  'POSITION_LIMIT_EXCEEDED',
  'ORDER_NOT_FOUND',
  'MAKER_ONLY_WOULD_TAKE',
  'REDUCE_ONLY_REJECTED',
  'SELF_TRADE_PREVENTED',
  'PRICE_OUT_OF_BAND',
  'SYMBOL_NOT_TRADING',
  'ORDER_NOT_AMENDABLE',
] as const satisfies readonly ErrorName[];

/** Amends an order. Less quantity at the same price keeps the place in the queue. */
export const moveOrder = defineRoute({
  method: 'POST',
  path: '/v1/private/order/move',
  auth: 'T',
  rateLimit: 'order',
  summary: 'Change price or quantity of an open order',
  query: NO_FIELDS,
  body: Type.Object(
    {
      ...orderReference,
      price: Type.Optional(price('New limit price')),
      quantity: Type.Optional(quantity('New total quantity, what has filled included')),
    },
    { additionalProperties: false },
  ),
  bodyRule: moveOrderProblem,
  data: OrderReply,
  errors: MOVE_ERRORS,
});
