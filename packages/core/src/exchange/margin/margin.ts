import { divide, type Money, ONE } from '@openvenue/money';
import type { Account } from '../accounts/account.ts';

/** Margin figures of an account at the current marks. What isolated positions have stands apart from what is cross. */
export interface MarginFigures {
  /** Wallet less the isolated margins (MRG-1). */
  readonly crossWallet: Money;
  readonly isolatedMargin: Money;
  /** Of all orders, of both margin modes. */
  readonly frozen: Money;
  /** Of the cross positions. */
  readonly initialMargin: Money;
  readonly unrealizedPnl: Money;
  readonly maintenanceMargin: Money;
}

export function marginFigures(account: Account): MarginFigures {
  let isolatedMargin = 0n;
  let initialMargin = 0n;
  let frozen = 0n;
  let unrealizedPnl = 0n;
  let maintenanceMargin = 0n;
  for (const leg of account.legs) {
    frozen += leg.frozen;
    if (leg.isolated) isolatedMargin += leg.position.margin;
    else if (leg.quantity !== 0) {
      initialMargin += leg.initialMargin;
      unrealizedPnl += leg.unrealizedPnl;
      maintenanceMargin += leg.maintenanceMargin;
    }
  }
  return {
    crossWallet: (account.wallet - isolatedMargin) as Money,
    isolatedMargin: isolatedMargin as Money,
    initialMargin: initialMargin as Money,
    frozen: frozen as Money,
    unrealizedPnl: unrealizedPnl as Money,
    maintenanceMargin: maintenanceMargin as Money,
  };
}

/** Cross wallet less cross initial margins and frozen margin; a cross loss counts, a profit does not (MRG-4). */
export function availableBalance(account: Account): Money {
  let available: bigint = account.wallet;
  let unrealizedPnl = 0n;
  for (const leg of account.legs) {
    available -= leg.frozen;
    if (leg.isolated) available -= leg.position.margin;
    else if (leg.quantity !== 0) {
      available -= leg.initialMargin;
      unrealizedPnl += leg.unrealizedPnl;
    }
  }
  return (unrealizedPnl < 0n ? available + unrealizedPnl : available) as Money;
}

/** What {@link availableBalance} would be of these figures. */
export function availableOf(
  figures: Pick<MarginFigures, 'crossWallet' | 'initialMargin' | 'frozen' | 'unrealizedPnl'>,
): Money {
  const { crossWallet, initialMargin, frozen, unrealizedPnl } = figures;
  return (crossWallet - initialMargin - frozen + (unrealizedPnl < 0n ? unrealizedPnl : 0n)) as Money;
}

/** Cross initial margins and isolated margins (MRG-2). */
export const usedMargin = (figures: MarginFigures): Money => (figures.initialMargin + figures.isolatedMargin) as Money;

/** Margin held for all open orders of an account (MRG-3). */
export function frozenMargin(account: Account): Money {
  let frozen = 0n;
  for (const leg of account.legs) frozen += leg.frozen;
  return frozen as Money;
}

/** Maintenance margin / margin balance in 1e-8, up to 4 decimals; 9999 when the balance is not positive (MRG-8). */
export function marginRatio(maintenanceMargin: bigint, balance: bigint): bigint {
  if (maintenanceMargin === 0n) return 0n;
  if (balance <= 0n) return 9_999n * ONE;
  return divide(maintenanceMargin * 10_000n, balance, 'up') * (ONE / 10_000n);
}
