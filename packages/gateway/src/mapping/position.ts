import type { PositionView } from '@openvenue/contract';
import type { PositionView as CorePosition } from '@openvenue/core';
import { formatDecimal, formatOnGrid } from '@openvenue/money';
import type { Grid } from './order.ts';

/**
 * A position as replies show it: a leg's size has no sign, its side says it. Attached exits and the next funding do not exist yet,
 * so that theirs are 0.
 */
export function positionView(position: CorePosition, { tickSize, stepSize }: Grid): PositionView {
  return {
    symbol: position.symbol,
    marginMode: position.marginMode,
    positionSide: position.positionSide,
    leverage: position.leverage,
    quantity: formatOnGrid(
      position.positionSide === 'BOTH' ? position.quantity : Math.abs(position.quantity),
      stepSize,
    ),
    entryPrice: formatDecimal(position.entryPrice),
    breakEvenPrice: formatDecimal(position.breakEvenPrice),
    liqPrice: formatOnGrid(position.liquidationPrice, tickSize),
    marginRatio: formatDecimal(position.marginRatio),
    unrealizedPnl: formatDecimal(position.unrealizedPnl),
    roe: formatDecimal(position.roe),
    nextFundingFee: '0',
    fundingFeeAccum: formatDecimal(position.fundingFeeAccum),
    tpPrice: '0',
    slPrice: '0',
    markPrice: formatOnGrid(position.mark, tickSize),
    margin: formatDecimal(position.margin),
    maintenanceMargin: formatDecimal(position.maintenanceMargin),
    notional: formatDecimal(position.notional),
    adlQuantile: position.adlQuantile,
  };
}
