import { Type } from 'typebox';
import { count, symbolName } from '../../scalars.ts';
import { defineRoute, NO_FIELDS } from '../define-route.ts';
import { LEVERAGE_MAX } from './leverage.ts';

/** The user's settings of a symbol. */
export const getPositionSettings = defineRoute({
  method: 'GET',
  path: '/v1/private/position/settings',
  auth: 'T',
  rateLimit: 'private',
  summary: 'Margin mode and leverage of a symbol',
  query: Type.Object({ symbol: symbolName() }),
  body: NO_FIELDS,
  data: Type.Object({
    symbol: symbolName(),
    marginMode: count('1 cross, 2 isolated', 1, 2),
    leverage: count('Leverage', 1, LEVERAGE_MAX),
  }),
  errors: ['SYMBOL_NOT_TRADING'],
});
