import type { StateReader } from '../state/reader.ts';
import type { StateWriter } from '../state/writer.ts';
import type { AgencyLimits } from './limits.ts';
import { type DeadWebhook, Outbox, type OutboxLimits, type PendingWebhook } from './outbox.ts';

/** The outboxes of all agents, and how much of them is yet to be delivered. */
export class Outboxes {
  readonly #limits: AgencyLimits;
  readonly #outboxLimits: OutboxLimits;
  /** In the order of their first webhook. */
  readonly #byAgent = new Map<number, Outbox>();
  #pendingCount = 0;

  constructor(limits: AgencyLimits) {
    this.#limits = limits;
    this.#outboxLimits = { recent: limits.recentWebhooksPerAgent, dead: limits.deadWebhooksPerAgent };
  }

  /** The agent's outbox; undefined before its first webhook. */
  get(agentId: number): Outbox | undefined {
    return this.#byAgent.get(agentId);
  }

  of(agentId: number): Outbox {
    let outbox = this.#byAgent.get(agentId);
    if (outbox === undefined) {
      outbox = new Outbox(this.#outboxLimits);
      this.#byAgent.set(agentId, outbox);
    }
    return outbox;
  }

  hasRoomFor(agentId: number, count: number): boolean {
    const own = this.#byAgent.get(agentId)?.pendingCount ?? 0;
    return (
      own + count <= this.#limits.pendingWebhooksPerAgent && this.#pendingCount + count <= this.#limits.pendingWebhooks
    );
  }

  begin(agentId: number, webhook: PendingWebhook): void {
    this.#pendingCount++;
    this.of(agentId).setPending(webhook);
  }

  deliver(agentId: number, seq: number): void {
    this.#pendingCount--;
    this.of(agentId).setDelivered(seq);
  }

  bury(agentId: number, webhook: DeadWebhook): void {
    this.#pendingCount--;
    this.of(agentId).setDead(webhook);
  }

  save(writer: StateWriter): void {
    writer.list(this.#byAgent, ([agentId, outbox]) => {
      writer.uint(agentId);
      outbox.save(writer);
    });
  }

  static load(reader: StateReader, limits: AgencyLimits): Outboxes {
    const outboxes = new Outboxes(limits);
    reader.list(() => {
      const agentId = reader.uint();
      const outbox = Outbox.load(reader, outboxes.#outboxLimits);
      outboxes.#byAgent.set(agentId, outbox);
      outboxes.#pendingCount += outbox.pendingCount;
    });
    return outboxes;
  }
}
