import type { AccountOverview, AccountTrendItem, OverviewType } from '@openvenue/contract';
import {
  type AccountFlows,
  accountBuckets,
  accountOverview,
  type FlowSpan,
  openingAfter,
  openingOf,
  overviewFlows,
} from '@openvenue/views';
import type { Principal } from '../../access/principal.ts';
import { type Answer, answer } from '../../failure.ts';
import { overviewView, trendItem } from '../../mapping/account.ts';
import type { Venue } from '../../venue.ts';
import { askAccountFlows, askedAtMs } from './account-flows.ts';

/** How many hours or days a trend has, the running one included. */
const STRETCH: Readonly<Record<OverviewType, { readonly span: FlowSpan; readonly count: number }>> = {
  '1D': { span: '1h', count: 24 },
  '1W': { span: '1d', count: 7 },
  '1M': { span: '1d', count: 30 },
  '3M': { span: '1d', count: 90 },
  '6M': { span: '1d', count: 180 },
  '1Y': { span: '1d', count: 365 },
};

/** The figures of the caller's account. */
export async function readOverview(venue: Venue, principal: Principal): Promise<Answer<AccountOverview>> {
  const nowMs = askedAtMs(venue);
  const flows = await askAccountFlows(venue, principal, overviewFlows(nowMs));
  return flows.ok ? answer(overviewView(accountOverview(flows.value, nowMs))) : flows;
}

/** The course of the caller's account, newest first. */
export async function readTrend(
  venue: Venue,
  principal: Principal,
  type: OverviewType,
): Promise<Answer<readonly AccountTrendItem[]>> {
  const { span, count } = STRETCH[type];
  const nowMs = askedAtMs(venue);
  const fromMs = openingAfter(span, openingOf(span, nowMs), 1 - count);
  const flows = await askAccountFlows(venue, principal, { span, fromMs });
  return flows.ok ? answer(trendOf(flows.value, { interval: span, fromMs, nowMs })) : flows;
}

const trendOf = (flows: AccountFlows, stretch: Parameters<typeof accountBuckets>[1]): AccountTrendItem[] =>
  accountBuckets(flows, stretch).map(trendItem).reverse();
