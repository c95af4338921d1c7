import type { Money } from '@openvenue/money';
import type { TransferRecord } from './transfer-order.ts';
import type { WalletDirection, WalletTransferRecord } from './wallet-transfer-order.ts';

/** An agent as events show it: without its secrets. */
export interface AgentRecord {
  readonly agentId: number;
  readonly agentCode: string;
  readonly publicNumber: string;
  readonly name: string;
  readonly webhookUrl: string;
  readonly origins: readonly string[];
  readonly depositless: boolean;
  /** Where its calls may come from; anywhere when empty. */
  readonly ipAllowList: readonly string[];
  readonly disabled: boolean;
}

/** A change of an agent's deposit. */
export interface AgentLedgerEntry {
  readonly agentId: number;
  readonly changeType:
    | 'ADJUSTMENT'
    | 'TRANSFER_IN'
    | 'TRANSFER_OUT'
    | 'TRANSFER_REVERSE'
    | 'PARTNER_TO_FUNDING'
    | 'FUNDING_TO_PARTNER';
  /** Into the deposit is plus. */
  readonly amount: Money;
  readonly depositBefore: Money;
  readonly depositAfter: Money;
  /** Id of the transfer or reverse, for the last two of the wallet transfer; 0 for an adjustment. */
  readonly referenceId: number;
  readonly createdAtMs: number;
}

/** A change of a user's funding wallet. */
export interface FundingLedgerEntry {
  readonly userId: number;
  readonly changeType: WalletDirection;
  /** Into the wallet is plus. */
  readonly amount: Money;
  readonly availableBefore: Money;
  readonly availableAfter: Money;
  /** Id of the wallet transfer; 0 when the user has moved it himself. */
  readonly referenceId: number;
  readonly createdAtMs: number;
}

export type SignOnKind = 'ticket' | 'embed-token';

/** USED for a session; BURNT by misuse, by a disabled agent or because no session could be opened; EXPIRED unused. */
export type SignOnEnd = 'USED' | 'BURNT' | 'EXPIRED';

export type AgencyEvent =
  | { readonly type: 'agent-created'; readonly agent: AgentRecord }
  | { readonly type: 'agent-updated'; readonly agent: AgentRecord }
  | { readonly type: 'agent-ledger'; readonly entry: AgentLedgerEntry }
  | { readonly type: 'user-bound'; readonly agentId: number; readonly userId: number; readonly agentUserId: string }
  /** A new transfer or reverse, or a transfer that has been reversed. */
  | { readonly type: 'transfer-updated'; readonly order: TransferRecord }
  | { readonly type: 'funding-ledger'; readonly entry: FundingLedgerEntry }
  /** A new wallet transfer, done or failed. */
  | { readonly type: 'wallet-transferred'; readonly order: WalletTransferRecord }
  /** `pending` when it is to be delivered: the agent has an address for it. */
  | { readonly type: 'webhook-recorded'; readonly agentId: number; readonly seq: number; readonly pending: boolean }
  | {
      readonly type: 'webhook-postponed';
      readonly agentId: number;
      readonly seq: number;
      readonly attempts: number;
      readonly nextAttemptAtMs: number;
    }
  | {
      readonly type: 'webhook-settled';
      readonly agentId: number;
      readonly seq: number;
      readonly outcome: 'DELIVERED' | 'DEAD';
    }
  | { readonly type: 'webhook-replayed'; readonly agentId: number; readonly seq: number }
  | {
      readonly type: 'sign-on-created';
      readonly kind: SignOnKind;
      readonly agentId: number;
      readonly userId: number;
      readonly expiresAtMs: number;
    }
  | {
      readonly type: 'sign-on-ended';
      readonly kind: SignOnKind;
      readonly agentId: number;
      readonly userId: number;
      readonly reason: SignOnEnd;
    };
