import { Type } from 'typebox';
import { CONDITION_TYPES, POSITION_SIDES, SIDES, TIMES_IN_FORCE, WORKING_TYPES } from '../../enums.ts';
import { clientOrderId, decimal, flag, oneOf, price, quantity, symbolName } from '../../scalars.ts';

/**
 * Body of place-condition. What its type needs beyond this (a stop price, a limit price, a callback rate, a quantity) the engine
 * asks for at its turn (MAT-12): the form only says what no condition order may look like.
 */
export const PlaceConditionBody = Type.Object(
  {
    symbol: symbolName(),
    type: Type.Enum([...CONDITION_TYPES], {
      description: 'Kind of condition order',
      'x-code': 3100,
      'x-missing': 2001,
      examples: ['STOP_MARKET'],
    }),
    side: oneOf(SIDES, 'BUY or SELL'),
    positionSide: Type.Optional(oneOf(POSITION_SIDES, 'Position the order acts on; BOTH when left out')),
    price: Type.Optional(price('Limit price of a *_LIMIT type; ignored for the others')),
    quantity: Type.Optional(Type.String({ ...quantity('Quantity; needed unless closePosition'), 'x-code': 3108 })),
    timeInForce: Type.Optional(
      oneOf(TIMES_IN_FORCE, 'Of the order that it places, GTC when left out; GTE_GTC ends with the position it closes'),
    ),
    reduceOnly: Type.Optional(flag('Only reduce a position')),
    clientOrderId: Type.Optional(clientOrderId()),
    stopPrice: Type.Optional(
      Type.String({ ...price('Price that triggers; needed for all but TRAILING_STOP'), 'x-code': 3101 }),
    ),
    workingType: Type.Optional(
      Type.Enum([...WORKING_TYPES], {
        description: 'Price that triggers are compared with; CONTRACT_PRICE when left out',
        default: 'CONTRACT_PRICE',
        'x-code': 3106,
        examples: ['MARK_PRICE'],
      }),
    ),
    priceProtect: Type.Optional(flag('Wait while last price and mark price are too far apart')),
    activatePrice: Type.Optional(
      Type.String({ ...price('Price that makes a TRAILING_STOP active; left out: active at once'), 'x-code': 3103 }),
    ),
    callbackRate: Type.Optional(
      Type.String({
        ...decimal(
          'How far the price may come back, 0.1 to 10 with one decimal; TRAILING_STOP needs it',
          'percent',
          '1.5',
        ),
        'x-code': 3104,
      }),
    ),
    closePosition: Type.Optional(flag('Close the whole position')),
  },
  { additionalProperties: false },
);
