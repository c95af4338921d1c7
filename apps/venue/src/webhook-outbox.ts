import type { Command } from '@openvenue/core';
import { type AgentSecrets, webhookView } from '@openvenue/gateway';
import type { VenueNode } from '@openvenue/sequencer';
import type { Receiver, WaitingWebhook, WebhookOutbox } from '@openvenue/webhooks';

/** Webhooks of one agent that a turn looks at: more than are ever in flight at once, however many wait. */
const WAITING_MAX = 64;

export interface CoreOutboxOptions {
  readonly node: VenueNode;
  readonly secrets: AgentSecrets;
  readonly clock: { nowMs(): number };
}

/** The core's outboxes as the deliverer sees them; what becomes of a webhook is a command, and so survives a restart. */
export class CoreOutbox implements WebhookOutbox {
  readonly #options: CoreOutboxOptions;

  constructor(options: CoreOutboxOptions) {
    this.#options = options;
  }

  receivers(): readonly Receiver[] {
    return [...this.#agency.agents()].map(({ agentId, webhookUrl: url }) => ({ agentId, url }));
  }

  /** Those that are due and whose turn it is, in the order in which their delivery began. */
  waiting(agentId: number): readonly WaitingWebhook[] {
    const nowMs = this.#options.clock.nowMs();
    const due: WaitingWebhook[] = [];
    for (const webhook of this.#agency.pendingWebhooks(agentId)) {
      if (due.length === WAITING_MAX) break;
      const { seq, sinceMs, attempts, nextAttemptAtMs } = webhook;
      if (nextAttemptAtMs > nowMs || this.#agency.isWebhookBlocked(agentId, webhook)) continue;
      due.push({ seq, sinceMs, attempts, nextAttemptAtMs, blocked: false });
    }
    return due;
  }

  body(agentId: number, seq: number): string | undefined {
    const webhook = this.#agency.webhook(agentId, seq);
    return webhook === undefined ? undefined : JSON.stringify(webhookView(webhook, this.#options.node.core));
  }

  secret(agentId: number): string {
    const agent = this.#agency.agent(agentId);
    const sealedSecret = agent?.sealedSecrets[0];
    if (agent === undefined || sealedSecret === undefined) throw new Error(`agent ${agentId} has no secret`);
    return this.#options.secrets.open({ agentCode: agent.agentCode, sealedSecret });
  }

  delivered(agentId: number, seq: number): Promise<void> {
    return this.#settle({ type: 'webhook-delivered', agentId, seq });
  }

  failed(
    agentId: number,
    seq: number,
    { attempts, nextAttemptAtMs }: { readonly attempts: number; readonly nextAttemptAtMs: number },
  ): Promise<void> {
    return this.#settle({ type: 'webhook-failed', agentId, seq, attempts, nextAttemptAtMs });
  }

  dead(agentId: number, seq: number): Promise<void> {
    return this.#settle({ type: 'webhook-dead', agentId, seq });
  }

  get #agency() {
    return this.#options.node.core.agency;
  }

  async #settle(command: Command): Promise<void> {
    const { reply } = await this.#options.node.submit(command);
    if (!reply.ok) throw new Error(`${command.type} was refused: ${reply.reason}`);
  }
}
