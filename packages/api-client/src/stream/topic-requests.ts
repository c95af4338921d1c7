import type { ErrorReply, SubscriptionReply } from '@openvenue/contract';
import type { Clock } from '../clock.ts';
import type { ApiError } from '../errors/api-error.ts';
import { errorOfRefusal } from '../errors/error-of.ts';

/** Topics of one stream, which is one connection: the venue takes no more. */
export const TOPICS_MAX = 200;
/** Requests are at least this far apart: the venue takes 10 a second, of which pings need some. */
export const REQUEST_INTERVAL_MS = 125;
/** Wait after the venue has refused a request for its rate. */
export const RATE_LIMIT_WAIT_MS = 1_000;

const RATE_LIMITED = 5003;

/** What became of a topic on this connection. */
type TopicState = 'wanted' | 'asked' | 'held';

interface Asked {
  readonly op: 'subscribe' | 'unsubscribe';
  readonly topics: readonly string[];
}

export interface TopicRequestsOptions {
  readonly clock: Clock;
  readonly send: (request: { readonly id: string; readonly op: string; readonly args: readonly string[] }) => void;
  /** The venue does not serve the topic; it is given up. */
  readonly onRefused: (topic: string, error: ApiError) => void;
}

/**
 * Brings the subscriptions of the connection to what is wanted, with as few requests as can be: it keeps the wanted state, not a
 * queue of steps. The venue takes all topics of a request or none, so that a refused request is halved until the topic that
 * it was refused for stands alone.
 */
export class TopicRequests {
  readonly #options: TopicRequestsOptions;
  readonly #states = new Map<string, TopicState>();
  readonly #leaving = new Set<string>();
  readonly #asked = new Map<string, Asked>();
  /** Parts of refused requests, to be asked one by one; no topic is in two of them. */
  #parts: (readonly string[])[] = [];
  #cancelTimer: (() => void) | undefined;
  #isFlushing = false;
  #isConnected = false;
  #sentAtMs = Number.NEGATIVE_INFINITY;
  #count = 0;

  constructor(options: TopicRequestsOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#states.size;
  }

  /** Wants a topic. One that is held is asked for anew, whereupon the venue sends its current value again. */
  want(topic: string): void {
    if (!this.#states.has(topic) && this.#states.size >= TOPICS_MAX) {
      throw new RangeError(`a stream has at most ${TOPICS_MAX} topics`);
    }
    this.#leaving.delete(topic);
    this.#states.set(topic, 'wanted');
    this.#flushSoon();
  }

  leave(topic: string): void {
    const state = this.#states.get(topic);
    this.#states.delete(topic);
    if (state === undefined || !this.#isConnected) return;
    this.#leaving.add(topic);
    this.#flushSoon();
  }

  /** A new connection holds nothing. */
  connected(): void {
    this.#isConnected = true;
    this.#sentAtMs = Number.NEGATIVE_INFINITY;
    for (const topic of this.#states.keys()) this.#states.set(topic, 'wanted');
    this.#flushSoon();
  }

  disconnected(): void {
    this.#isConnected = false;
    this.#asked.clear();
    this.#leaving.clear();
    this.#parts = [];
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
  }

  acknowledged({ id = '' }: SubscriptionReply): void {
    const asked = this.#asked.get(id);
    this.#asked.delete(id);
    if (asked?.op !== 'subscribe') return;
    for (const topic of asked.topics) if (this.#states.get(topic) === 'asked') this.#states.set(topic, 'held');
  }

  /** True when the refusal was for a request of this. */
  refused(reply: ErrorReply): boolean {
    const { id = '' } = reply;
    const asked = this.#asked.get(id);
    if (asked === undefined) return false;
    this.#asked.delete(id);
    const open = asked.topics.filter((topic) => asked.op === 'unsubscribe' || this.#states.get(topic) === 'asked');
    if (reply.code === RATE_LIMITED) this.#askLater(asked.op, open);
    else if (asked.op === 'subscribe') this.#takeApart(open, reply);
    return true;
  }

  #askLater(op: Asked['op'], open: readonly string[]): void {
    for (const topic of open) {
      if (op === 'subscribe') this.#states.set(topic, 'wanted');
      else if (!this.#states.has(topic)) this.#leaving.add(topic);
    }
    this.#sentAtMs = this.#options.clock.nowMs() + RATE_LIMIT_WAIT_MS - REQUEST_INTERVAL_MS;
    this.#flushSoon();
  }

  #takeApart(open: readonly string[], reply: ErrorReply): void {
    const [topic] = open;
    if (topic === undefined) return;
    if (open.length === 1) {
      this.#states.delete(topic);
      this.#options.onRefused(topic, errorOfRefusal(reply));
      return;
    }
    const half = Math.ceil(open.length / 2);
    this.#parts.push(open.slice(0, half), open.slice(half));
    this.#flushSoon();
  }

  /** At the end of the running task, so that subscriptions made together go together. */
  #flushSoon(): void {
    if (!this.#isConnected || this.#isFlushing) return;
    this.#isFlushing = true;
    queueMicrotask(() => {
      this.#isFlushing = false;
      this.#flush();
    });
  }

  #flush(): void {
    if (!this.#isConnected || this.#cancelTimer !== undefined) return;
    const waitMs = this.#sentAtMs + REQUEST_INTERVAL_MS - this.#options.clock.nowMs();
    if (waitMs <= 0 && !this.#sendNext()) return;
    this.#cancelTimer = this.#options.clock.setTimer(waitMs > 0 ? waitMs : REQUEST_INTERVAL_MS, () => {
      this.#cancelTimer = undefined;
      this.#flush();
    });
  }

  /** False when there is nothing to ask. */
  #sendNext(): boolean {
    if (this.#leaving.size > 0) {
      const topics = [...this.#leaving].slice(0, TOPICS_MAX);
      for (const topic of topics) this.#leaving.delete(topic);
      this.#ask({ op: 'unsubscribe', topics });
      return true;
    }
    const part = this.#parts.shift()?.filter((topic) => this.#states.has(topic));
    const topics = part ?? [...this.#states].filter(([, state]) => state === 'wanted').map(([topic]) => topic);
    if (topics.length === 0) return part !== undefined;
    for (const topic of topics) this.#states.set(topic, 'asked');
    this.#ask({ op: 'subscribe', topics });
    return true;
  }

  #ask(asked: Asked): void {
    const id = `t${++this.#count}`;
    this.#asked.set(id, asked);
    this.#sentAtMs = this.#options.clock.nowMs();
    this.#options.send({ id, op: asked.op, args: asked.topics });
  }
}
