import { Type } from 'typebox';
import { SIDES } from '../../enums.ts';
import { id64, oneOf, price, quantity, timestampMs } from '../../scalars.ts';

/** A trade as everyone sees it. */
export const TradeView = Type.Object({
  tradeId: id64('Id of the trade'),
  price: price('Price of the trade'),
  quantity: quantity('Quantity of the trade'),
  side: oneOf(SIDES, 'Side of the taker'),
  ts: timestampMs('Time of the trade'),
});
