import { Type } from 'typebox';
import { ORDER_STATUSES, ORDER_TYPES, POSITION_SIDES, SIDES, TIMES_IN_FORCE } from '../../enums.ts';
import {
  clientOrderIdView,
  flag,
  id64,
  oneOf,
  price,
  quantity,
  replyText,
  signedAmount,
  symbolName,
  timestampMs,
} from '../../scalars.ts';

/** An order in a reply. */
export const OrderView = Type.Object(
  {
    orderId: id64('Id of the order'),
    clientOrderId: clientOrderIdView(),
    symbol: symbolName(),
    type: oneOf(ORDER_TYPES, 'Type'),
    side: oneOf(SIDES, 'Side'),
    positionSide: oneOf(POSITION_SIDES, 'Position the order acts on'),
    price: price('Limit price; "0" for a MARKET order'),
    quantity: quantity('Total quantity'),
    filledQuantity: quantity('Quantity that has filled'),
    remainingQuantity: quantity('Quantity that is open'),
    avgFilledPrice: price('Value by quantity of the fills; "0" without fills'),
    timeInForce: oneOf(TIMES_IN_FORCE, 'Time in force'),
    reduceOnly: flag('Only reduces a position'),
    makerOnly: flag('Only adds to the book'),
    closePosition: flag('Closes the whole position'),
    placeType: replyText('Label given by the client; empty when it gave none', 'grid'),
    status: oneOf(ORDER_STATUSES, 'Status'),
    rejectReason: Type.Optional(replyText('Rule that ended the order', 'SELF_TRADE')),
    handlingFee: signedAmount('Fees of the fills; negative: a rebate'),
    realizedPnl: signedAmount('Realised profit and loss of the fills, fees and funding excluded'),
    strategyId: Type.Optional(id64('Strategy the order belongs to')),
    conditionId: Type.Optional(id64('Condition order that placed the order')),
    createdAt: timestampMs('Time of acceptance'),
    updatedAt: timestampMs('Time of the last change'),
  },
  { description: 'An order' },
);
