import type { Money } from '@openvenue/money';
import type { AgencyRejected } from './reject.ts';
import type { TransferRecord } from './transfer-order.ts';
import type { WalletTransferRecord } from './wallet-transfer-order.ts';

/** What accepted agency commands answer; those not named here answer `done`. */
export type AgencyReply =
  | { readonly ok: true; readonly kind: 'done' }
  | { readonly ok: true; readonly kind: 'agent'; readonly agentId: number }
  | { readonly ok: true; readonly kind: 'deposit'; readonly deposit: bigint }
  | {
      readonly ok: true;
      readonly kind: 'binding';
      readonly userId: number;
      readonly externalUserId: string;
      /** False when the user had been bound before. */
      readonly created: boolean;
    }
  /** `status` is the first result, also when `repeated`; `order` is the transfer or reverse as it stands now. */
  | {
      readonly ok: true;
      readonly kind: 'transfer';
      readonly status: 'SUCCESS' | 'FAILED';
      readonly repeated: boolean;
      readonly order: TransferRecord;
    }
  | {
      readonly ok: true;
      readonly kind: 'wallet-transfer';
      readonly repeated: boolean;
      readonly order: WalletTransferRecord;
    }
  /** What a user has moved between his own wallets. */
  | { readonly ok: true; readonly kind: 'funds-moved'; readonly amount: Money }
  | { readonly ok: true; readonly kind: 'credentials'; readonly userId: number; readonly username: string }
  | { readonly ok: true; readonly kind: 'user-status'; readonly userId: number; readonly disabled: boolean }
  | { readonly ok: true; readonly kind: 'sign-on'; readonly userId: number; readonly expiresAtMs: number }
  | {
      readonly ok: true;
      readonly kind: 'ticket-session';
      readonly agentId: number;
      readonly userId: number;
      readonly sessionId: string;
      readonly refreshExpiresAtMs: number;
      readonly redirectPath: string;
      readonly returnUrl: string;
    }
  | {
      readonly ok: true;
      readonly kind: 'embed-session';
      readonly agentId: number;
      readonly userId: number;
      readonly sessionId: string;
      readonly refreshExpiresAtMs: number;
      readonly symbol: string;
    };

export type AgencyResult = AgencyReply | AgencyRejected;

export const AGENCY_DONE: AgencyReply = Object.freeze({ ok: true, kind: 'done' });
