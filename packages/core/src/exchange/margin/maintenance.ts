import type { Account } from '../accounts/account.ts';
import type { Leg } from '../accounts/leg.ts';
import { marginFigures } from './margin.ts';

/** A margin balance and what it must not fall below, at the mark. */
export interface Maintained {
  readonly balance: bigint;
  readonly maintenanceMargin: bigint;
}

/** The cross account's: cross wallet and net unrealised PnL against all cross positions. */
export function crossMaintained(account: Account, figures = marginFigures(account)): Maintained {
  return {
    balance: figures.crossWallet + figures.unrealizedPnl,
    maintenanceMargin: figures.maintenanceMargin,
  };
}

/** An isolated position's own. */
export const isolatedMaintained = (leg: Leg): Maintained => ({
  balance: leg.position.margin + leg.unrealizedPnl,
  maintenanceMargin: leg.maintenanceMargin,
});

/** Whether liquidation acts: strictly below, so that equal is safe; nothing to maintain is never below (LIQ-1). */
export const isBelowMaintenance = ({ balance, maintenanceMargin }: Maintained): boolean =>
  maintenanceMargin > 0n && balance < maintenanceMargin;
