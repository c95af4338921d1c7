import type { Money } from '@openvenue/money';
import { openingAfter, openingOf } from '../memory/kline/interval.ts';
import { NO_FLOW, sumOf } from '../sql/account-changes.ts';
import type { AccountFlow, AccountFlowFilter, AccountFlows } from '../sql/history-queries.ts';
import { accountBuckets } from './account-buckets.ts';
import { type Drawdown, maxDrawdown } from './drawdown.ts';

/** Days that a drawdown looks at, today included. */
const DRAWDOWN_DAYS = 30;

/** The figures of an account at a time. Money in 1e-8 USDT. */
export interface AccountOverview {
  readonly todayPnl: Money;
  readonly todayVolume: Money;
  /** Of all time. */
  readonly total: AccountFlow;
  readonly drawdown: Drawdown;
}

/** The flows that an overview is made of. */
export const overviewFlows = (nowMs: number): AccountFlowFilter => ({
  span: '1d',
  fromMs: openingAfter('1d', openingOf('1d', nowMs), 1 - DRAWDOWN_DAYS),
});

/** The overview that follows from {@link overviewFlows}. */
export function accountOverview(flows: AccountFlows, nowMs: number): AccountOverview {
  const todayMs = openingOf('1d', nowMs);
  const { before = NO_FLOW } = flows;
  const spans = flows.spans.filter(({ openMs }) => openMs <= todayMs);
  const today = spans.find(({ openMs }) => openMs === todayMs) ?? NO_FLOW;
  const { fromMs } = overviewFlows(nowMs);
  return {
    todayPnl: today.netPnl,
    todayVolume: today.tradedValue,
    total: spans.reduce(sumOf, before),
    drawdown: maxDrawdown(accountBuckets(flows, { interval: '1d', fromMs, nowMs })),
  };
}
