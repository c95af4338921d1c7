import type { LedgerEntry } from '@openvenue/core';
import { externalId, type IdKind } from '../ids.ts';

/** What the entries of a kind refer to by an id of ours; a transfer's refer to its number, as webhooks call it `orderId`. */
const REFERENCE: Readonly<Partial<Record<LedgerEntry['changeType'], IdKind>>> = {
  REALIZED_PNL: 'fill',
  HANDLING_FEE: 'fill',
  FUNDING_FEE: 'position',
};

/** What caused a change of a wallet, `0` for nothing that has an id. */
export function referenceOf({ changeType, referenceId }: LedgerEntry): string {
  const kind = REFERENCE[changeType];
  return kind === undefined || referenceId === 0 ? String(referenceId) : externalId(kind, referenceId);
}
