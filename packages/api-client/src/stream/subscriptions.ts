import type { ErrorReply, SubscriptionReply } from '@openvenue/contract';
import type { Clock } from '../clock.ts';
import type { ApiError } from '../errors/api-error.ts';
import { Listeners } from '../listeners.ts';
import type { MarketPush } from './frames.ts';
import { TopicRequests, type TopicRequestsOptions } from './topic-requests.ts';
import type { TopicData, TopicName } from './topics.ts';

/** Who listens to a topic. */
export interface TopicListener<Name extends TopicName> {
  /** `ts`: time of the push, Unix milliseconds. */
  readonly onData: (data: TopicData<Name>, ts: number) => void;
  /** The venue does not serve the topic, such as one of an unknown symbol. The subscription has ended. */
  readonly onRefused?: (error: ApiError) => void;
}

/** One listener on one topic. */
export interface Subscription {
  /** Asks for the current value anew. */
  refresh(): void;
  /** Ends the listening; harmless when it has ended. */
  close(): void;
}

interface Heard {
  readonly pushes: Listeners<MarketPush>;
  readonly refusals: Listeners<ApiError>;
}

/** Who listens to which topic, on whatever connection there is. */
export class Subscriptions {
  readonly #topics = new Map<string, Heard>();
  readonly #requests: TopicRequests;

  constructor(options: { readonly clock: Clock; readonly send: TopicRequestsOptions['send'] }) {
    this.#requests = new TopicRequests({ ...options, onRefused: (topic, error) => this.#refused(topic, error) });
  }

  add<Name extends TopicName>(topic: Name, { onData, onRefused }: TopicListener<Name>): Subscription {
    this.#requests.want(topic);
    const heard = this.#topics.get(topic) ?? { pushes: new Listeners<MarketPush>(), refusals: new Listeners() };
    this.#topics.set(topic, heard);
    // The venue's word for what the data of its topics is.
    const stopPushes = heard.pushes.add(({ data, ts }) => onData(data as TopicData<Name>, ts));
    const stopRefusals = heard.refusals.add((error) => onRefused?.(error));
    const isAlive = () => this.#topics.get(topic) === heard;
    return {
      refresh: () => {
        if (isAlive()) this.#requests.want(topic);
      },
      close: () => {
        stopPushes();
        stopRefusals();
        if (heard.pushes.count > 0 || !isAlive()) return;
        this.#topics.delete(topic);
        this.#requests.leave(topic);
      },
    };
  }

  received(push: MarketPush): void {
    this.#topics.get(push.topic)?.pushes.tell(push);
  }

  acknowledged(reply: SubscriptionReply): void {
    this.#requests.acknowledged(reply);
  }

  /** True when the refusal was for a request of topics. */
  refused(reply: ErrorReply): boolean {
    return this.#requests.refused(reply);
  }

  connected(): void {
    this.#requests.connected();
  }

  disconnected(): void {
    this.#requests.disconnected();
  }

  #refused(topic: string, error: ApiError): void {
    const heard = this.#topics.get(topic);
    this.#topics.delete(topic);
    heard?.refusals.tell(error);
  }
}
