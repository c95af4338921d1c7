import type { QueryOrderReply, TransferAllOutReply, TransferReply, WebhookEvent } from '@openvenue/agent-sdk';
import { parseAmount } from '../money/amount.ts';
import type { Report } from '../money/transfers.ts';

export function reportOfOrder({ orderNo, status, amount, failReason }: QueryOrderReply): Report {
  return { orderNo, status, amount: parseAmount(amount), failReason };
}

/** The reply to a transfer does not say why it failed, and only a withdrawal of all says how much it was. */
export function reportOfReply(reply: TransferReply | TransferAllOutReply): Report {
  const amount = 'amount' in reply ? parseAmount(reply.amount) : undefined;
  return { orderNo: reply.orderNo, status: reply.orderStatus, amount, failReason: '' };
}

/** A reverse has its own number; what it does to the transfer comes as an event of the transfer itself. */
export function reportOfEvent(event: WebhookEvent): Report | undefined {
  if (event.orderType === 'reverse') return undefined;
  const { orderNo, targetStatus: status, amount, failReason } = event;
  return { orderNo, status, amount: parseAmount(amount), failReason };
}
