import type { AgentReplyOf } from '@openvenue/contract';
import type { WalletTransferRecord } from '@openvenue/core';
import { formatDecimal } from '@openvenue/money';
import { type UserIds, userIdsOf } from './transfer.ts';

/** A wallet transfer as its calls show it, without the environment. */
export type WalletTransferView = Omit<AgentReplyOf<'walletTransfer'>, 'code' | 'message' | 'environment'>;

export function walletTransferView(order: WalletTransferRecord, core: UserIds): WalletTransferView {
  return {
    orderNo: order.orderNo,
    status: order.status,
    direction: order.direction,
    currency: order.currency,
    amount: formatDecimal(order.amount),
    transferAll: order.transferAll,
    ...userIdsOf(core, order.userId),
    resultCode: order.failReason,
  };
}
