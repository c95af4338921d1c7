import type { FundingLedgerEntry } from './event.ts';
import type { Turn } from './state.ts';

/** Changes a user's funding wallet, and says so in its ledger. */
export function changeFunding(
  { state, timeMs, emit }: Turn,
  change: Pick<FundingLedgerEntry, 'userId' | 'changeType' | 'amount' | 'referenceId'>,
): void {
  const { available: availableBefore } = state.fundingWallets.of(change.userId);
  const { available: availableAfter } = state.fundingWallets.change(change.userId, change.amount);
  emit({ type: 'funding-ledger', entry: { ...change, availableBefore, availableAfter, createdAtMs: timeMs } });
}
