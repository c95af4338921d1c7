import type { AgentOrderView, Currency, TransferDirection, WalletTransferDirection } from '@openvenue/contract';
import type { AgentUserReference } from '@openvenue/core';
import { namedUser, type UserIds } from '../mapping/transfer.ts';
import type { WalletTransferView } from '../mapping/wallet-transfer.ts';
import { InFlight, type OrderKey } from './in-flight.ts';

/** A transfer that was handed to the node: what its request says. */
export interface TransferInFlight extends OrderKey {
  readonly user: AgentUserReference;
  readonly direction: TransferDirection;
  readonly currency: Currency;
  /** `''` for an all-out, whose amount is its result. */
  readonly amount: string;
  readonly sinceMs: number;
}

/** A wallet transfer that was handed to the node: what its request says. */
export interface WalletTransferInFlight extends OrderKey {
  readonly user: AgentUserReference;
  readonly direction: WalletTransferDirection;
  readonly currency: Currency;
  /** `''` for all there is, whose amount is its result. */
  readonly amount: string;
}

/** What this process has handed to the node and knows no outcome of. */
export interface OrdersInFlight {
  readonly transfers: InFlight<TransferInFlight>;
  readonly walletTransfers: InFlight<WalletTransferInFlight>;
}

export const ordersInFlight = (): OrdersInFlight => ({ transfers: new InFlight(), walletTransfers: new InFlight() });

/** A transfer in flight as the queries show it. */
export function transferInFlightView(order: TransferInFlight, core: UserIds): AgentOrderView {
  return {
    orderNo: order.orderNo,
    status: 'PROCESSING',
    direction: order.direction,
    transferMode: order.amount === '' ? 'ALL_OUT' : 'FIXED_AMOUNT',
    currency: order.currency,
    amount: order.amount,
    ...namedUser(core, order.agentId, order.user),
    failReason: '',
    createdAt: new Date(order.sinceMs).toISOString(),
    completedAt: '',
  };
}

/** A wallet transfer in flight as its calls show it. */
export function walletTransferInFlightView(order: WalletTransferInFlight, core: UserIds): WalletTransferView {
  return {
    orderNo: order.orderNo,
    status: 'PROCESSING',
    direction: order.direction,
    currency: order.currency,
    amount: order.amount,
    transferAll: order.amount === '',
    ...namedUser(core, order.agentId, order.user),
    resultCode: '',
  };
}
