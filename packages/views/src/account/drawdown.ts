import { divide, type Money, money, ONE, ZERO_MONEY } from '@openvenue/money';
import type { AccountBucket } from './account-buckets.ts';

/** The largest fall of the total profit between two ends of buckets, or from before the first one. */
export interface Drawdown {
  readonly amount: Money;
  /** By the balance at the start of the fall and what came in until its end: in 1e-8, half up, at most 1. */
  readonly rate: bigint;
}

/** Transfers are no fall: money that is taken out leaves the profit as it is. */
export function maxDrawdown(buckets: readonly AccountBucket[]): Drawdown {
  const [first] = buckets;
  if (first === undefined) return { amount: ZERO_MONEY, rate: 0n };
  let peak = first.totalPnl - first.flow.netPnl;
  let capital: bigint = first.balanceBefore;
  let worst = { fall: 0n, capital: 1n };
  for (const { flow, balance, totalPnl } of buckets) {
    capital += flow.transferIn;
    const fall = peak - totalPnl;
    if (fall > worst.fall) worst = { fall, capital };
    if (fall > 0n) continue;
    peak = totalPnl;
    capital = balance;
  }
  return { amount: money(worst.fall), rate: shareOf(worst.fall, worst.capital) };
}

function shareOf(fall: bigint, capital: bigint): bigint {
  return capital <= fall ? (fall === 0n ? 0n : ONE) : divide(fall * ONE, capital, 'half-up');
}
