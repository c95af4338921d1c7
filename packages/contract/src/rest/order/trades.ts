import { Type } from 'typebox';
import { POSITION_SIDES, ROLE_TYPES, SIDES } from '../../enums.ts';
import { amount, id64, oneOf, price, quantity, signedAmount, symbolName, timestampMs } from '../../scalars.ts';
import { defineRoute, NO_FIELDS } from '../define-route.ts';
import { pageFields, timeFields, total } from '../paging.ts';

/** The user's side of a trade. */
export const FillView = Type.Object({
  fillId: id64("Id of the user's side of the trade"),
  tradeId: id64('Id of the trade'),
  orderId: id64('Order that filled'),
  symbol: symbolName(),
  side: oneOf(SIDES, 'Side of the order'),
  roleType: oneOf(ROLE_TYPES, 'Whether the order rested or took'),
  price: price('Price of the fill'),
  quantity: quantity('Quantity of the fill'),
  tradeValue: amount('Price by quantity'),
  handlingFee: signedAmount('Fee of the fill; negative: a rebate'),
  realizedPnl: signedAmount('Realised profit and loss, fees and funding excluded'),
  positionSide: oneOf(POSITION_SIDES, 'Position the order acts on'),
  createdAt: timestampMs('Time of the trade'),
});

/** The fills of the user. */
export const getOrderTrades = defineRoute({
  method: 'GET',
  path: '/v1/private/order/trades',
  auth: 'T',
  rateLimit: 'private',
  summary: 'Fills, newest first',
  query: Type.Object({
    symbol: Type.Optional(symbolName('Only this symbol')),
    orderId: Type.Optional(id64('Only fills of this order')),
    ...timeFields,
    ...pageFields,
  }),
  body: NO_FIELDS,
  data: Type.Object({ list: Type.Array(FillView, { description: 'Fills, newest first' }), total: total() }),
  errors: ['SYMBOL_NOT_TRADING'],
});
