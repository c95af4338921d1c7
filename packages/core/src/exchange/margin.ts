import { divide, type Money, ONE } from '@openvenue/money';
import type { Account } from './account.ts';
import type { Market } from './market.ts';
import type { Position } from './position.ts';
import { type FillEffect, fillPosition, type PositionFill } from './position.ts';

/** Cross margin figures of an account at the current marks. */
export interface MarginFigures {
  readonly initialMargin: Money;
  readonly frozen: Money;
  readonly unrealizedPnl: Money;
  readonly maintenanceMargin: Money;
}

export function marginFigures(account: Account): MarginFigures {
  let initialMargin = 0n;
  let frozen = 0n;
  let unrealizedPnl = 0n;
  let maintenanceMargin = 0n;
  for (const stance of account.stances.values()) {
    frozen += stance.frozen;
    if (stance.quantity === 0) continue;
    initialMargin += stance.initialMargin;
    unrealizedPnl += stance.unrealizedPnl;
    maintenanceMargin += stance.maintenanceMargin;
  }
  return {
    initialMargin: initialMargin as Money,
    frozen: frozen as Money,
    unrealizedPnl: unrealizedPnl as Money,
    maintenanceMargin: maintenanceMargin as Money,
  };
}

/** Wallet less initial margins and frozen margin; a loss counts, a profit does not (MRG-4). */
export function availableBalance(account: Account): Money {
  let available: bigint = account.wallet;
  let unrealizedPnl = 0n;
  for (const stance of account.stances.values()) {
    available -= stance.frozen;
    if (stance.quantity === 0) continue;
    available -= stance.initialMargin;
    unrealizedPnl += stance.unrealizedPnl;
  }
  return (unrealizedPnl < 0n ? available + unrealizedPnl : available) as Money;
}

/** Maintenance margin / margin balance in 1e-8, up to 4 decimals; 9999 when the balance is not positive (MRG-8). */
export function marginRatio(maintenanceMargin: bigint, balance: bigint): bigint {
  if (maintenanceMargin === 0n) return 0n;
  if (balance <= 0n) return 9_999n * ONE;
  return divide(maintenanceMargin * 10_000n, balance, 'up') * (ONE / 10_000n);
}

/** An account as seen from one market: its position there, and the sums over all its others. */
export interface MarginSlice {
  readonly market: Market;
  readonly wallet: bigint;
  readonly leverage: number;
  readonly position: Position;
  readonly otherInitialMargin: bigint;
  readonly otherUnrealizedPnl: bigint;
  readonly otherMaintenanceMargin: bigint;
}

export function marginSlice(account: Account, market: Market): MarginSlice {
  let otherInitialMargin = 0n;
  let otherUnrealizedPnl = 0n;
  let otherMaintenanceMargin = 0n;
  for (const stance of account.stances.values()) {
    if (stance.market === market || stance.quantity === 0) continue;
    otherInitialMargin += stance.initialMargin;
    otherUnrealizedPnl += stance.unrealizedPnl;
    otherMaintenanceMargin += stance.maintenanceMargin;
  }
  const own = account.peek(market);
  return {
    market,
    wallet: account.wallet,
    leverage: own.leverage,
    position: { quantity: own.quantity, cost: own.cost, openFees: own.openFees },
    otherInitialMargin,
    otherUnrealizedPnl,
    otherMaintenanceMargin,
  };
}

/** The slice after a fill, and whether the fill may happen at all. */
export interface FillVerdict {
  readonly allowed: boolean;
  readonly effect: FillEffect;
  readonly after: MarginSlice;
}

/**
 * The check at every match (MRG-11), at the current mark and fees included. An opening part must leave the wallet at or above
 * the initial margins and the account at or above maintenance; a closing part must not be beyond the bankruptcy price (LIQ-6)
 * and must leave a balance >= 0.
 */
export function judgeFill(slice: MarginSlice, fill: PositionFill): FillVerdict {
  const { market, position } = slice;
  const effect = fillPosition(position, fill);
  const wallet = slice.wallet + effect.realizedPnl - effect.fee;
  const after: MarginSlice = { ...slice, wallet, position: effect.after };
  const balanceAfter = wallet + slice.otherUnrealizedPnl + unrealizedPnl(effect.after, market);
  let allowed = true;
  if (effect.closingQuantity > 0) {
    const balance = slice.wallet + slice.otherUnrealizedPnl + unrealizedPnl(position, market);
    const slip = BigInt(fill.price - market.mark) * BigInt(position.quantity) * market.unit;
    allowed = balance + slip >= 0n && balanceAfter >= 0n;
  }
  if (allowed && effect.openingQuantity > 0) {
    const initialMargin = divide(effect.after.cost, BigInt(slice.leverage), 'up');
    const notional = BigInt(Math.abs(effect.after.quantity)) * BigInt(market.mark) * market.unit;
    const maintenance = slice.otherMaintenanceMargin + market.tiers.maintenanceMargin(notional);
    allowed = wallet >= slice.otherInitialMargin + initialMargin && balanceAfter >= maintenance;
  }
  return { allowed, effect, after };
}

function unrealizedPnl(position: Position, market: Market): bigint {
  if (position.quantity === 0) return 0n;
  const value = BigInt(position.quantity) * BigInt(market.mark) * market.unit;
  return value - (position.quantity < 0 ? -position.cost : position.cost);
}
