import type { Agent } from './agents.ts';
import { recordWebhook } from './record-webhook.ts';
import { type AgencyRejected, refuse } from './reject.ts';
import type { AgencyReply } from './reply.ts';
import type { AgencyState, Turn } from './state.ts';
import { firstStatus, type TransferOrder, transferRecord } from './transfer-order.ts';

/** Refuses an order for which there is no room, itself or the webhooks that it may cause (AGY-17, AGY-22). */
export function noRoom(state: AgencyState, agent: Agent, webhooks: number): AgencyRejected | undefined {
  if (state.orders.isFullFor(agent.agentId)) return refuse('AGENCY_FULL', { rule: 'transfer orders' });
  // Without an address nothing waits for delivery.
  if (agent.webhookUrl === '' || state.outboxes.hasRoomFor(agent.agentId, webhooks)) return undefined;
  return refuse('AGENCY_FULL', { rule: 'undelivered webhooks' });
}

/** Announces an order that is new or has a new status: its event, then its webhook. */
export function announce(turn: Turn, order: TransferOrder): void {
  turn.emit({ type: 'transfer-updated', order: transferRecord(order) });
  recordWebhook(turn, order);
}

export const answer = (order: TransferOrder, repeated: boolean): AgencyReply => ({
  ok: true,
  kind: 'transfer',
  status: firstStatus(order),
  repeated,
  order: transferRecord(order),
});
