import type { Money, Rate } from '@openvenue/money';
import type { Account } from '../accounts/account.ts';
import type { Stance } from '../accounts/stance.ts';
import type { PositionSide } from '../enums.ts';
import {
  type FillEffect,
  FLAT,
  fillPosition,
  initialMarginOf,
  type Position,
  type PositionFill,
} from '../positions/position.ts';
import { maintenanceMarginOf, unrealizedPnlOf } from '../positions/position-at-price.ts';
import type { Market } from '../symbols/market.ts';

/** A user's positions in one market, by leg. */
export type Positions = Readonly<Record<PositionSide, Position>>;

/** An account as seen from one market: its positions there, and the sums over all its cross positions elsewhere. */
export interface MarginSlice {
  readonly market: Market;
  readonly leverage: number;
  readonly isolated: boolean;
  readonly makerRate: Rate;
  readonly takerRate: Rate;
  readonly crossWallet: bigint;
  readonly positions: Positions;
  readonly otherInitialMargin: bigint;
  readonly otherUnrealizedPnl: bigint;
  readonly otherMaintenanceMargin: bigint;
}

export function marginSlice(account: Account, market: Market): MarginSlice {
  let crossWallet: bigint = account.wallet;
  let otherInitialMargin = 0n;
  let otherUnrealizedPnl = 0n;
  let otherMaintenanceMargin = 0n;
  for (const leg of account.legs) {
    if (leg.isolated) crossWallet -= leg.position.margin;
    else if (leg.market !== market && leg.quantity !== 0) {
      otherInitialMargin += leg.initialMargin;
      otherUnrealizedPnl += leg.unrealizedPnl;
      otherMaintenanceMargin += leg.maintenanceMargin;
    }
  }
  const own = account.peek(market);
  return {
    market,
    leverage: own.leverage,
    isolated: own.marginMode === 'ISOLATED',
    makerRate: own.feeRate(true),
    takerRate: own.feeRate(false),
    crossWallet,
    positions: positionsOf(own),
    otherInitialMargin,
    otherUnrealizedPnl,
    otherMaintenanceMargin,
  };
}

function positionsOf({ legs }: Stance): Positions {
  let BOTH = FLAT;
  let LONG = FLAT;
  let SHORT = FLAT;
  for (const { positionSide, position } of legs) {
    if (positionSide === 'BOTH') BOTH = position;
    else if (positionSide === 'LONG') LONG = position;
    else SHORT = position;
  }
  return { BOTH, LONG, SHORT };
}

/** A fill of an order of one leg. */
export interface LegFill extends PositionFill {
  readonly positionSide: PositionSide;
}

/** Whether a fill may happen, and what it does; allowed or not. */
export interface FillVerdict {
  readonly allowed: boolean;
  readonly effect: FillEffect;
  /** Before the fill. */
  readonly slice: MarginSlice;
}

/** What a fill does to a slice, allowed or not. */
export function effectOf(slice: MarginSlice, fill: LegFill): FillEffect {
  return fillPosition(
    slice.positions[fill.positionSide],
    slice.isolated ? { ...fill, isolatedLeverage: slice.leverage } : fill,
  );
}

/** A slice after a fill. Written out: a copy by spread is several times as slow. */
export function afterFill(slice: MarginSlice, positionSide: PositionSide, effect: FillEffect): MarginSlice {
  return {
    market: slice.market,
    leverage: slice.leverage,
    isolated: slice.isolated,
    makerRate: slice.makerRate,
    takerRate: slice.takerRate,
    crossWallet: slice.crossWallet + effect.crossChange,
    positions: positionsAfter(slice, positionSide, effect),
    otherInitialMargin: slice.otherInitialMargin,
    otherUnrealizedPnl: slice.otherUnrealizedPnl,
    otherMaintenanceMargin: slice.otherMaintenanceMargin,
  };
}

function positionsAfter({ positions }: MarginSlice, positionSide: PositionSide, { after }: FillEffect): Positions {
  return {
    BOTH: positionSide === 'BOTH' ? after : positions.BOTH,
    LONG: positionSide === 'LONG' ? after : positions.LONG,
    SHORT: positionSide === 'SHORT' ? after : positions.SHORT,
  };
}

/**
 * The check at every match (MRG-11), at the current mark and fees included. An opening part must leave the cross wallet at or
 * above the cross initial margins, and the cross account and an isolated position at or above maintenance; a closing part must
 * not be beyond the bankruptcy price (LIQ-6) and must leave a balance >= 0.
 */
export function judgeFill(slice: MarginSlice, fill: LegFill): FillVerdict {
  const effect = effectOf(slice, fill);
  return { allowed: closingHolds(slice, fill, effect) && openingHolds(slice, fill, effect), effect, slice };
}

/** A fill of the side that the venue closes: no fee, no release of margin, and nothing can stand against it (LIQ-2). */
export function exemptFill(slice: MarginSlice, fill: LegFill): FillVerdict {
  return { allowed: true, effect: effectOf(slice, { ...fill, feeRate: 0 as Rate, keepsMargin: true }), slice };
}

function closingHolds(slice: MarginSlice, fill: LegFill, effect: FillEffect): boolean {
  if (effect.closingQuantity === 0) return true;
  const { market } = slice;
  const position = slice.positions[fill.positionSide];
  const slip = market.valueAt(fill.price - market.mark, position.quantity);
  if (slice.isolated) {
    const left = effect.openingQuantity > 0 ? 0n : unrealizedPnlOf(effect.after, market);
    return (
      position.margin + unrealizedPnlOf(position, market) + slip >= 0n &&
      effect.after.margin - effect.marginIn + left >= 0n
    );
  }
  return crossBalance(slice) + slip >= 0n && crossBalance(afterFill(slice, fill.positionSide, effect)) >= 0n;
}

function openingHolds(slice: MarginSlice, fill: LegFill, effect: FillEffect): boolean {
  if (effect.openingQuantity === 0) return true;
  const { market } = slice;
  const after = afterFill(slice, fill.positionSide, effect);
  if (after.crossWallet < crossInitialMargin(after)) return false;
  if (crossBalance(after) < crossMaintenanceMargin(after)) return false;
  const isolated = effect.after;
  return (
    !slice.isolated || isolated.margin + unrealizedPnlOf(isolated, market) >= maintenanceMarginOf(isolated, market)
  );
}

/** Margin balance of the cross account: cross wallet and the unrealised PnL of the cross positions. */
export function crossBalance(slice: MarginSlice): bigint {
  const balance = slice.crossWallet + slice.otherUnrealizedPnl;
  return slice.isolated ? balance : balance + sumOver(slice, unrealizedPnlHere);
}

/** Unrealised PnL of the cross positions, elsewhere and here. */
export const crossUnrealizedPnl = (slice: MarginSlice): bigint => crossBalance(slice) - slice.crossWallet;

export function crossInitialMargin(slice: MarginSlice): Money {
  const margin = slice.otherInitialMargin;
  return (slice.isolated ? margin : margin + sumOver(slice, initialMarginHere)) as Money;
}

export function crossMaintenanceMargin(slice: MarginSlice): Money {
  const margin = slice.otherMaintenanceMargin;
  return (slice.isolated ? margin : margin + sumOver(slice, maintenanceMarginHere)) as Money;
}

type Figure = (position: Position, slice: MarginSlice) => bigint;

const unrealizedPnlHere: Figure = (position, { market }) => unrealizedPnlOf(position, market);
const initialMarginHere: Figure = ({ cost }, { leverage }) => initialMarginOf(cost, leverage);
const maintenanceMarginHere: Figure = (position, { market }) => maintenanceMarginOf(position, market);

/** A figure of all positions of a slice; a user has one in one-way mode or up to two in hedge mode (POS-1). */
function sumOver(slice: MarginSlice, figure: Figure): bigint {
  const { BOTH, LONG, SHORT } = slice.positions;
  if (LONG.quantity === 0 && SHORT.quantity === 0) return BOTH.quantity === 0 ? 0n : figure(BOTH, slice);
  return (LONG.quantity === 0 ? 0n : figure(LONG, slice)) + (SHORT.quantity === 0 ? 0n : figure(SHORT, slice));
}
