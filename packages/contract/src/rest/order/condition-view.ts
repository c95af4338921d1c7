import { Type } from 'typebox';
import {
  CONDITION_STATUSES,
  CONDITION_TYPES,
  POSITION_SIDES,
  SIDES,
  TIMES_IN_FORCE,
  WORKING_TYPES,
} from '../../enums.ts';
import {
  clientOrderIdView,
  count,
  decimal,
  flag,
  id64,
  oneOf,
  price,
  quantity,
  replyText,
  symbolName,
  timestampMs,
} from '../../scalars.ts';

/** Fields of a condition order that every reply and push of it has. */
export const conditionFields = {
  conditionId: id64('Id of the condition order'),
  clientOrderId: clientOrderIdView(),
  symbol: symbolName(),
  type: oneOf(CONDITION_TYPES, 'Kind of condition order'),
  side: oneOf(SIDES, 'Side'),
  positionSide: oneOf(POSITION_SIDES, 'Position the order acts on'),
  price: price('Limit price of the order that it places; "0" at the market'),
  quantity: quantity(
    'Quantity; of a leg that waits for its strategy its own, at most which it takes; "0" with closePosition, and for a leg that waits with none of its own',
  ),
  stopPrice: price('Price that triggers; "0" for TRAILING_STOP'),
  workingType: oneOf(WORKING_TYPES, 'Price that triggers are compared with'),
  priceProtect: flag('Waits while last price and mark price are too far apart'),
  activatePrice: price('Price that makes a TRAILING_STOP active; "0" for none'),
  callbackRate: decimal('How far a TRAILING_STOP lets the price come back; "0" for the others', 'percent', '1.5'),
  timeInForce: oneOf(TIMES_IN_FORCE, 'Time in force'),
  reduceOnly: flag('Only reduces a position'),
  closePosition: flag('Closes the whole position'),
  status: oneOf(CONDITION_STATUSES, 'Status'),
};

/** A condition order in a reply. */
export const ConditionView = Type.Object(
  {
    ...conditionFields,
    watermark: Type.Optional(price('Extreme price since a TRAILING_STOP is active; "0" before; only of its type')),
    triggerPrice: Type.Optional(price('First price that fires a TRAILING_STOP as it stands; only of its type')),
    rejectReason: Type.Optional(replyText('Why it was rejected, or ended without its user asking', 'POSITION_CLOSED')),
    rejectCode: Type.Optional(count('Error code of the order that was refused when it fired', 1)),
    generatedOrderId: Type.Optional(id64('Order that it has placed')),
    strategyId: Type.Optional(id64('Strategy it belongs to')),
    createdAt: timestampMs('Time of acceptance'),
    updatedAt: timestampMs('Time of the last change'),
  },
  { description: 'A condition order' },
);
