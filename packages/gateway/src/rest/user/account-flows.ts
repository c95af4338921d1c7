import type { AccountFlowFilter, AccountFlows } from '@openvenue/views';
import type { Principal } from '../../access/principal.ts';
import type { Failure } from '../../failure.ts';
import type { Venue } from '../../venue.ts';
import { askHistory } from '../history.ts';

/** The time at which a statistic is asked for: no earlier than that of anything it may be made of. */
export const askedAtMs = ({ node, clock }: Venue): number => Math.max(node.core.timeMs, clock.nowMs());

/** What the caller's account came to, all of his own commands included. */
export function askAccountFlows(
  { node, history }: Venue,
  { userId }: Principal,
  filter: AccountFlowFilter,
): Promise<{ readonly ok: true; readonly value: AccountFlows } | Failure> {
  return askHistory(history.accountFlows(userId, { ...filter, atLeastSequence: node.core.sequence }));
}
