import { Type } from 'typebox';
import { count, symbolName, timestampMs } from '../../scalars.ts';
import { defineRoute, NO_FIELDS } from '../define-route.ts';

/** No symbol offers more; the first leverage tier of the symbol is the tighter bound. */
export const LEVERAGE_MAX = 1_000;

/** Sets the leverage of a symbol. */
export const setLeverage = defineRoute({
  method: 'POST',
  path: '/v1/private/position/leverage',
  auth: 'T',
  rateLimit: 'private',
  summary: 'Set the leverage of a symbol',
  query: NO_FIELDS,
  body: Type.Object(
    { symbol: symbolName(), leverage: count('Leverage, from 1 to the maximum of the first tier', 1, LEVERAGE_MAX) },
    { additionalProperties: false },
  ),
  data: Type.Object({
    symbol: symbolName(),
    leverage: count('Leverage after the call', 1, LEVERAGE_MAX),
    timestamp: timestampMs('Time of the call'),
  }),
  errors: ['INSUFFICIENT_BALANCE', 'POSITION_LIMIT_EXCEEDED', 'MARGIN_SETTING_LOCKED', 'SYMBOL_NOT_TRADING'],
});
