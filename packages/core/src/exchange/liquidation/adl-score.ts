import { ONE } from '@openvenue/money';
import type { Leg } from '../accounts/leg.ts';
import { bankruptcyPrice } from './bankruptcy-price.ts';
import { assess } from './risk-unit.ts';

/** A position's place in the queue of auto-deleveraging: its score as an exact fraction, and what decides between equal ones. */
export interface AdlEntry {
  readonly leg: Leg;
  /** `score = numerator / denominator`; the denominator is above 0. */
  readonly numerator: bigint;
  readonly denominator: bigint;
  readonly quantity: number;
  readonly userId: number;
}

/**
 * `max(0, u) / max(1, W) x R`: unrealised PnL over the cross wallet (isolated: its margin), times the unrounded margin ratio
 * (LIQ-3). A balance that is not positive makes it 0.
 */
export function adlEntry(leg: Leg): AdlEntry {
  const { unrealizedPnl } = leg;
  const place = { leg, quantity: Math.abs(leg.quantity), userId: leg.account.userId };
  if (unrealizedPnl > 0n) {
    const { wallet, balance, maintenanceMargin } = assess({
      account: leg.account,
      leg: leg.isolated ? leg : undefined,
    });
    if (balance > 0n)
      return {
        ...place,
        numerator: unrealizedPnl * maintenanceMargin,
        denominator: (wallet > ONE ? wallet : ONE) * balance,
      };
  }
  return { ...place, numerator: 0n, denominator: 1n };
}

/** Highest score first; then the larger quantity, then the lower internal user id. */
export function byAdlRank(a: AdlEntry, b: AdlEntry): number {
  const left = a.numerator * b.denominator;
  const right = b.numerator * a.denominator;
  if (left !== right) return left > right ? -1 : 1;
  return b.quantity - a.quantity || a.userId - b.userId;
}

/** Whether closing at a price would be beyond the position's own bankruptcy price (LIQ-3, LIQ-6). */
export function isBeyondBankruptcy(leg: Leg, price: number): boolean {
  const { balance } = assess({ account: leg.account, leg: leg.isolated ? leg : undefined });
  const { market, quantity } = leg;
  const own = bankruptcyPrice({ mark: market.mark, quantity, balance, unit: market.unit });
  return quantity > 0 ? price < own : price > own;
}
