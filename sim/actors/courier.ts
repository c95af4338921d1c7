import type { Command } from '@openvenue/core';
import type { Agent } from './partner.ts';
import type { Surroundings } from './trader.ts';

/** Tells the venue what became of an agent's webhooks: delivered, to be tried again, given up, sent once more. */
export class Courier {
  readonly #around: Surroundings;
  readonly #agentId: number;

  constructor(around: Surroundings, agent: Agent) {
    this.#around = around;
    this.#agentId = agent.agentId;
  }

  /** One attempt at one webhook. */
  async act(): Promise<void> {
    const { world, venue, network } = this.#around;
    const random = world.random.users;
    const agency = venue.core?.agency;
    if (agency === undefined) return;
    const agentId = this.#agentId;
    const pending = agency.pendingWebhooks(agentId);
    const last = agency.lastWebhookSeq(agentId);
    if (last > 0 && (pending.length === 0 || random.chance(1, 10))) {
      await network.call({ type: 'replay-webhook', agentId, seq: random.integer(1, last) });
      return;
    }
    if (pending.length === 0) return;
    const { seq, attempts } = random.pick(pending);
    const dice = random.integer(0, 9);
    const nextAttemptAtMs = (venue.core?.timeMs ?? 0) + random.integer(60_000, 600_000);
    const command: Command =
      dice < 6
        ? { type: 'webhook-delivered', agentId, seq }
        : dice < 9
          ? { type: 'webhook-failed', agentId, seq, attempts: attempts + 1, nextAttemptAtMs }
          : { type: 'webhook-dead', agentId, seq };
    await network.call(command);
  }
}
