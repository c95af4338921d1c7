import type { Side } from '@openvenue/core';
import type { PriceTicks, QuantitySteps } from '@openvenue/money';
import type { DepthUpdate } from './depth-update.ts';
import { type Level, SideLevels } from './side-levels.ts';
import type { SymbolBook } from './symbol-book.ts';
import { UpdateHistory } from './update-history.ts';

/** More changed prices than this between two collects, and both books are compared as a whole instead. */
export const MAX_CHANGED_PRICES = 4_096;

/** A published book, best first. */
export interface DepthSnapshot {
  readonly version: number;
  readonly bids: readonly Level[];
  readonly asks: readonly Level[];
}

/**
 * One conflated view of a book, of its best `levels` or of all of it. It keeps the book as its readers have it (the published one);
 * `collect` moves that to the live book and tells the difference. All readers of one feed therefore share snapshots and updates.
 */
export class DepthFeed {
  readonly #book: SymbolBook;
  readonly #levels: number | undefined;
  readonly #published = { BUY: new SideLevels('BUY'), SELL: new SideLevels('SELL') };
  readonly #changed: Record<Side, Set<PriceTicks>> = { BUY: new Set(), SELL: new Set() };
  readonly #history = new UpdateHistory();
  readonly #stopListening: () => void;
  #version: number;
  #collectedVersion: number;

  /** @param levels best levels of each side; all when left out */
  constructor(book: SymbolBook, levels?: number) {
    this.#book = book;
    this.#levels = levels;
    this.#version = book.version;
    this.#collectedVersion = book.version;
    for (const side of ['BUY', 'SELL'] as const)
      for (const [price, quantity] of book.side(side).best(levels)) this.#published[side].set(price, quantity);
    this.#stopListening =
      levels === undefined ? book.onChange((side, price) => this.#noteChange(side, price)) : () => {};
  }

  /** Ends the feed; it must not be used afterwards. */
  close(): void {
    this.#stopListening();
  }

  /** Version of the published book: the `endVersion` of the last update, or the version at the start. */
  get version(): number {
    return this.#version;
  }

  /** The published book, or its best levels. */
  snapshot(count?: number): DepthSnapshot {
    return { version: this.#version, bids: this.#published.BUY.best(count), asks: this.#published.SELL.best(count) };
  }

  /** Publishes the live book. Undefined when that changes nothing a reader sees; its versions then go to the next update. */
  collect(): DepthUpdate | undefined {
    if (this.#collectedVersion === this.#book.version) return undefined;
    this.#collectedVersion = this.#book.version;
    const bids = this.#publish('BUY');
    const asks = this.#publish('SELL');
    if (bids.length === 0 && asks.length === 0) return undefined;
    const update = { startVersion: this.#version + 1, endVersion: this.#book.version, bids, asks };
    this.#version = update.endVersion;
    this.#history.add(update);
    return update;
  }

  /**
   * One update from a version that was published before to the published one, for a reader that has skipped some.
   * Undefined when the updates since then are no longer kept: such a reader needs a snapshot.
   */
  since(version: number): DepthUpdate | undefined {
    return this.#history.mergedSince(version, this.#published);
  }

  #noteChange(side: Side, price: PriceTicks): void {
    if (this.#changed[side].size <= MAX_CHANGED_PRICES) this.#changed[side].add(price);
  }

  #publish(side: Side): Level[] {
    const live = this.#book.side(side);
    const published = this.#published[side];
    const changes: Level[] = [];
    const target = this.#target(side);
    for (const price of target.prices) {
      const quantity = target.quantityAt(price);
      if (quantity !== published.quantityAt(price)) changes.push([price, quantity]);
    }
    changes.sort((a, b) => live.bestFirst(a[0], b[0]));
    for (const [price, quantity] of changes) published.set(price, quantity);
    return changes;
  }

  /** The prices that may differ from the published book, and what is to stand there. */
  #target(side: Side): { readonly prices: Iterable<PriceTicks>; quantityAt(price: PriceTicks): QuantitySteps } {
    const live = this.#book.side(side);
    const changed = this.#changed[side];
    if (this.#levels === undefined && changed.size <= MAX_CHANGED_PRICES) {
      const prices = [...changed];
      changed.clear();
      return { prices, quantityAt: (price) => live.quantityAt(price) };
    }
    changed.clear();
    const target = new Map(live.best(this.#levels));
    const prices = new Set(target.keys());
    for (const [price] of this.#published[side].best()) prices.add(price);
    return { prices, quantityAt: (price) => target.get(price) ?? (0 as QuantitySteps) };
  }
}
