import { BALANCE_HISTORY_LIMIT_DEFAULT, type BalancePeriod, operations } from '@openvenue/contract';
import { accountBuckets, type CandleInterval, openingAfter, openingOf } from '@openvenue/views';
import { answer } from '../../failure.ts';
import { privateEndpoint } from '../../http/endpoint.ts';
import { balanceHistoryItem } from '../../mapping/account.ts';
import { askAccountFlows, askedAtMs } from './account-flows.ts';

const INTERVAL: Readonly<Record<BalancePeriod, CandleInterval>> = { '1D': '1d', '1W': '1w', '1M': '1M' };

export const getBalanceHistory = privateEndpoint(operations.getBalanceHistory, async (venue, { query, principal }) => {
  const { period, limit = BALANCE_HISTORY_LIMIT_DEFAULT } = query;
  const interval = INTERVAL[period];
  const nowMs = askedAtMs(venue);
  const fromMs = openingAfter(interval, openingOf(interval, nowMs), 1 - limit);
  const flows = await askAccountFlows(venue, principal, { span: '1d', fromMs });
  if (!flows.ok) return flows;
  const buckets = accountBuckets(flows.value, { interval, fromMs, nowMs });
  return answer({ items: buckets.map(balanceHistoryItem).reverse() });
});
