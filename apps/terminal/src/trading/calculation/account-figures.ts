import { divide, ONE } from '@openvenue/money';
import { unrealizedPnlAt } from './liquidation-price.ts';
import { absolute, type PositionFigures, valueAt } from './stance.ts';
import type { TierTable } from './tier-table.ts';

/** A position with the mark it is valued at; in 1e-8. */
export interface ValuedPosition {
  readonly position: PositionFigures;
  readonly mark: bigint;
  /** Initial margin. */
  readonly margin: bigint;
  readonly tiers: TierTable;
}

export interface PositionAtMark {
  readonly notional: bigint;
  readonly unrealizedPnl: bigint;
  /** Unrealised profit and loss by initial margin, 1e-8; 0 without a margin. */
  readonly roe: bigint;
  readonly maintenanceMargin: bigint;
}

export function positionAtMark({ position, mark, margin, tiers }: ValuedPosition): PositionAtMark {
  const notional = valueAt(mark, absolute(position.quantity));
  const unrealizedPnl = unrealizedPnlAt(position, mark);
  const roe = margin > 0n ? divide(unrealizedPnl * ONE, margin, 'half-up') : 0n;
  return { notional, unrealizedPnl, roe, maintenanceMargin: tiers.maintenanceMargin(notional) };
}

/** Balances that only commands change; in 1e-8. */
export interface Balances {
  readonly wallet: bigint;
  readonly frozen: bigint;
  readonly used: bigint;
}

export interface AccountAtMarks {
  readonly equity: bigint;
  /** What new orders can use: a loss counts, a profit does not (MRG-4). */
  readonly available: bigint;
  readonly unrealizedPnl: bigint;
  readonly maintenanceMargin: bigint;
  /** Maintenance margin by equity, 1e-8; undefined when the equity is used up (MRG-8). */
  readonly marginRatio: bigint | undefined;
}

export function accountAtMarks(
  { wallet, frozen, used }: Balances,
  positions: readonly PositionAtMark[],
): AccountAtMarks {
  const unrealizedPnl = positions.reduce((sum, position) => sum + position.unrealizedPnl, 0n);
  const maintenanceMargin = positions.reduce((sum, position) => sum + position.maintenanceMargin, 0n);
  const equity = wallet + unrealizedPnl;
  return {
    equity,
    available: wallet - frozen - used + (unrealizedPnl < 0n ? unrealizedPnl : 0n),
    unrealizedPnl,
    maintenanceMargin,
    marginRatio: ratioOf(maintenanceMargin, equity),
  };
}

function ratioOf(maintenanceMargin: bigint, equity: bigint): bigint | undefined {
  if (maintenanceMargin === 0n) return 0n;
  return equity <= 0n ? undefined : divide(maintenanceMargin * ONE, equity, 'up');
}

/** The opening value of a position from what the venue says of it; exact, because value and PnL are of the same mark. */
export function costOf(
  quantity: bigint,
  { notional, unrealizedPnl }: { notional: bigint; unrealizedPnl: bigint },
): bigint {
  return quantity < 0n ? notional + unrealizedPnl : notional - unrealizedPnl;
}
