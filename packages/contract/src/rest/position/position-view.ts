import { Type } from 'typebox';
import { MARGIN_MODES, POSITION_SIDES } from '../../enums.ts';
import {
  amount,
  count,
  oneOf,
  price,
  ratio,
  signedAmount,
  signedDecimal,
  signedRatio,
  symbolName,
} from '../../scalars.ts';

/** A position, in replies and in `ACCOUNT_UPDATE`. */
export const PositionView = Type.Object({
  symbol: symbolName(),
  marginMode: oneOf(MARGIN_MODES, 'Margin mode'),
  positionSide: oneOf(POSITION_SIDES, 'BOTH in one-way mode, else the leg'),
  leverage: count('Leverage', 1),
  quantity: signedDecimal('Size; negative for a short of one-way mode', 'base', '0.015'),
  entryPrice: price('Average price of what is open'),
  breakEvenPrice: signedDecimal('Price at which closing makes up for the fees', 'USDT', '60060.1'),
  liqPrice: price('Liquidation price; "0" when there is none'),
  marginRatio: ratio('Maintenance margin by margin balance'),
  unrealizedPnl: signedAmount('Profit and loss at the mark price'),
  roe: signedRatio('Unrealised profit and loss by initial margin'),
  nextFundingFee: signedAmount('Estimate of the next funding as a change of the wallet'),
  fundingFeeAccum: signedAmount('Funding of the position so far as a change of the wallet'),
  tpPrice: price('Stop price of the take profit of the position; "0" without'),
  slPrice: price('Stop price of the stop loss of the position; "0" without'),
  markPrice: price('Mark price'),
  margin: signedAmount('Margin of the position'),
  maintenanceMargin: amount('Maintenance margin of the position'),
  notional: amount('Value at the mark price'),
  adlQuantile: count('Place in the queue of auto-deleveraging: 5 goes first', 1, 5),
});
