import assert from 'node:assert/strict';
import type { Event, SymbolView } from '@openvenue/core';
import type { PriceTicks, QuantitySteps, Rate } from '@openvenue/money';
import type { CommittedEvents, CoreReads, PricesUpdated, TradeEvent } from './committed-events.ts';
import { SymbolBook } from './depth/symbol-book.ts';
import { MINUTE_MS } from './kline/interval.ts';
import { CANDLE_PRICE_TYPES, type CandlePriceType, type CandlesName, samplesOf } from './kline/price-type.ts';
import { type CandleSeed, SymbolCandles } from './kline/symbol-candles.ts';
import type { PrivateEntry } from './private-log.ts';
import { RecentEvents } from './recent-events.ts';
import { SymbolTicker, type TickerFigures } from './ticker/symbol-ticker.ts';
import type { TradeTape } from './trade-tape.ts';

export interface MemoryViewsOptions {
  /** Trades before the start, oldest first, as the history has them: for the tape and the 24 hours of the ticker. */
  readonly pastTrades?: Iterable<TradeEvent>;
  /** What the start has replayed. Default: nothing. */
  readonly recent?: RecentEvents;
}

/** A ticker with what is the core's: open interest and the next funding. */
export interface Ticker extends TickerFigures {
  readonly openInterest: QuantitySteps;
  /** What would be settled now. */
  readonly estimatedFundingRate: Rate;
  /** Unix ms, 0 before the first price. */
  readonly nextFundingAtMs: number;
}

/** Called after a batch is in all read models. */
export type AppliedListener = (batch: readonly CommittedEvents[]) => void;

interface SymbolViews {
  readonly book: SymbolBook;
  readonly tape: TradeTape;
  readonly candles: Readonly<Record<CandlePriceType, SymbolCandles>>;
  readonly ticker: SymbolTicker;
  /** Value of the views' revision at the ticker's last change. */
  tickerRevision: number;
}

/**
 * The read models that live in memory: books, last trades, candles, tickers and the users' recent private events. They start from the state
 * of the core and follow its events; a gap in the sequence, or in any of the numbered streams, is a bug and throws.
 */
export class MemoryViews {
  readonly #core: CoreReads;
  readonly #symbols = new Map<string, SymbolViews>();
  readonly #recent: RecentEvents;
  readonly #listeners = new Set<AppliedListener>();
  #sequence: number;
  #timeMs: number;
  #revision = 0;

  /** The core must not move between this call and the first `apply`. */
  constructor(core: CoreReads, options: MemoryViewsOptions = {}) {
    this.#core = core;
    this.#recent = options.recent ?? new RecentEvents();
    this.#sequence = core.sequence;
    this.#timeMs = core.timeMs;
    for (const start of core.exchange.symbols()) this.#addSymbol(start.parameters.symbol, start);
    for (const trade of options.pastTrades ?? []) {
      const { tape, ticker } = this.#views(trade.symbol);
      tape.append(trade);
      ticker.traded(trade);
    }
    this.#endMinutes();
  }

  /** Takes durable batches in order. */
  apply(batch: readonly CommittedEvents[]): void {
    for (const committed of batch) {
      assert.equal(committed.sequence, this.#sequence + 1, 'the read models have missed a command');
      this.#sequence = committed.sequence;
      const isNewMinute = minuteOf(committed.timeMs) !== minuteOf(this.#timeMs);
      this.#timeMs = committed.timeMs;
      if (isNewMinute) this.#endMinutes();
      for (const event of committed.events) this.#applyEvent(event);
    }
    for (const listener of this.#listeners) listener(batch);
  }

  /** Calls the listener after every batch from now on. Returns the function that ends it. */
  onApplied(listener: AppliedListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Sequence of the last command that is in. */
  get sequence(): number {
    return this.#sequence;
  }

  /** Time of that command, in Unix ms. */
  get timeMs(): number {
    return this.#timeMs;
  }

  /** Undefined for an unknown symbol, here and below. */
  book(symbol: string): SymbolBook | undefined {
    return this.#symbols.get(symbol)?.book;
  }

  tape(symbol: string): TradeTape | undefined {
    return this.#symbols.get(symbol)?.tape;
  }

  /** The last `limit` trades, newest first, as far as they are kept. */
  trades(symbol: string, limit: number): readonly TradeEvent[] | undefined {
    return this.tape(symbol)?.last(limit).reverse();
  }

  candles(symbol: string, priceType: CandlePriceType = 'trade'): SymbolCandles | undefined {
    return this.#symbols.get(symbol)?.candles[priceType];
  }

  /** Candles that do not know the prices of before the start; those of trades first, because tickers wait for them. */
  unseededCandles(): readonly CandlesName[] {
    return CANDLE_PRICE_TYPES.flatMap((priceType) =>
      [...this.#symbols]
        .filter(([, { candles }]) => !candles[priceType].isSeeded)
        .map(([symbol]) => ({ symbol, priceType })),
    );
  }

  /** Gives candles, and of trades the 24 hours of the ticker too, what was before the start. See {@link SymbolCandles.seed}. */
  seedCandles({ symbol, priceType }: CandlesName, seed: CandleSeed): boolean {
    assert(seed.position <= this.#sequence, 'the history knows no more than the read models');
    const views = this.#views(symbol);
    const candles = views.candles[priceType];
    if (!candles.seed(seed)) return false;
    if (priceType === 'trade') views.ticker.seed(candles.since('1m', Number.NEGATIVE_INFINITY), this.#timeMs);
    return true;
  }

  ticker(symbol: string): Ticker | undefined {
    const views = this.#symbols.get(symbol);
    return views === undefined ? undefined : this.#tickerOf(views);
  }

  /** All tickers in listing order. */
  tickers(): readonly Ticker[] {
    return this.tickersSince(0);
  }

  /** Grows whenever the ticker of any symbol may have changed; at least 1 with the first symbol. */
  get tickerRevision(): number {
    return this.#revision;
  }

  /** Revision at which the symbol's ticker last changed; 0 for an unknown symbol. */
  tickerRevisionOf(symbol: string): number {
    return this.#symbols.get(symbol)?.tickerRevision ?? 0;
  }

  /** The tickers that may have changed after `revision`, in listing order. */
  tickersSince(revision: number): readonly Ticker[] {
    const changed: Ticker[] = [];
    for (const views of this.#symbols.values())
      if (views.tickerRevision > revision) changed.push(this.#tickerOf(views));
    return changed;
  }

  /** See {@link PrivateLog.since}. */
  privateSince(userId: number, userSequence: number): readonly PrivateEntry[] | 'gone' {
    return this.#recent.privateLog.since(userId, userSequence);
  }

  #applyEvent(event: Event): void {
    switch (event.type) {
      case 'depth-changed':
        this.#views(event.symbol).book.apply(event);
        return;
      case 'trade':
        this.#traded(event);
        return;
      case 'prices-updated':
        this.#views(event.symbol).ticker.priced(event);
        this.#sample(event);
        return;
      case 'funding-settled':
        this.#views(event.symbol).tickerRevision = ++this.#revision;
        return;
      case 'order-updated':
      case 'condition-updated':
      case 'strategy-updated':
      case 'account-updated':
      case 'margin-call':
        this.#recent.told(this.#timeMs, event);
        return;
      case 'symbol-configured':
        if (!this.#symbols.has(event.symbol)) this.#addSymbol(event.symbol);
        return;
      default:
    }
  }

  #traded(trade: TradeEvent): void {
    const { tape, ticker } = this.#views(trade.symbol);
    tape.append(trade);
    this.#sample(trade);
    ticker.traded(trade);
  }

  #sample(event: TradeEvent | PricesUpdated): void {
    const { candles } = this.#views(event.symbol);
    for (const sample of samplesOf(event)) candles[sample.priceType].traded(sample, this.#sequence);
  }

  #endMinutes(): void {
    for (const { candles, ticker } of this.#symbols.values()) {
      for (const priceType of CANDLE_PRICE_TYPES) candles[priceType].advance(this.#timeMs);
      ticker.advance(this.#timeMs);
    }
  }

  /** A symbol that is new in the stream of events begins with an empty book. */
  #addSymbol(symbol: string, start?: SymbolView): void {
    const book = new SymbolBook(symbol, start === undefined ? undefined : this.#core.exchange.depth(symbol));
    const candlesFrom = (last = NO_PRICE) => new SymbolCandles({ nowMs: this.#timeMs, last });
    const views: SymbolViews = {
      book,
      tape: this.#recent.tapeOf(symbol),
      candles: { trade: candlesFrom(start?.last), index: candlesFrom(start?.index), mark: candlesFrom(start?.mark) },
      ticker: new SymbolTicker(book, start, () => {
        views.tickerRevision = ++this.#revision;
      }),
      tickerRevision: ++this.#revision,
    };
    this.#symbols.set(symbol, views);
  }

  #views(symbol: string): SymbolViews {
    const views = this.#symbols.get(symbol);
    assert(views !== undefined, `an event names the unknown symbol ${symbol}`);
    return views;
  }

  #tickerOf(views: SymbolViews): Ticker {
    const figures = views.ticker.figures();
    const symbol = this.#core.exchange.symbol(figures.symbol);
    assert(symbol !== undefined, 'every symbol of the read models is one of the core');
    const { openInterest, estimatedFundingRate, nextFundingAtMs } = symbol;
    return { ...figures, openInterest, estimatedFundingRate, nextFundingAtMs };
  }
}

const NO_PRICE = 0 as PriceTicks;

const minuteOf = (timeMs: number): number => Math.floor(timeMs / MINUTE_MS);
