import { least } from './fraction.ts';
import { FUND } from './fund.ts';
import type { MarginAccount } from './margin-account.ts';
import type { OracleState } from './oracle-state.ts';
import type { Holding } from './user-books.ts';

/** What is liquidated as one (LIQ-1): a cross account, or the isolated position of a holding. */
export interface Unit {
  readonly account: MarginAccount;
  readonly holding: Holding | undefined;
}

/** What a unit has and what it must maintain, at the marks. */
export interface Standing {
  /** Cross wallet, or isolated margin. */
  readonly wallet: bigint;
  readonly balance: bigint;
  readonly maintenance: bigint;
  readonly held: readonly Holding[];
}

export function standing({ account, holding }: Unit): Standing {
  if (holding === undefined) {
    const { cross } = account;
    return {
      wallet: account.user.crossWallet,
      balance: account.balance,
      maintenance: account.crossMaintenance,
      held: cross,
    };
  }
  const { margin } = holding;
  if (holding.quantity === 0n) return { wallet: margin, balance: margin, maintenance: 0n, held: [] };
  return {
    wallet: margin,
    balance: margin + account.pnl(holding),
    maintenance: account.maintenance(holding),
    held: [holding],
  };
}

/** Strictly below; with nothing held nothing is to be maintained. */
export const isBelow = ({ balance, maintenance, held }: Standing): boolean => held.length > 0 && balance < maintenance;

/** The unit that a position belongs to. */
export const unitOf = (account: MarginAccount, holding: Holding): Unit => ({
  account,
  holding: account.user.isIsolated(holding.symbol) ? holding : undefined,
});

/** The cross account and every isolated leg that a user has ever had. */
export function unitsOf(account: MarginAccount): Unit[] {
  const { user } = account;
  const isolated = user.holdings.filter(({ symbol }) => user.isIsolated(symbol));
  return [{ account, holding: undefined }, ...isolated.map((holding) => ({ account, holding }))];
}

export const isSame = (a: Unit, b: Unit): boolean => a.account.user === b.account.user && a.holding === b.holding;

/** Whom LIQ-1 has liquidated now, in its order; who has nothing but paused positions waits. */
export function endangered(state: OracleState): readonly Unit[] {
  const places = [...state.symbols.keys()];
  const found: { readonly unit: Unit; readonly at: Standing }[] = [];
  for (const { userId } of state.users.values()) {
    if (userId === FUND) continue;
    for (const unit of unitsOf(state.account(userId))) {
      const at = standing(unit);
      if (isBelow(at) && at.held.some(({ symbol }) => !state.symbol(symbol).isPaused(state.timeMs)))
        found.push({ unit, at });
    }
  }
  const place = ({ holding }: Unit): number =>
    holding === undefined ? -1 : 2 * places.indexOf(holding.symbol) + (holding.positionSide === 'SHORT' ? 1 : 0);
  found.sort(
    (a, b) =>
      worse(b.at, a.at) - worse(a.at, b.at) ||
      a.unit.account.user.userId - b.unit.account.user.userId ||
      place(a.unit) - place(b.unit),
  );
  return found.map(({ unit }) => unit);
}

/** 1 when the first is more in danger: it has no balance left and the other has, or its ratio is higher. */
function worse(a: Standing, b: Standing): 0 | 1 {
  if (least(a.balance, b.balance) <= 0n) return a.balance <= 0n && b.balance > 0n ? 1 : 0;
  return a.maintenance * b.balance > b.maintenance * a.balance ? 1 : 0;
}
