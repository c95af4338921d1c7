import type { FillRecord, PositionSide } from '@openvenue/core';
import { type Money, money } from '@openvenue/money';

/** Which position: a user has at most one at a time of each. */
export type PositionKey = Pick<FillRecord, 'userId' | 'symbol' | 'positionSide'>;

/** A position from its first fill to its last, as its fills tell it (POS-6). */
export interface PositionCourse {
  /** The id of the fill that opened it; a flip opens with the fill that closes. */
  readonly positionId: number;
  readonly userId: number;
  readonly symbol: string;
  readonly positionSide: PositionSide;
  /** In steps; negative for a short, 0 when it is closed. */
  readonly quantity: number;
  /** Largest size that it had, in steps. */
  readonly maxQuantity: number;
  /** Steps and price x steps, in ticks, of all opening and of all closing fills. */
  readonly openedQuantity: bigint;
  readonly openedTickSteps: bigint;
  readonly closedQuantity: bigint;
  readonly closedTickSteps: bigint;
  /** Sum of realised PnL, without fees and funding. */
  readonly pnl: Money;
  /** At the last fill; 0 when the user has never set it, so that the symbol's default holds. */
  readonly leverage: number;
  readonly openedAtMs: number;
  readonly updatedAtMs: number;
  /** 0 while it is open. */
  readonly closedAtMs: number;
}

/** What one fill did: it went on with a position, opened one, or closed one and, when it flips, opened another. */
export interface FillEffect {
  /** The position that the fill belongs to: the one that it closes, when it flips. */
  readonly positionId: number;
  readonly closed: PositionCourse | undefined;
  /** As it stands now; undefined when nothing is open. */
  readonly open: PositionCourse | undefined;
}

/** Follows a position by one fill. `before` is what was open. */
export function afterFill(before: PositionCourse | undefined, fill: FillRecord, leverage: number): FillEffect {
  const signed = fill.side === 'BUY' ? fill.quantity : -fill.quantity;
  const held = before?.quantity ?? 0;
  if (before === undefined || held === 0) {
    const open = opened(fill, signed, leverage);
    return { positionId: open.positionId, closed: undefined, open };
  }
  const { positionId } = before;
  if (Math.sign(signed) === Math.sign(held)) {
    return { positionId, closed: undefined, open: grown(before, fill, leverage) };
  }
  const closing = Math.min(fill.quantity, Math.abs(held));
  const shrunk: PositionCourse = {
    ...before,
    quantity: held + Math.sign(signed) * closing,
    closedQuantity: before.closedQuantity + BigInt(closing),
    closedTickSteps: before.closedTickSteps + BigInt(closing) * BigInt(fill.price),
    pnl: money(before.pnl + fill.realizedPnl),
    leverage,
    updatedAtMs: fill.createdAtMs,
  };
  if (shrunk.quantity !== 0) return { positionId, closed: undefined, open: shrunk };
  const rest = Math.sign(signed) * (fill.quantity - closing);
  return {
    positionId,
    closed: { ...shrunk, closedAtMs: fill.createdAtMs },
    open: rest === 0 ? undefined : opened(fill, rest, leverage),
  };
}

function opened(fill: FillRecord, quantity: number, leverage: number): PositionCourse {
  const size = Math.abs(quantity);
  return {
    positionId: fill.fillId,
    userId: fill.userId,
    symbol: fill.symbol,
    positionSide: fill.positionSide,
    quantity,
    maxQuantity: size,
    openedQuantity: BigInt(size),
    openedTickSteps: BigInt(size) * BigInt(fill.price),
    closedQuantity: 0n,
    closedTickSteps: 0n,
    pnl: money(0n),
    leverage,
    openedAtMs: fill.createdAtMs,
    updatedAtMs: fill.createdAtMs,
    closedAtMs: 0,
  };
}

function grown(before: PositionCourse, fill: FillRecord, leverage: number): PositionCourse {
  const quantity = before.quantity + (fill.side === 'BUY' ? fill.quantity : -fill.quantity);
  return {
    ...before,
    quantity,
    maxQuantity: Math.max(before.maxQuantity, Math.abs(quantity)),
    openedQuantity: before.openedQuantity + BigInt(fill.quantity),
    openedTickSteps: before.openedTickSteps + BigInt(fill.quantity) * BigInt(fill.price),
    leverage,
    updatedAtMs: fill.createdAtMs,
  };
}
