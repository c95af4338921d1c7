import type { Turn } from './state.ts';
import type { TransferOrder } from './transfer-order.ts';

/** Puts into the agent's outbox that the order has come to its status, and announces the order as it then stands. */
export function recordWebhook({ state, timeMs, emit }: Turn, order: TransferOrder): TransferOrder {
  const { agentId, orderId, status: targetStatus, webhookSeq: previousSeq } = order;
  const webhook = state.outboxes.of(agentId).record({ orderId, targetStatus, previousSeq });
  const pending = state.agents.get(agentId)?.webhookUrl !== '';
  if (pending) {
    state.outboxes.begin(agentId, { ...webhook, sinceMs: timeMs, attempts: 0, nextAttemptAtMs: timeMs });
  }
  const noted = { ...order, webhookSeq: webhook.seq };
  state.orders.replace(noted);
  emit({ type: 'webhook-recorded', agentId, seq: webhook.seq, pending });
  return noted;
}
