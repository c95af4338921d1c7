import type { Command, ExchangeReads } from '@openvenue/core';
import { type Money, money, ONE } from '@openvenue/money';

/** What the simulation reads of a core. */
export interface MarketReads {
  readonly exchange: ExchangeReads;
}

/** An account the simulated market trades through. */
export interface HouseAccount {
  readonly role: 'maker' | 'taker';
  readonly username: string;
  readonly displayName: string;
  readonly kind: 'house';
  /** USDT it begins with, in 1e-8. */
  readonly funding: Money;
}

/** Internal user ids of the house accounts, in the order of {@link accountsNeeded}. */
export interface HouseAccountIds {
  readonly makers: readonly number[];
  readonly takers: readonly number[];
}

export const HOUSE_FUNDING: Money = money(10_000_000n * ONE);
/** An account whose wallet has fallen below this is brought back to its funding: fees and spreads drain it slowly. */
export const LEAST_WALLET: Money = money(HOUSE_FUNDING / 2n);
const MAKERS = 2;
const TAKERS = 3;

/** The accounts to create and fund before the first tick; every maker and taker trades all symbols. */
export function accountsNeeded(): readonly HouseAccount[] {
  const accounts = (role: 'maker' | 'taker', count: number): HouseAccount[] =>
    Array.from({ length: count }, (_, i) => ({
      role,
      username: `sim-${role}-${i + 1}`,
      displayName: `Simulated ${role} ${i + 1}`,
      kind: 'house',
      funding: HOUSE_FUNDING,
    }));
  return [...accounts('maker', MAKERS), ...accounts('taker', TAKERS)];
}

/** Adjustments for the accounts that have fallen below {@link LEAST_WALLET}. */
export function topUps(core: MarketReads, userIds: readonly number[]): readonly Command[] {
  return userIds.flatMap((userId): Command[] => {
    const { wallet } = core.exchange.account(userId);
    if (wallet >= LEAST_WALLET) return [];
    return [{ type: 'adjust-wallet', userId, amount: money(HOUSE_FUNDING - wallet), changeType: 'ADJUSTMENT' }];
  });
}
