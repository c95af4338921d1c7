import type { Money } from '@openvenue/money';
import type { StateReader } from '../state/reader.ts';
import type { StateWriter } from '../state/writer.ts';
import { CURRENCY, loadOne } from './transfer-order.ts';

export const WALLET_DIRECTIONS = [
  'PARTNER_TO_FUNDING',
  'FUNDING_TO_PARTNER',
  'FUNDING_TO_CONTRACT',
  'CONTRACT_TO_FUNDING',
] as const;
/** From which to which: the agent's deposit, the user's funding wallet, his contract wallet. */
export type WalletDirection = (typeof WALLET_DIRECTIONS)[number];

export const OWN_WALLET_DIRECTIONS = ['FUNDING_TO_CONTRACT', 'CONTRACT_TO_FUNDING'] as const;
/** Between the user's own two wallets. */
export type OwnWalletDirection = (typeof OWN_WALLET_DIRECTIONS)[number];

const FAIL_REASONS = ['', 'INSUFFICIENT_DEPOSIT', 'INSUFFICIENT_FUNDING', 'INSUFFICIENT_BALANCE'] as const;
/** What the wallet that the money was to leave lacked: the deposit, the funding wallet or the contract wallet; '' when nothing. */
export type WalletFailReason = (typeof FAIL_REASONS)[number];

/** A wallet transfer as it is kept; nothing of it ever changes. */
export interface WalletTransferOrder {
  /** Counts up from 1 over all agents, apart from the ids of transfers. */
  readonly walletTransferId: number;
  readonly agentId: number;
  readonly userId: number;
  /** The agent's own number. */
  readonly orderNo: string;
  readonly direction: WalletDirection;
  /** What was to be moved, or for all there was, what was moved. */
  readonly amount: Money;
  readonly transferAll: boolean;
  readonly failReason: WalletFailReason;
  readonly createdAtMs: number;
}

/** A wallet transfer as everyone sees it. */
export interface WalletTransferRecord extends WalletTransferOrder {
  readonly currency: typeof CURRENCY;
  readonly status: 'SUCCESS' | 'FAILED';
}

export const walletTransferRecord = (order: WalletTransferOrder): WalletTransferRecord => ({
  ...order,
  currency: CURRENCY,
  status: order.failReason === '' ? 'SUCCESS' : 'FAILED',
});

/** `previousMs`: when the one before it was created; times are written as differences, which are small. */
export function saveWalletTransfer(writer: StateWriter, order: WalletTransferOrder, previousMs: number): void {
  writer.uint(order.agentId);
  writer.uint(order.userId);
  writer.text(order.orderNo);
  writer.uint(WALLET_DIRECTIONS.indexOf(order.direction));
  writer.bigint(order.amount);
  writer.boolean(order.transferAll);
  writer.uint(FAIL_REASONS.indexOf(order.failReason));
  writer.uint(order.createdAtMs - previousMs);
}

export function loadWalletTransfer(
  reader: StateReader,
  walletTransferId: number,
  previousMs: number,
): WalletTransferOrder {
  return {
    walletTransferId,
    agentId: reader.uint(),
    userId: reader.uint(),
    orderNo: reader.text(),
    direction: loadOne(reader, WALLET_DIRECTIONS),
    amount: reader.bigint() as Money,
    transferAll: reader.boolean(),
    failReason: loadOne(reader, FAIL_REASONS),
    createdAtMs: previousMs + reader.uint(),
  };
}
