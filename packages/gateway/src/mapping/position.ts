import type { ClosedPositionView, CloseTriggerModeNumber, PositionView } from '@openvenue/contract';
import type { ClosedPositionRecord, CloseTrigger, PositionView as CorePosition, ExitPrices } from '@openvenue/core';
import { formatDecimal, formatOnGrid } from '@openvenue/money';
import type { Grid } from './order.ts';

/** A leg's size has no sign, its side says it; in one-way mode a short is negative. */
export const signedSize = ({ positionSide, quantity }: Pick<CorePosition, 'positionSide' | 'quantity'>): number =>
  positionSide === 'BOTH' ? quantity : Math.abs(quantity);

/** A position as replies show it, with its nearest take profit and stop (CND-7). */
export function positionView(position: CorePosition, { tickSize, stepSize }: Grid, exits: ExitPrices): PositionView {
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
    tpPrice: formatOnGrid(exits.takeProfit, tickSize),
    slPrice: formatOnGrid(exits.stopLoss, tickSize),
    markPrice: formatOnGrid(position.mark, tickSize),
    margin: formatDecimal(position.margin),
    maintenanceMargin: formatDecimal(position.maintenanceMargin),
    notional: formatDecimal(position.notional),
    adlQuantile: position.adlQuantile,
  };
}

const TRIGGER_MODE: Readonly<Record<CloseTrigger, CloseTriggerModeNumber>> = {
  MANUAL: 1,
  TAKE_PROFIT: 2,
  STOP_LOSS: 3,
  LIQUIDATION: 4,
};

/** A closed position as replies show it. */
export const closedPositionView = (
  closed: ClosedPositionRecord,
  { stepSize }: Pick<Grid, 'stepSize'>,
): ClosedPositionView => ({
  symbol: closed.symbol,
  positionSide: closed.positionSide,
  leverage: closed.leverage,
  maxQuantity: formatOnGrid(closed.maxQuantity, stepSize),
  entryPrice: formatDecimal(closed.entryPrice),
  closePrice: formatDecimal(closed.closePrice),
  pnl: formatDecimal(closed.realizedPnl),
  roe: formatDecimal(closed.roe),
  marginMode: closed.marginMode,
  triggerMode: TRIGGER_MODE[closed.closeTrigger],
  fundingFeeAccum: formatDecimal(closed.fundingFeeAccum),
  openedAt: closed.openedAtMs,
  closedAt: closed.closedAtMs,
});
