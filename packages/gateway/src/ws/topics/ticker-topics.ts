import type { TickerPush, TickersPush, TickerView } from '@openvenue/contract';
import type { MemoryViews, Ticker } from '@openvenue/views';
import { tickerView } from '../../mapping/market.ts';
import type { Grid } from '../../mapping/order.ts';
import type { TopicFeed } from './topic-feed.ts';

/** Every symbol of the views has a grid. */
export type GridOf = (symbol: string) => Grid;

/** The ticker of a symbol. Its position is the revision at which that ticker last changed. */
export class TickerTopic implements TopicFeed {
  readonly #views: MemoryViews;
  readonly #symbol: string;
  readonly #grid: Grid;
  #position: number;

  constructor(views: MemoryViews, symbol: string, grid: Grid) {
    this.#views = views;
    this.#symbol = symbol;
    this.#grid = grid;
    this.#position = views.tickerRevisionOf(symbol);
  }

  get position(): number {
    return this.#position;
  }

  advance(): string | undefined {
    const revision = this.#views.tickerRevisionOf(this.#symbol);
    if (revision === this.#position) return undefined;
    this.#position = revision;
    return this.current();
  }

  current(): string {
    const ticker = this.#views.ticker(this.#symbol);
    if (ticker === undefined) throw new Error(`the views have no ticker of ${this.#symbol}`);
    return JSON.stringify(tickerView(ticker, this.#grid) satisfies TickerPush['data']);
  }

  since(): undefined {}

  close(): void {}
}

/** The tickers of all symbols: first all, then those that changed. Its position is the revision of the views. */
export class TickersTopic implements TopicFeed {
  readonly #views: MemoryViews;
  readonly #gridOf: GridOf;
  #position: number;

  constructor(views: MemoryViews, gridOf: GridOf) {
    this.#views = views;
    this.#gridOf = gridOf;
    this.#position = views.tickerRevision;
  }

  get position(): number {
    return this.#position;
  }

  advance(): string | undefined {
    const before = this.#position;
    if (this.#views.tickerRevision === before) return undefined;
    this.#position = this.#views.tickerRevision;
    return this.since(before);
  }

  current(): string {
    return this.#text(this.#views.tickers());
  }

  since(position: number): string {
    return this.#text(this.#views.tickersSince(position));
  }

  close(): void {}

  #text(tickers: readonly Ticker[]): string {
    const list = tickers.map((ticker): TickerView => tickerView(ticker, this.#gridOf(ticker.symbol)));
    return JSON.stringify({ list } satisfies TickersPush['data']);
  }
}
