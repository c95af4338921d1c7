import type { AccountChangeView } from '@openvenue/contract';
import type { LedgerEntry } from '@openvenue/core';
import { formatDecimal } from '@openvenue/money';
import { externalId, type IdKind } from '../ids.ts';

/** The one asset of contract wallets. */
export const WALLET_ASSET = 'USDT';

/** What the entries of a kind refer to by an id of ours; a transfer's refer to its number, as webhooks call it `orderId`. */
const REFERENCE: Readonly<Partial<Record<LedgerEntry['changeType'], IdKind>>> = {
  REALIZED_PNL: 'fill',
  HANDLING_FEE: 'fill',
  ADL: 'fill',
  LIQUIDATION_FEE: 'order',
  FUNDING_FEE: 'position',
};

/** What caused a change of a wallet, `0` for nothing that has an id. */
export function referenceOf({ changeType, referenceId }: Pick<LedgerEntry, 'changeType' | 'referenceId'>): string {
  const kind = REFERENCE[changeType];
  return kind === undefined || referenceId === 0 ? String(referenceId) : externalId(kind, referenceId);
}

/** A change of a wallet as replies show it. */
export const accountChangeView = (entry: LedgerEntry): AccountChangeView => ({
  assetType: WALLET_ASSET,
  amount: formatDecimal(entry.amount),
  walletBalanceBefore: formatDecimal(entry.walletBefore),
  walletBalanceAfter: formatDecimal(entry.walletAfter),
  frozenBalanceBefore: formatDecimal(entry.frozenBefore),
  frozenBalanceAfter: formatDecimal(entry.frozenAfter),
  changeType: entry.changeType,
  referenceId: referenceOf(entry),
  createdAt: entry.createdAtMs,
});
