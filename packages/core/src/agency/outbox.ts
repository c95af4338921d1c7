import type { StateReader } from '../state/reader.ts';
import type { StateWriter } from '../state/writer.ts';
import { loadOne, STATUSES, type TransferStatus } from './transfer-order.ts';

/** A webhook: that an order came to a status. Its text follows from the order, which keeps everything else. */
export interface Webhook {
  /** Counts up from 1 for each agent, without gaps. */
  readonly seq: number;
  readonly orderId: number;
  readonly targetStatus: TransferStatus;
  /** The webhook about the same order that goes before it, 0 for none. */
  readonly previousSeq: number;
}

export interface PendingWebhook extends Webhook {
  /** When its delivery began. */
  readonly sinceMs: number;
  readonly attempts: number;
  /** Not before then. */
  readonly nextAttemptAtMs: number;
}

export interface DeadWebhook extends Webhook {
  readonly attempts: number;
  readonly diedAtMs: number;
}

export interface OutboxLimits {
  readonly recent: number;
  readonly dead: number;
}

/** One agent's webhooks: the newest ones, whatever became of them; those to be delivered; and the dead ones. */
export class Outbox {
  readonly #limits: OutboxLimits;
  #lastSeq = 0;
  /** The newest ones, each at its sequence modulo the limit. */
  readonly #recent: Webhook[] = [];
  /** In the order in which their delivery began. */
  readonly #pending = new Map<number, PendingWebhook>();
  /** In the order in which they died. */
  readonly #dead = new Map<number, DeadWebhook>();

  constructor(limits: OutboxLimits) {
    this.#limits = limits;
  }

  get lastSeq(): number {
    return this.#lastSeq;
  }

  get pendingCount(): number {
    return this.#pending.size;
  }

  pending(seq: number): PendingWebhook | undefined {
    return this.#pending.get(seq);
  }

  /** In the order in which their delivery began. */
  allPending(): IterableIterator<PendingWebhook> {
    return this.#pending.values();
  }

  /** In the order in which they died. */
  allDead(): IterableIterator<DeadWebhook> {
    return this.#dead.values();
  }

  /** Whether a webhook about the same order must be delivered, or die, before it. */
  isBlocked(webhook: Webhook): boolean {
    return this.#pending.has(webhook.previousSeq);
  }

  /** One that is still known: pending, dead, or among the newest. */
  find(seq: number): Webhook | undefined {
    return this.#pending.get(seq) ?? this.#dead.get(seq) ?? this.#recentAt(seq);
  }

  /** The newest that come after `seq`, in order. Older ones than those that are kept are left out. */
  after(seq: number, limit: number): readonly Webhook[] {
    const webhooks: Webhook[] = [];
    const first = Math.max(seq, this.#lastSeq - this.#limits.recent) + 1;
    for (let each = first; each <= this.#lastSeq && webhooks.length < limit; each++) {
      const webhook = this.#recentAt(each);
      if (webhook !== undefined) webhooks.push(webhook);
    }
    return webhooks;
  }

  record(fields: Omit<Webhook, 'seq'>): Webhook {
    const webhook = { seq: ++this.#lastSeq, ...fields };
    this.#recent[webhook.seq % this.#limits.recent] = webhook;
    return webhook;
  }

  /** Begins or postpones a delivery. */
  setPending(webhook: PendingWebhook): void {
    this.#pending.set(webhook.seq, webhook);
    this.#dead.delete(webhook.seq);
  }

  setDelivered(seq: number): void {
    this.#pending.delete(seq);
  }

  /** Above the limit the longest dead one is dropped. */
  setDead(webhook: DeadWebhook): void {
    this.#pending.delete(webhook.seq);
    this.#dead.set(webhook.seq, webhook);
    if (this.#dead.size <= this.#limits.dead) return;
    const oldest = this.#dead.keys().next().value;
    if (oldest !== undefined) this.#dead.delete(oldest);
  }

  save(writer: StateWriter): void {
    writer.uint(this.#lastSeq);
    writer.list(this.after(0, this.#limits.recent), (webhook) => saveWebhook(writer, webhook));
    writer.list(this.#pending.values(), (webhook) => {
      saveWebhook(writer, webhook);
      writer.uint(webhook.sinceMs);
      writer.uint(webhook.attempts);
      writer.uint(webhook.nextAttemptAtMs);
    });
    writer.list(this.#dead.values(), (webhook) => {
      saveWebhook(writer, webhook);
      writer.uint(webhook.attempts);
      writer.uint(webhook.diedAtMs);
    });
  }

  static load(reader: StateReader, limits: OutboxLimits): Outbox {
    const outbox = new Outbox(limits);
    outbox.#lastSeq = reader.uint();
    reader.list(() => {
      const webhook = loadWebhook(reader);
      outbox.#recent[webhook.seq % limits.recent] = webhook;
    });
    reader.list(() =>
      outbox.setPending({
        ...loadWebhook(reader),
        sinceMs: reader.uint(),
        attempts: reader.uint(),
        nextAttemptAtMs: reader.uint(),
      }),
    );
    reader.list(() => outbox.setDead({ ...loadWebhook(reader), attempts: reader.uint(), diedAtMs: reader.uint() }));
    return outbox;
  }

  #recentAt(seq: number): Webhook | undefined {
    const webhook = this.#recent[seq % this.#limits.recent];
    return webhook?.seq === seq ? webhook : undefined;
  }
}

function saveWebhook(writer: StateWriter, { seq, orderId, targetStatus, previousSeq }: Webhook): void {
  writer.uint(seq);
  writer.uint(orderId);
  writer.uint(STATUSES.indexOf(targetStatus));
  writer.uint(previousSeq);
}

const loadWebhook = (reader: StateReader): Webhook => ({
  seq: reader.uint(),
  orderId: reader.uint(),
  targetStatus: loadOne(reader, STATUSES),
  previousSeq: reader.uint(),
});
