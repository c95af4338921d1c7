import type { PositionSide, Side } from '../enums.ts';

/** Whether an order of this side closes its hedge leg, flag or not (POS-2); one-way orders do as their position says. */
export const closesHedge = (positionSide: PositionSide, side: Side): boolean =>
  positionSide === (side === 'SELL' ? 'LONG' : 'SHORT');
