import { Type } from 'typebox';
import { clientOrderId, count, id64, symbolName } from '../../scalars.ts';
import { defineRoute, NO_FIELDS } from '../define-route.ts';
import { pageFields, timeFields, total } from '../paging.ts';
import { OrderView } from './order-view.ts';

/** The orders of the user, open and ended. */
export const getOrderHistory = defineRoute({
  method: 'GET',
  path: '/v1/private/order/history',
  auth: 'T',
  rateLimit: 'private',
  summary: 'Orders by time of acceptance, newest first',
  query: Type.Object({
    symbol: Type.Optional(symbolName('Only this symbol')),
    orderId: Type.Optional(id64('Only this order')),
    clientOrderId: Type.Optional(clientOrderId('Only orders with this client id')),
    type: Type.Optional(count('Only this type: 1 LIMIT, 2 MARKET', 1, 2)),
    side: Type.Optional(count('Only this side: 1 BUY, 2 SELL', 1, 2)),
    status: Type.Optional(
      count(
        'Only this status: 1 NEW, 2 PENDING, 3 PARTIALLY_FILLED, 4 FILLED, 5 CANCELED, 6 REJECTED, 7 PARTIALLY_FILLED_CANCELED',
        1,
        7,
      ),
    ),
    ...timeFields,
    ...pageFields,
  }),
  body: NO_FIELDS,
  data: Type.Object({ list: Type.Array(OrderView, { description: 'Orders, newest first' }), total: total() }),
  errors: ['SYMBOL_NOT_TRADING'],
});
