import {
  type LiveDepthBook,
  newTradesOnly,
  openDepthBook,
  type Stream,
  type StreamState,
  type Subscription,
  topics,
} from '@openvenue/api-client';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { FrameStore } from '../frame/frame-store.ts';
import type { Session } from '../session/session.ts';
import type { FeeLevel, PublicTrade, SymbolParameters, Ticker } from './ticker.ts';

/** Trades that the tape keeps. */
export const TAPE_MAX = 60;
const BOOK_INTERVAL_MS = 90;
const TAPE_INTERVAL_MS = 150;
const TICKER_INTERVAL_MS = 250;

/** The contracts of the venue as far as they are known. */
export type SymbolsState =
  | { readonly status: 'loading' }
  | { readonly status: 'failed' }
  | {
      readonly status: 'ready';
      readonly list: readonly SymbolParameters[];
      readonly feeLevels: readonly FeeLevel[];
    };

/** Best prices of the book. `isLive` is false while the book is not the venue's; orders must then not be sent blindly. */
export interface BestPrices {
  readonly bid: string | undefined;
  readonly ask: string | undefined;
  readonly isLive: boolean;
}

export type TapeState = { readonly status: 'waiting' | 'live'; readonly trades: readonly PublicTrade[] };

/** The market as the screen shows it: what messages change stands in mutable state, the screen reads it by frames. */
export class MarketStore {
  readonly symbol: StoreApi<string>;
  readonly symbols: StoreApi<SymbolsState>;
  readonly connection: StoreApi<StreamState>;
  readonly tickers: FrameStore<ReadonlyMap<string, Ticker>>;
  readonly best: FrameStore<BestPrices>;
  readonly tape: FrameStore<TapeState>;
  /** Called after every change of the book; frame stores of the book's view touch themselves here. */
  readonly #bookListeners = new Set<() => void>();
  readonly #session: Session;
  readonly #stream: Stream;
  readonly #tickers = new Map<string, Ticker>();
  #trades: PublicTrade[] = [];
  #hasTrades = false;
  #book: LiveDepthBook | undefined;
  #tradeSubscription: Subscription | undefined;

  constructor(session: Session, symbol: string) {
    this.#session = session;
    this.#stream = session.marketStream;
    this.symbol = createStore(() => symbol);
    this.symbols = createStore<SymbolsState>(() => ({ status: 'loading' }));
    this.connection = createStore<StreamState>(() => this.#stream.state);
    this.tickers = new FrameStore<ReadonlyMap<string, Ticker>>({
      initial: new Map(),
      intervalMs: TICKER_INTERVAL_MS,
      read: () => new Map(this.#tickers),
    });
    this.best = new FrameStore<BestPrices>({
      initial: { bid: undefined, ask: undefined, isLive: false },
      intervalMs: BOOK_INTERVAL_MS,
      read: () => this.#bestPrices(),
    });
    this.tape = new FrameStore<TapeState>({
      initial: { status: 'waiting', trades: [] },
      intervalMs: TAPE_INTERVAL_MS,
      read: () => ({ status: this.#hasTrades ? 'live' : 'waiting', trades: this.#trades }),
    });
    this.#stream.onState(({ state }) => this.connection.setState(state, true));
    this.#stream.subscribe(topics.tickers, {
      onData: ({ list }) => {
        for (const ticker of list) this.#tickers.set(ticker.symbol, ticker);
        this.tickers.touch();
      },
    });
    this.#open(symbol);
    void this.loadSymbols();
  }

  /** The book of the current symbol; mutable, to be read in frames only. */
  get book(): LiveDepthBook | undefined {
    return this.#book;
  }

  onBook(listener: () => void): () => void {
    this.#bookListeners.add(listener);
    return () => this.#bookListeners.delete(listener);
  }

  /** Goes to another symbol. */
  select(symbol: string): void {
    if (symbol === this.symbol.getState()) return;
    this.#book?.close();
    this.#tradeSubscription?.close();
    this.symbol.setState(symbol, true);
    this.#open(symbol);
  }

  /** Reads the contracts, at the start and when the user tries again. */
  async loadSymbols(): Promise<void> {
    this.symbols.setState({ status: 'loading' }, true);
    try {
      const { list, handlingFeeLevelConfig } = await this.#session.client.market.symbols();
      this.symbols.setState({ status: 'ready', list, feeLevels: handlingFeeLevelConfig }, true);
    } catch {
      // Whatever the fault is: the panels say so and offer to try again.
      this.symbols.setState({ status: 'failed' }, true);
    }
  }

  #open(symbol: string): void {
    this.#trades = [];
    this.#hasTrades = false;
    this.#book = openDepthBook(this.#stream, { symbol });
    this.#book.onChange(() => this.#bookChanged());
    this.#tradeSubscription = this.#stream.subscribe(topics.trade(symbol), {
      onData: newTradesOnly(({ list }) => this.#addTrades(list)),
    });
    this.tape.flush();
    this.best.flush();
    for (const listener of this.#bookListeners) listener();
  }

  #bookChanged(): void {
    this.best.touch();
    for (const listener of this.#bookListeners) listener();
  }

  /** Pushes are oldest first; the tape is newest first. */
  #addTrades(list: readonly PublicTrade[]): void {
    this.#hasTrades = true;
    this.#trades = [...[...list].sort((left, right) => right.ts - left.ts), ...this.#trades].slice(0, TAPE_MAX);
    this.tape.touch();
  }

  #bestPrices(): BestPrices {
    const book = this.#book;
    if (book?.status !== 'live') return { bid: undefined, ask: undefined, isLive: false };
    return { bid: book.bids(1)[0]?.[0], ask: book.asks(1)[0]?.[0], isLive: true };
  }
}
