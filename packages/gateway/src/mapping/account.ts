import type { AccountOverview as AccountOverviewView, AccountTrendItem, BalanceHistoryItem } from '@openvenue/contract';
import { divide, formatDecimal, ONE } from '@openvenue/money';
import type { AccountBucket, AccountOverview } from '@openvenue/views';

/** The figures of an account as replies show them. */
export const overviewView = ({ todayPnl, todayVolume, total, drawdown }: AccountOverview): AccountOverviewView => ({
  todayPnl: formatDecimal(todayPnl),
  todayVolume: formatDecimal(todayVolume),
  totalVolume: formatDecimal(total.tradedValue),
  totalPnl: formatDecimal(total.netPnl),
  maxDrawdown30d: formatDecimal(drawdown.amount),
  maxDrawdown30dRate: formatDecimal(drawdown.rate),
  transferIn: formatDecimal(total.transferIn),
  transferOut: formatDecimal(total.transferOut),
});

/** An hour or a day as the trend shows it. */
export const trendItem = (bucket: AccountBucket): AccountTrendItem => ({
  snapshotTime: bucket.endMs,
  balance: formatDecimal(bucket.balance),
  pnl: formatDecimal(bucket.flow.netPnl),
  pnlRate: formatDecimal(returnOf(bucket)),
  totalPnl: formatDecimal(bucket.totalPnl),
});

/** A day, week or month as the history of the balance shows it. */
export const balanceHistoryItem = ({ openMs, balance, flow }: AccountBucket): BalanceHistoryItem => ({
  date: new Date(openMs).toISOString().slice(0, 'YYYY-MM-DD'.length),
  balance: formatDecimal(balance),
  pnl: formatDecimal(flow.netPnl),
});

/** In 1e-8, half up; 0 where there was nothing to trade with. */
function returnOf({ balanceBefore, flow }: AccountBucket): bigint {
  const capital = balanceBefore + flow.transferIn;
  return capital <= 0n ? 0n : divide(flow.netPnl * ONE, capital, 'half-up');
}
