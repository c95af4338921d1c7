import { type Money, money, ZERO_MONEY } from '@openvenue/money';
import { type CandleInterval, openingAfter, openingOf } from '../memory/kline/interval.ts';
import { NO_FLOW, sumOf } from '../sql/account-changes.ts';
import type { AccountFlow, AccountFlows } from '../sql/history-queries.ts';

/** A wallet over one hour, day, week or month of UTC. Money in 1e-8 USDT. */
export interface AccountBucket {
  readonly openMs: number;
  /** Its end; of the running one the time of the question. */
  readonly endMs: number;
  readonly flow: AccountFlow;
  readonly balanceBefore: Money;
  /** Wallet at the end. */
  readonly balance: Money;
  /** Everything that trading has ever done to the wallet, up to the end. */
  readonly totalPnl: Money;
}

/** Which buckets, and when the running one is looked at. */
export interface BucketStretch {
  readonly interval: CandleInterval;
  /** Where the flows begin: an opening. */
  readonly fromMs: number;
  readonly nowMs: number;
}

/** What a flow has done to the wallet. */
export const walletChange = ({ netPnl, transferIn, transferOut }: AccountFlow): Money =>
  money(netPnl + transferIn - transferOut);

/** All buckets of a stretch, oldest first, those without anything included; none is before the first change of the wallet. */
export function accountBuckets({ before, spans }: AccountFlows, stretch: BucketStretch): AccountBucket[] {
  const { interval, fromMs, nowMs } = stretch;
  const flows = new Map<number, AccountFlow>();
  for (const span of spans) {
    const openMs = openingOf(interval, span.openMs);
    flows.set(openMs, sumOf(flows.get(openMs) ?? NO_FLOW, span));
  }
  const buckets: AccountBucket[] = [];
  let balance = before === undefined ? ZERO_MONEY : walletChange(before);
  let totalPnl = before?.netPnl ?? ZERO_MONEY;
  const [firstMs = Number.POSITIVE_INFINITY] = flows.keys();
  for (let openMs = before === undefined ? firstMs : fromMs; openMs <= nowMs; ) {
    const flow = flows.get(openMs) ?? NO_FLOW;
    const balanceBefore = balance;
    balance = money(balance + walletChange(flow));
    totalPnl = money(totalPnl + flow.netPnl);
    const nextMs = openingAfter(interval, openMs);
    buckets.push({ openMs, endMs: Math.min(nextMs, nowMs), flow, balanceBefore, balance, totalPnl });
    openMs = nextMs;
  }
  return buckets;
}
