import type { Clock } from '../clock.ts';
import { sleep } from '../clock.ts';
import type { WebhookEvent } from '../webhook/event.ts';
import { signTestWebhook } from '../webhook/verify.ts';
import type { FakeAgent } from './agents.ts';

/** Times that one webhook is sent at most. */
export const MAX_DELIVERY_ATTEMPTS = 6;
/** Webhooks that wait or are under way at a time; more are recorded as given up. */
export const MAX_WEBHOOKS_UNDER_WAY = 10_000;
/** Events and deliveries that are kept; the oldest are dropped. */
export const MAX_KEPT_EVENTS = 10_000;

const FIRST_PAUSE_MS = 20;
const REPLY_TIMEOUT_MS = 5_000;

export type SequencedEvent = WebhookEvent & { readonly seq: number };

export interface WebhookDelivery {
  readonly seq: number;
  readonly attempt: number;
  /** HTTP status, 0 when no answer came. */
  readonly status: number;
}

/** Sends webhooks to the agents: per order in order, at least once, signed anew for every attempt. */
export class WebhookSender {
  readonly events: { readonly agentCode: string; readonly event: SequencedEvent }[] = [];
  readonly deliveries: WebhookDelivery[] = [];
  readonly #clock: Clock;
  readonly #closing = new AbortController();
  /** The last delivery of each order that is still under way. */
  readonly #lines = new Map<string, Promise<void>>();
  #underWay = 0;
  #lastSeq = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get lastSeq(): number {
    return this.#lastSeq;
  }

  announce(event: WebhookEvent, agent: FakeAgent): void {
    this.#lastSeq += 1;
    const sequenced = { ...event, seq: this.#lastSeq };
    keep(this.events, { agentCode: agent.agentCode, event: sequenced });
    this.send(sequenced, agent);
  }

  /** Sends an event, again if it was sent before. */
  send(event: SequencedEvent, agent: FakeAgent): void {
    const url = agent.webhookUrl;
    if (url === undefined || this.#closing.signal.aborted) return;
    if (this.#underWay >= MAX_WEBHOOKS_UNDER_WAY) {
      keep(this.deliveries, { seq: event.seq, attempt: 0, status: 0 });
      return;
    }
    this.#underWay += 1;
    const line = `${agent.agentCode} ${event.orderType} ${event.orderId}`;
    const before = this.#lines.get(line) ?? Promise.resolve();
    const delivery = before
      .then(() => this.#deliver(event, agent, url))
      .finally(() => {
        this.#underWay -= 1;
        if (this.#lines.get(line) === delivery) this.#lines.delete(line);
      });
    this.#lines.set(line, delivery);
  }

  /** Resolves when nothing is waiting or under way. */
  async idle(): Promise<void> {
    while (this.#lines.size > 0) await Promise.all(this.#lines.values());
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.idle();
  }

  async #deliver(event: SequencedEvent, agent: FakeAgent, url: string): Promise<void> {
    const { seq: _seq, ...body } = event;
    for (let attempt = 1; attempt <= MAX_DELIVERY_ATTEMPTS && !this.#closing.signal.aborted; attempt += 1) {
      const secret = agent.secrets[0] ?? '';
      const { headers, rawBody } = signTestWebhook(body, secret, { nowMs: this.#clock.now() });
      const status = await this.#post(url, headers, rawBody);
      keep(this.deliveries, { seq: event.seq, attempt, status });
      if (status >= 200 && status < 300) return;
      await sleep(this.#clock, FIRST_PAUSE_MS * 2 ** (attempt - 1), this.#closing.signal);
    }
  }

  async #post(url: string, headers: Readonly<Record<string, string>>, body: string): Promise<number> {
    const signal = AbortSignal.any([this.#closing.signal, AbortSignal.timeout(REPLY_TIMEOUT_MS)]);
    return fetch(url, { method: 'POST', headers: { ...headers }, body, signal, redirect: 'manual' }).then(
      async (response) => {
        await response.body?.cancel();
        return response.status;
      },
      () => 0,
    );
  }
}

function keep<T>(list: T[], item: T): void {
  list.push(item);
  if (list.length > MAX_KEPT_EVENTS) list.shift();
}
