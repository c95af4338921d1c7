import type { Side } from '@openvenue/core';
import type { PriceTicks } from '@openvenue/money';
import type { DepthUpdate } from './depth-update.ts';
import type { Level, SideLevels } from './side-levels.ts';

/** Updates of one feed that are kept for readers that lag. */
export const MAX_KEPT_UPDATES = 256;
/** Levels that all kept updates of one feed may have together. */
export const MAX_KEPT_LEVELS = 16_384;

const levelCount = (update: DepthUpdate): number => update.bids.length + update.asks.length;

/** The last updates of a feed, from which one update over any span of them is made. It costs the same for any number of readers. */
export class UpdateHistory {
  readonly #updates: DepthUpdate[] = [];
  #levels = 0;

  add(update: DepthUpdate): void {
    this.#updates.push(update);
    this.#levels += levelCount(update);
    while (this.#updates.length > MAX_KEPT_UPDATES || this.#levels > MAX_KEPT_LEVELS) {
      const oldest = this.#updates.shift();
      if (oldest !== undefined) this.#levels -= levelCount(oldest);
    }
  }

  /** @param published the book after the newest update; it has the quantities that count */
  mergedSince(version: number, published: Readonly<Record<Side, SideLevels>>): DepthUpdate | undefined {
    const first = this.#updates.findIndex((update) => update.startVersion === version + 1);
    const newest = this.#updates.at(-1);
    if (first < 0 || newest === undefined) return undefined;
    const bids = new Set<PriceTicks>();
    const asks = new Set<PriceTicks>();
    for (const update of this.#updates.slice(first)) {
      for (const [price] of update.bids) bids.add(price);
      for (const [price] of update.asks) asks.add(price);
    }
    const levels = (prices: Set<PriceTicks>, side: SideLevels): Level[] =>
      [...prices].sort(side.bestFirst).map((price) => [price, side.quantityAt(price)]);
    return {
      startVersion: version + 1,
      endVersion: newest.endVersion,
      bids: levels(bids, published.BUY),
      asks: levels(asks, published.SELL),
    };
  }
}
