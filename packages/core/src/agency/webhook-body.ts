import type { Webhook } from './outbox.ts';
import type { AgencyState } from './state.ts';
import { type TransferRecord, type TransferStatus, transferRecord } from './transfer-order.ts';

/** What a webhook says; `userId` is the internal id, which its sender replaces by the external one. */
export interface WebhookBody
  extends Pick<
    TransferRecord,
    | 'orderId'
    | 'orderNo'
    | 'direction'
    | 'transferMode'
    | 'currency'
    | 'amount'
    | 'userId'
    | 'failReason'
    | 'createdAtMs'
    | 'completedAtMs'
  > {
  readonly seq: number;
  readonly event: 'transfer.completed' | 'reverse.completed';
  readonly orderType: 'transfer' | 'reverse';
  readonly targetStatus: TransferStatus;
  readonly agentCode: string;
  readonly agentUserId: string;
}

/** The body of an agent's webhook; undefined when its order is not this agent's. */
export function webhookBody(state: AgencyState, agentId: number, webhook: Webhook): WebhookBody | undefined {
  const order = state.orders.get(webhook.orderId);
  const agent = state.agents.get(agentId);
  if (order === undefined || agent === undefined || order.agentId !== agentId) return undefined;
  const record = transferRecord(order);
  const orderType = order.orderType === 'REVERSE' ? 'reverse' : 'transfer';
  return {
    seq: webhook.seq,
    event: `${orderType}.completed`,
    orderType,
    orderId: record.orderId,
    orderNo: record.orderNo,
    targetStatus: webhook.targetStatus,
    direction: record.direction,
    transferMode: record.transferMode,
    currency: record.currency,
    amount: record.amount,
    agentCode: agent.agentCode,
    agentUserId: state.bindings.of(record.userId)?.agentUserId ?? '',
    userId: record.userId,
    failReason: record.failReason,
    createdAtMs: record.createdAtMs,
    completedAtMs: record.completedAtMs,
  };
}
