import { Type } from 'typebox';
import { POSITION_SIDES } from '../../enums.ts';
import { oneOf, signedAmount, symbolName, timestampMs } from '../../scalars.ts';
import { defineRoute, NO_FIELDS } from '../define-route.ts';

/** Adds margin to an isolated position, or takes some down. */
export const adjustMargin = defineRoute({
  method: 'POST',
  path: '/v1/private/position/margin',
  auth: 'T',
  rateLimit: 'private',
  summary: 'Add margin to an isolated position, or take some down',
  query: NO_FIELDS,
  body: Type.Object(
    {
      symbol: symbolName(),
      positionSide: oneOf(POSITION_SIDES, 'BOTH in one-way mode, else the leg'),
      amount: signedAmount('Margin to add; negative: to take down'),
    },
    { additionalProperties: false },
  ),
  data: Type.Object({
    symbol: symbolName(),
    positionSide: oneOf(POSITION_SIDES, 'BOTH in one-way mode, else the leg'),
    margin: signedAmount('Margin of the position after the call'),
    timestamp: timestampMs('Time of the call'),
  }),
  errors: ['INSUFFICIENT_BALANCE', 'REDUCE_ONLY_REJECTED', 'MARGIN_SETTING_LOCKED', 'SYMBOL_NOT_TRADING'],
});
