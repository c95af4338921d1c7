import type { Money } from '@openvenue/money';
import type { ExchangeState } from '../exchange-state.ts';

/** Books a fee: the agent's share of its markup to its commission account, the rest to the venue (FEE-1). */
export function bookFee(
  state: ExchangeState,
  fee: Money,
  share: { readonly agentId: number; readonly amount: Money },
): void {
  state.fees = (state.fees + fee - share.amount) as Money;
  if (share.amount === 0n) return;
  state.commissions.set(share.agentId, ((state.commissions.get(share.agentId) ?? 0n) + share.amount) as Money);
}
