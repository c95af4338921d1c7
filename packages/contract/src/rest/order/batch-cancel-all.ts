import { Type } from 'typebox';
import { symbolName } from '../../scalars.ts';
import { defineRoute, NO_DATA, NO_FIELDS } from '../define-route.ts';

/** Cancels all open orders; the outcome shows in the stream and the queries. */
export const batchCancelAllOrders = defineRoute({
  method: 'POST',
  path: '/v1/private/order/batch-cancel-all',
  auth: 'T',
  rateLimit: 'cancel',
  summary: 'Cancel all open orders, of a symbol or of all',
  query: NO_FIELDS,
  body: Type.Object(
    {
      symbol: Type.Optional(symbolName('Only this symbol')),
      cancelType: Type.Optional(
        Type.Integer({
          minimum: 0,
          maximum: 2,
          default: 0,
          description: '0 all normal orders, 1 LIMIT orders only, 2 all condition orders',
          'x-unit': 'count',
          examples: [0],
        }),
      ),
    },
    { additionalProperties: false },
  ),
  data: NO_DATA,
  errors: ['SYMBOL_NOT_TRADING'],
});
