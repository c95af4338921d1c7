import { backOffMs, GIVE_UP_AFTER_MS } from './back-off.ts';
import type { PostRequest, PostResult } from './post.ts';
import { signWebhook } from './sign.ts';

/** One webhook that waits for its delivery. */
export interface WaitingWebhook {
  /** Numbers the agent's webhooks. */
  readonly seq: number;
  readonly sinceMs: number;
  readonly attempts: number;
  readonly nextAttemptAtMs: number;
  /** An earlier webhook about the same order comes first. */
  readonly blocked: boolean;
}

export interface Receiver {
  readonly agentId: number;
  /** '' while the agent has none: its webhooks wait. */
  readonly url: string;
}

/** The durable outbox, as the deliverer sees it. What is settled here survives a restart. */
export interface WebhookOutbox {
  receivers(): readonly Receiver[];
  waiting(agentId: number): readonly WaitingWebhook[];
  /** The JSON text of a webhook; undefined when it is gone. */
  body(agentId: number, seq: number): string | undefined;
  /** The secret that signs the agent's webhooks now. */
  secret(agentId: number): string;
  delivered(agentId: number, seq: number): Promise<void>;
  failed(
    agentId: number,
    seq: number,
    next: { readonly attempts: number; readonly nextAttemptAtMs: number },
  ): Promise<void>;
  dead(agentId: number, seq: number): Promise<void>;
}

export interface DelivererOptions {
  readonly outbox: WebhookOutbox;
  readonly post: (message: PostRequest) => Promise<PostResult>;
  readonly clock: { nowMs(): number };
  /** In [0, 1). */
  readonly random: () => number;
  readonly nonce: () => string;
  /** Every attempt, for the delivery log. */
  readonly onAttempt?: (attempt: {
    readonly agentId: number;
    readonly seq: number;
    readonly result: PostResult;
  }) => void;
  /** Takes errors of the outbox itself; the webhook is tried again. */
  readonly onError: (error: unknown) => void;
}

/** Deliveries in flight to one receiver: a dead one holds up its own only. */
const IN_FLIGHT_PER_AGENT = 8;

/**
 * Delivers what the outbox holds: at least once, the webhooks of one order in order, each receiver on its own. It keeps no state
 * that matters: what was sent but not settled before a crash is sent again.
 */
export class WebhookDeliverer {
  readonly #options: DelivererOptions;
  readonly #inFlight = new Map<number, Map<number, Promise<void>>>();
  #stopped = false;

  constructor(options: DelivererOptions) {
    this.#options = options;
  }

  /** Starts every delivery that is due. Call it about once a second, and when something was recorded. */
  turn(): void {
    if (this.#stopped) return;
    const nowMs = this.#options.clock.nowMs();
    for (const receiver of this.#options.outbox.receivers()) if (receiver.url !== '') this.#serve(receiver, nowMs);
  }

  /** Starts nothing more, and waits for what is in flight. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.settled();
  }

  /** Resolves when nothing is in flight. */
  async settled(): Promise<void> {
    await Promise.all([...this.#inFlight.values()].flatMap((deliveries) => [...deliveries.values()]));
  }

  #serve({ agentId, url }: Receiver, nowMs: number): void {
    const inFlight = this.#inFlight.get(agentId) ?? new Map<number, Promise<void>>();
    this.#inFlight.set(agentId, inFlight);
    for (const webhook of this.#options.outbox.waiting(agentId)) {
      if (inFlight.size >= IN_FLIGHT_PER_AGENT) return;
      if (webhook.blocked || webhook.nextAttemptAtMs > nowMs || inFlight.has(webhook.seq)) continue;
      const delivery = this.#deliver({ agentId, url }, webhook)
        .catch(this.#options.onError)
        .finally(() => inFlight.delete(webhook.seq));
      inFlight.set(webhook.seq, delivery);
    }
  }

  async #deliver({ agentId, url }: Receiver, webhook: WaitingWebhook): Promise<void> {
    const { outbox, post, clock, random, nonce, onAttempt } = this.#options;
    const { seq } = webhook;
    const body = outbox.body(agentId, seq);
    if (body === undefined) return outbox.dead(agentId, seq);
    const timestamp = Math.floor(clock.nowMs() / 1_000);
    const headers = signWebhook({ secret: outbox.secret(agentId), timestamp, nonce: nonce(), body });
    const result = await post({ url, headers: { ...headers }, body });
    onAttempt?.({ agentId, seq, result });
    if (result.ok) return outbox.delivered(agentId, seq);
    const attempts = webhook.attempts + 1;
    const nextAttemptAtMs = clock.nowMs() + backOffMs(attempts, random());
    if (nextAttemptAtMs - webhook.sinceMs > GIVE_UP_AFTER_MS) return outbox.dead(agentId, seq);
    return outbox.failed(agentId, seq, { attempts, nextAttemptAtMs });
  }
}
