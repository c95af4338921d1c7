import { divide, type Money, ONE, type QuantitySteps, ZERO_MONEY } from '@openvenue/money';
import type { ClosedPositionRecord } from '../../event.ts';
import type { CloseTrigger, PositionSide } from '../enums.ts';
import type { FillEffect, Position } from './position.ts';

/**
 * What is remembered of a position from its first fill to its last (POS-6). Quantities are sums over fills without a bound, so
 * they are bigints; closed quantity and realised PnL follow from these and the position.
 */
export interface PositionLife {
  readonly positionId: number;
  readonly openedAtMs: number;
  /** Last fill, funding or change of its margin. */
  updatedAtMs: number;
  maxQuantity: QuantitySteps;
  openedQuantity: bigint;
  openedValue: Money;
  closedValue: Money;
  /** Funding received less paid. */
  fundingFeeAccum: Money;
}

export const beginLife = (positionId: number, openedAtMs: number): PositionLife => ({
  positionId,
  openedAtMs,
  updatedAtMs: openedAtMs,
  maxQuantity: 0 as QuantitySteps,
  openedQuantity: 0n,
  openedValue: ZERO_MONEY,
  closedValue: ZERO_MONEY,
  fundingFeeAccum: ZERO_MONEY,
});

/** Counts the opening part of a fill. */
export function countOpening(life: PositionLife, effect: FillEffect): void {
  life.openedQuantity += BigInt(effect.openingQuantity);
  life.openedValue = (life.openedValue + effect.openingValue) as Money;
  const size = Math.abs(effect.after.quantity) as QuantitySteps;
  if (size > life.maxQuantity) life.maxQuantity = size;
}

/** Counts the closing part of a fill. */
export function countClosing(life: PositionLife, effect: FillEffect): void {
  life.closedValue = (life.closedValue + effect.value - effect.openingValue) as Money;
}

/** Sum of the realised PnL so far: what came back against the cost of what has been closed. */
export function realizedPnlOf(life: PositionLife, { position, long }: { position: Position; long: boolean }): Money {
  const released = life.openedValue - position.cost;
  return (long ? life.closedValue - released : released - life.closedValue) as Money;
}

/** The record of a position whose last fill has just closed it; `pnl / (entryPrice x maxQuantity / leverage)` is its ROE. */
export function closedPosition(
  life: PositionLife,
  at: {
    readonly userId: number;
    readonly symbol: string;
    readonly positionSide: PositionSide;
    readonly long: boolean;
    readonly leverage: number;
    readonly isolated: boolean;
    readonly closeTrigger: CloseTrigger;
    readonly stepSize: bigint;
    readonly timeMs: number;
  },
): ClosedPositionRecord {
  const quantity = life.openedQuantity;
  const realizedPnl = at.long ? life.closedValue - life.openedValue : life.openedValue - life.closedValue;
  return {
    positionId: life.positionId,
    userId: at.userId,
    symbol: at.symbol,
    positionSide: at.positionSide,
    direction: at.long ? 'long' : 'short',
    leverage: at.leverage,
    marginMode: at.isolated ? 'ISOLATED' : 'CROSS',
    maxQuantity: life.maxQuantity,
    closedQuantity: quantity,
    openedValue: life.openedValue,
    closedValue: life.closedValue,
    entryPrice: divide(life.openedValue * ONE, quantity * at.stepSize, 'half-up'),
    closePrice: divide(life.closedValue * ONE, quantity * at.stepSize, 'half-up'),
    realizedPnl: realizedPnl as Money,
    roe: divide(
      realizedPnl * BigInt(at.leverage) * quantity * ONE,
      life.openedValue * BigInt(life.maxQuantity),
      'half-up',
    ),
    fundingFeeAccum: life.fundingFeeAccum,
    closeTrigger: at.closeTrigger,
    openedAtMs: life.openedAtMs,
    closedAtMs: at.timeMs,
  };
}
