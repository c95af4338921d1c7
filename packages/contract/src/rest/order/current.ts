import { Type } from 'typebox';
import { id64, symbolName } from '../../scalars.ts';
import { defineRoute, NO_FIELDS } from '../define-route.ts';
import { total } from '../paging.ts';
import { OrderView } from './order-view.ts';

/** Open orders when no limit is given. */
export const CURRENT_ORDERS_LIMIT_DEFAULT = 500;

/** The open orders of the user, and the orders of his strategies that wait for their parent. */
export const getCurrentOrders = defineRoute({
  method: 'GET',
  path: '/v1/private/order/current',
  auth: 'T',
  rateLimit: 'private',
  summary: 'Open orders, and those of strategies that wait for their parent (status NEW), newest first',
  query: Type.Object({
    symbol: Type.Optional(symbolName('Only this symbol')),
    limit: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 1_000,
        default: CURRENT_ORDERS_LIMIT_DEFAULT,
        description: 'Number of orders',
        'x-unit': 'count',
        examples: [500],
      }),
    ),
    lastOrderId: Type.Optional(id64('Cursor: only orders older than this one')),
  }),
  body: NO_FIELDS,
  data: Type.Object({ list: Type.Array(OrderView, { description: 'Orders, newest first' }), total: total() }),
  errors: ['SYMBOL_NOT_TRADING'],
});
