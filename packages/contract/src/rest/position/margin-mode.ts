import { Type } from 'typebox';
import { count, symbolName } from '../../scalars.ts';
import { defineRoute, NO_FIELDS } from '../define-route.ts';

/** Sets the margin mode of a symbol. */
export const setMarginMode = defineRoute({
  method: 'POST',
  path: '/v1/private/position/margin-mode',
  auth: 'T',
  rateLimit: 'private',
  summary: 'Set the margin mode of a symbol, in which the user has no positions, orders or conditions',
  query: NO_FIELDS,
  body: Type.Object(
    { symbol: symbolName(), marginMode: count('1 cross, 2 isolated', 1, 2) },
    { additionalProperties: false },
  ),
  data: Type.Object({}),
  errors: ['MARGIN_SETTING_LOCKED', 'SYMBOL_NOT_TRADING'],
});
