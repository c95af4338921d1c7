import type { DepthPush } from '@openvenue/contract';
import type { ApiError } from '../errors/api-error.ts';
import { Listeners } from '../listeners.ts';
import type { Stream } from '../stream/create-stream.ts';
import type { Subscription } from '../stream/subscriptions.ts';
import { type DepthCut, topics } from '../stream/topics.ts';
import { DepthBook } from './depth-book.ts';
import { type Grouping, groupLevels } from './group-levels.ts';
import type { PriceLevel } from './price-level.ts';

/** Snapshots that are asked for in a row before the book is given up: then the fault is not one of the network. */
export const HEALS_MAX = 5;

/**
 * `waiting`: for a snapshot, at the start, after a lost connection and while a fault is healed; the book is empty.
 * `live`: the book is the venue's. `failed`: the venue refuses the topic, or its messages do not fit each other.
 */
export type DepthStatus = 'waiting' | 'live' | 'failed';

export interface DepthBookOptions {
  readonly symbol: string;
  /** The best levels alone, or another interval; all levels every 100 ms when left out. */
  readonly cut?: DepthCut;
}

/** Opens the book of a symbol on a stream and keeps it right: what does not fit is healed by a new snapshot. */
export function openDepthBook(stream: Stream, options: DepthBookOptions): LiveDepthBook {
  return new LiveDepthBook(stream, options);
}

export class LiveDepthBook {
  readonly symbol: string;
  readonly #book = new DepthBook();
  readonly #changes = new Listeners<LiveDepthBook>();
  readonly #subscription: Subscription;
  readonly #stopStates: () => void;
  #status: DepthStatus = 'waiting';
  #error: ApiError | undefined;
  #healsInARow = 0;
  #heals = 0;

  constructor(stream: Stream, { symbol, cut }: DepthBookOptions) {
    this.symbol = symbol;
    this.#stopStates = stream.onState(({ state }) => {
      if (state !== 'open') this.#wait();
    });
    this.#subscription = stream.subscribe(topics.depth(symbol, cut), {
      onData: (data) => this.#apply(data),
      onRefused: (error) => {
        this.#error = error;
        this.#fail();
      },
    });
  }

  get status(): DepthStatus {
    return this.#status;
  }

  /** Why the venue refuses the topic, when it does. */
  get error(): ApiError | undefined {
    return this.#error;
  }

  /** Version of the book; undefined while it waits. */
  get version(): number | undefined {
    return this.#book.version;
  }

  /** Snapshots that had to be asked for because messages did not fit. */
  get heals(): number {
    return this.#heals;
  }

  /** Buy levels, highest price first; all without a limit. */
  bids(limit?: number): readonly PriceLevel[] {
    return this.#book.bids(limit);
  }

  /** Sell levels, lowest price first; all without a limit. */
  asks(limit?: number): readonly PriceLevel[] {
    return this.#book.asks(limit);
  }

  /** The levels of a side put together by multiples of an increment. @throws RangeError for an increment not above 0 */
  grouped(grouping: Grouping): readonly PriceLevel[] {
    return groupLevels(grouping.side === 'bids' ? this.#book.bids() : this.#book.asks(), grouping);
  }

  /** Hears after every change of book or status. Returns the function that ends the listening. */
  onChange(listener: (book: LiveDepthBook) => void): () => void {
    return this.#changes.add(listener);
  }

  /** Ends the subscription; the levels stay as they are. */
  close(): void {
    this.#stopStates();
    this.#subscription.close();
  }

  #apply(data: DepthPush['data']): void {
    if (this.#status === 'failed') return;
    switch (this.#book.apply(data)) {
      case 'waiting':
        return;
      case 'applied':
        // A snapshot that fits proves nothing about the updates, which are what has to fit in the long run.
        if (data.type === 'update') this.#healsInARow = 0;
        this.#status = 'live';
        this.#changes.tell(this);
        return;
      case 'gap':
      case 'checksum':
        this.#heal();
    }
  }

  #heal(): void {
    if (this.#healsInARow >= HEALS_MAX) {
      this.#fail();
      return;
    }
    this.#healsInARow += 1;
    this.#heals += 1;
    this.#subscription.refresh();
    this.#wait();
  }

  #wait(): void {
    if (this.#status === 'failed') return;
    this.#book.reset();
    const wasLive = this.#status === 'live';
    this.#status = 'waiting';
    if (wasLive) this.#changes.tell(this);
  }

  #fail(): void {
    this.#book.reset();
    this.#status = 'failed';
    this.#subscription.close();
    this.#stopStates();
    this.#changes.tell(this);
  }
}
