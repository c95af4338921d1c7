import { outOfRange } from '../identity/form.ts';
import type { ReplayWebhook, WebhookDead, WebhookDelivered, WebhookFailed } from './command.ts';
import { MAX_WEBHOOK_ATTEMPTS } from './limits.ts';
import type { PendingWebhook } from './outbox.ts';
import { type AgencyRejected, refuse } from './reject.ts';
import { AGENCY_DONE, type AgencyResult } from './reply.ts';
import type { AgencyState, Turn } from './state.ts';

type Turned = { readonly ok: true; readonly webhook: PendingWebhook } | AgencyRejected;

/** The pending webhook whose turn it is among those about its order (AGY-21). */
function takeTurn(state: AgencyState, { agentId, seq }: WebhookDelivered | WebhookFailed | WebhookDead): Turned {
  const outbox = state.outboxes.get(agentId);
  const webhook = outbox?.pending(seq);
  if (outbox === undefined || webhook === undefined) return refuse('WEBHOOK_UNKNOWN');
  return outbox.isBlocked(webhook) ? refuse('WEBHOOK_OUT_OF_ORDER') : { ok: true, webhook };
}

export function webhookDelivered({ state, emit }: Turn, command: WebhookDelivered): AgencyResult {
  const { agentId, seq } = command;
  const turned = takeTurn(state, command);
  if (!turned.ok) return turned;

  state.outboxes.deliver(agentId, seq);
  emit({ type: 'webhook-settled', agentId, seq, outcome: 'DELIVERED' });
  return AGENCY_DONE;
}

export function webhookFailed({ state, timeMs, emit }: Turn, command: WebhookFailed): AgencyResult {
  const { agentId, seq, attempts, nextAttemptAtMs } = command;
  const turned = takeTurn(state, command);
  if (!turned.ok) return turned;
  const { webhook } = turned;
  const fault =
    outOfRange({ field: 'attempts', value: attempts, min: webhook.attempts + 1, max: MAX_WEBHOOK_ATTEMPTS }) ??
    outOfRange({ field: 'nextAttemptAtMs', value: nextAttemptAtMs, min: timeMs, max: Number.MAX_SAFE_INTEGER });
  if (fault !== undefined) return fault;

  state.outboxes.of(agentId).setPending({ ...webhook, attempts, nextAttemptAtMs });
  emit({ type: 'webhook-postponed', agentId, seq, attempts, nextAttemptAtMs });
  return AGENCY_DONE;
}

export function webhookDead({ state, timeMs, emit }: Turn, command: WebhookDead): AgencyResult {
  const { agentId, seq } = command;
  const turned = takeTurn(state, command);
  if (!turned.ok) return turned;

  const { orderId, targetStatus, previousSeq, attempts } = turned.webhook;
  state.outboxes.bury(agentId, { seq, orderId, targetStatus, previousSeq, attempts, diedAtMs: timeMs });
  emit({ type: 'webhook-settled', agentId, seq, outcome: 'DEAD' });
  return AGENCY_DONE;
}

export function replayWebhook({ state, timeMs, emit }: Turn, { agentId, seq }: ReplayWebhook): AgencyResult {
  const outbox = state.outboxes.get(agentId);
  const webhook = outbox?.find(seq);
  if (webhook === undefined || outbox?.pending(seq) !== undefined) return refuse('WEBHOOK_UNKNOWN');
  if (!state.outboxes.hasRoomFor(agentId, 1)) return refuse('AGENCY_FULL', { rule: 'undelivered webhooks' });

  const { orderId, targetStatus, previousSeq } = webhook;
  const again = { seq, orderId, targetStatus, previousSeq, sinceMs: timeMs, attempts: 0, nextAttemptAtMs: timeMs };
  state.outboxes.begin(agentId, again);
  emit({ type: 'webhook-replayed', agentId, seq });
  return AGENCY_DONE;
}
