import { Type } from 'typebox';
import { symbolName } from '../../scalars.ts';
import { defineRoute, NO_FIELDS } from '../define-route.ts';
import { PositionView } from './position-view.ts';

/** The open positions of the user. */
export const getPositions = defineRoute({
  method: 'GET',
  path: '/v1/private/position/positions',
  auth: 'T',
  rateLimit: 'private',
  summary: 'Open positions',
  query: Type.Object({ symbol: Type.Optional(symbolName('Only this symbol')) }),
  body: NO_FIELDS,
  data: Type.Object({ positions: Type.Array(PositionView, { description: 'Positions' }) }),
  errors: ['SYMBOL_NOT_TRADING'],
});
