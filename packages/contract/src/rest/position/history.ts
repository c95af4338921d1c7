import { Type } from 'typebox';
import { MARGIN_MODES, POSITION_SIDES } from '../../enums.ts';
import { count, oneOf, price, quantity, signedAmount, signedRatio, symbolName, timestampMs } from '../../scalars.ts';
import { defineRoute, NO_FIELDS } from '../define-route.ts';
import { pageFields, timeFields, total } from '../paging.ts';

/** A position from its first fill to its last. */
export const ClosedPositionView = Type.Object({
  symbol: symbolName(),
  positionSide: oneOf(POSITION_SIDES, 'BOTH in one-way mode, else the leg'),
  leverage: count('Leverage at the end', 1),
  maxQuantity: quantity('Largest size'),
  entryPrice: price('Average price of the opening fills'),
  closePrice: price('Average price of the closing fills'),
  pnl: signedAmount('Realised profit and loss, fees and funding excluded'),
  roe: signedRatio('Profit and loss by the initial margin of the largest size'),
  marginMode: oneOf(MARGIN_MODES, 'Margin mode'),
  triggerMode: count('What closed it: 1 manual, 2 take profit, 3 stop loss, 4 liquidation', 1, 4),
  fundingFeeAccum: signedAmount('Funding of the position as a change of the wallet'),
  openedAt: timestampMs('Time of the first fill'),
  closedAt: timestampMs('Time of the last fill'),
});

/** The closed positions of the user. */
export const getPositionHistory = defineRoute({
  method: 'GET',
  path: '/v1/private/position/history',
  auth: 'T',
  rateLimit: 'private',
  summary: 'Closed positions by the time of their end, newest first',
  query: Type.Object({
    symbol: Type.Optional(symbolName('Only this symbol')),
    side: Type.Optional(oneOf(['long', 'short'], 'Only positions of this direction')),
    ...timeFields,
    ...pageFields,
  }),
  body: NO_FIELDS,
  data: Type.Object({
    list: Type.Array(ClosedPositionView, { description: 'Closed positions, newest first' }),
    total: total(),
  }),
  errors: ['SYMBOL_NOT_TRADING'],
});
