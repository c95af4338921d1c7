import type { PositionView } from '@openvenue/contract';
import type { PositionView as CorePosition } from '@openvenue/core';
import { formatDecimal, formatOnGrid } from '@openvenue/money';
import type { Grid } from './order.ts';

/** The quantile of every position of a venue without auto-deleveraging: nobody is ahead of anybody. */
const ADL_QUANTILE_LAST = 1;

/** A leg's size has no sign, its side says it; in one-way mode a short is negative. */
export const signedSize = ({ positionSide, quantity }: Pick<CorePosition, 'positionSide' | 'quantity'>): number =>
  positionSide === 'BOTH' ? quantity : Math.abs(quantity);

/** A position as replies show it. Attached exits do not exist yet, so that theirs are 0. */
export function positionView(position: CorePosition, { tickSize, stepSize }: Grid): PositionView {
  return {
    symbol: position.symbol,
    marginMode: position.marginMode,
    positionSide: position.positionSide,
    leverage: position.leverage,
    quantity: formatOnGrid(signedSize(position), stepSize),
    entryPrice: formatDecimal(position.entryPrice),
    breakEvenPrice: formatDecimal(position.breakEvenPrice),
    liqPrice: formatOnGrid(position.liquidationPrice, tickSize),
    marginRatio: formatDecimal(position.marginRatio),
    unrealizedPnl: formatDecimal(position.unrealizedPnl),
    roe: formatDecimal(position.roe),
    nextFundingFee: formatDecimal(position.nextFundingFee),
    fundingFeeAccum: formatDecimal(position.fundingFeeAccum),
    tpPrice: '0',
    slPrice: '0',
    markPrice: formatOnGrid(position.mark, tickSize),
    margin: formatDecimal(position.margin),
    maintenanceMargin: formatDecimal(position.maintenanceMargin),
    notional: formatDecimal(position.notional),
    adlQuantile: ADL_QUANTILE_LAST,
  };
}
