import { Type } from 'typebox';
import {
  ORDER_TYPES,
  PLACE_TIMES_IN_FORCE,
  POSITION_SIDES,
  SELF_TRADE_PREVENTIONS,
  SIDES,
  WORKING_TYPES,
} from '../../enums.ts';
import { clientOrderId, decimal, flag, oneOf, price, quantity, symbolName, text } from '../../scalars.ts';

/** Characters of the free label of an order. */
export const PLACE_TYPE_MAX_LENGTH = 32;

const attachedExit = (description: string) =>
  Type.Object(
    {
      stopPrice: Type.String({ ...decimal('Price that triggers the exit', 'USDT', '61000.5'), 'x-code': 3101 }),
      workingType: Type.Optional(
        Type.Enum([...WORKING_TYPES], {
          description: 'Price that the stop price is compared with; CONTRACT_PRICE when left out',
          default: 'CONTRACT_PRICE',
          'x-code': 3106,
          examples: ['MARK_PRICE'],
        }),
      ),
      price: Type.Optional(price('Limit price of the exit; left out: at the market')),
    },
    { additionalProperties: false, description },
  );

/** Body of place; what it needs beyond this is in `placeOrderProblem`. */
export const PlaceOrderBody = Type.Object(
  {
    symbol: symbolName(),
    type: oneOf(ORDER_TYPES, 'LIMIT or MARKET'),
    side: oneOf(SIDES, 'BUY or SELL'),
    positionSide: Type.Optional(oneOf(POSITION_SIDES, 'Position the order acts on; BOTH when left out')),
    price: Type.Optional(price('Limit price; needed for LIMIT unless priceType is 1-4, ignored for MARKET')),
    quantity: Type.Optional(quantity('Quantity; needed unless closePosition')),
    timeInForce: Type.Optional(
      oneOf(PLACE_TIMES_IN_FORCE, 'GTC when left out; a MARKET order is IOC unless this is FOK'),
    ),
    reduceOnly: Type.Optional(flag('Only reduce a position')),
    makerOnly: Type.Optional(flag('Only add to the book; LIMIT GTC alone')),
    closePosition: Type.Optional(flag('Close the whole position')),
    clientOrderId: Type.Optional(clientOrderId()),
    placeType: Type.Optional(
      text('Free label that is kept and returned', { maxLength: PLACE_TYPE_MAX_LENGTH }, 'grid'),
    ),
    selfTradePrevention: Type.Optional(
      oneOf(
        SELF_TRADE_PREVENTIONS,
        "What ends when the order meets one of the same user; left out: the user's setting",
      ),
    ),
    priceType: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 4,
        default: 0,
        description:
          '0 the given price; 1 and 2 the best and fifth-best price of the opposite side; 3 and 4 those of the own side',
        'x-unit': 'count',
        examples: [0],
      }),
    ),
    takeProfit: Type.Optional(attachedExit('Take profit of the position that the order opens')),
    stopLoss: Type.Optional(attachedExit('Stop loss of the position that the order opens')),
  },
  { additionalProperties: false },
);
