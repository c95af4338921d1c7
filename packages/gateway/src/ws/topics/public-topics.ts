import { DEPTH_INTERVAL_DEFAULT_MS, formatTopic, type Topic } from '@openvenue/contract';
import type { ExchangeReads } from '@openvenue/core';
import type { CommittedEvents, MemoryViews } from '@openvenue/views';
import type { Grid } from '../../mapping/order.ts';
import type { Connection } from '../connection.ts';
import type { WsLimits } from '../limits.ts';
import { DepthTopic } from './depth-topic.ts';
import { KlineTopic } from './kline-topic.ts';
import { TickersTopic, TickerTopic } from './ticker-topics.ts';
import { Ticks } from './ticks.ts';
import { TopicChannel } from './topic-channel.ts';
import type { TopicFeed } from './topic-feed.ts';
import { TradeTopic } from './trade-topic.ts';

export interface PublicTopicsOptions {
  readonly views: MemoryViews;
  readonly symbol: ExchangeReads['symbol'];
  readonly nowMs: () => number;
  readonly limits: Pick<WsLimits, 'tradeIntervalMs' | 'klineIntervalMs' | 'tickerIntervalMs'>;
}

/** Why a topic cannot be had. */
export type TopicRefusal = 'SYMBOL_UNKNOWN';

interface LiveTopic {
  readonly channel: TopicChannel;
  readonly stopTicking: () => void;
}

/** The public topics that somebody reads. One without readers has no feed and no timer. */
export class PublicTopics {
  readonly #options: PublicTopicsOptions;
  readonly #ticks: Ticks;
  readonly #live = new Map<string, LiveTopic>();
  readonly #tradeFeeds = new Map<string, TradeTopic>();

  constructor(options: PublicTopicsOptions) {
    this.#options = options;
    this.#ticks = new Ticks(options.nowMs);
  }

  /** Topics with readers, and timers that run. */
  get load(): { readonly topics: number; readonly timers: number } {
    return { topics: this.#live.size, timers: this.#ticks.timerCount };
  }

  /** Undefined when the topic can be subscribed. */
  refusalOf(topic: Topic): TopicRefusal | undefined {
    if (topic.kind === 'tickers') return undefined;
    return this.#options.views.book(topic.symbol) === undefined ? 'SYMBOL_UNKNOWN' : undefined;
  }

  /** Sends the current value, then all that follows; anew when the connection reads the topic already. */
  subscribe(connection: Connection, topic: Topic): void {
    const name = formatTopic(topic);
    const live = this.#live.get(name) ?? this.#open(name, topic);
    live.channel.join(connection);
  }

  unsubscribe(connection: Connection, name: string): void {
    const live = this.#live.get(name);
    if (live === undefined) return;
    live.channel.leave(connection);
    if (live.channel.readerCount > 0) return;
    live.stopTicking();
    live.channel.close();
    this.#live.delete(name);
    this.#tradeFeeds.delete(name);
  }

  /** Takes what the views have just taken. */
  applied(batch: readonly CommittedEvents[]): void {
    if (this.#tradeFeeds.size === 0) return;
    for (const { events } of batch)
      for (const event of events) {
        if (event.type !== 'trade') continue;
        const name = formatTopic({ kind: 'trade', symbol: event.symbol });
        const isFull = this.#tradeFeeds.get(name)?.add(event) ?? false;
        if (isFull) this.#live.get(name)?.channel.flush();
      }
  }

  #open(name: string, topic: Topic): LiveTopic {
    const { feed, intervalMs } = this.#feedOf(name, topic);
    const channel = new TopicChannel(name, feed, this.#options.nowMs);
    const live = { channel, stopTicking: this.#ticks.every(intervalMs, () => channel.flush()) };
    this.#live.set(name, live);
    return live;
  }

  #feedOf(name: string, topic: Topic): { feed: TopicFeed; intervalMs: number } {
    const { views, limits } = this.#options;
    switch (topic.kind) {
      case 'tickers':
        return {
          feed: new TickersTopic(views, (symbol) => this.#gridOf(symbol)),
          intervalMs: limits.tickerIntervalMs,
        };
      case 'ticker':
        return {
          feed: new TickerTopic(views, topic.symbol, this.#gridOf(topic.symbol)),
          intervalMs: limits.tickerIntervalMs,
        };
      case 'trade': {
        const feed = new TradeTopic(known(views.tape(topic.symbol)), this.#gridOf(topic.symbol));
        this.#tradeFeeds.set(name, feed);
        return { feed, intervalMs: limits.tradeIntervalMs };
      }
      case 'kline':
        return {
          feed: new KlineTopic(known(views.candles(topic.symbol)), topic, this.#gridOf(topic.symbol)),
          intervalMs: limits.klineIntervalMs,
        };
      case 'depth': {
        const { levels, intervalMs = DEPTH_INTERVAL_DEFAULT_MS } = topic.options ?? {};
        return {
          feed: new DepthTopic(known(views.book(topic.symbol)), this.#gridOf(topic.symbol), levels),
          intervalMs,
        };
      }
    }
  }

  #gridOf(symbol: string): Grid {
    return known(this.#options.symbol(symbol)).parameters;
  }
}

/** Asserts that what {@link PublicTopics.refusalOf} has looked up is there. */
function known<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('a topic of an unknown symbol was subscribed');
  return value;
}
