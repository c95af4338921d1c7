import { compareDecimals } from '../decimal.ts';
import type { BookSide, PriceLevel } from './price-level.ts';

/** The levels of one side, best first. Prices are compared as the decimals they are. */
export class SideLevels {
  readonly #isBids: boolean;
  #levels: PriceLevel[] = [];

  constructor(side: BookSide) {
    this.#isBids = side === 'bids';
  }

  get count(): number {
    return this.#levels.length;
  }

  /** A copy of the best levels, of all without a limit. */
  best(limit?: number): PriceLevel[] {
    return this.#levels.slice(0, limit);
  }

  replace(levels: readonly PriceLevel[]): void {
    this.#levels = [];
    for (const level of levels) this.set(level);
  }

  /** Puts a level at its place; quantity `"0"` removes it. */
  set(level: PriceLevel): void {
    const [price, quantity] = level;
    const at = this.#placeOf(price);
    const found = this.#levels[at];
    const isThere = found !== undefined && compareDecimals(found[0], price) === 0;
    const isGone = compareDecimals(quantity, '0') === 0;
    if (isGone && !isThere) return;
    if (isGone) this.#levels.splice(at, 1);
    else this.#levels.splice(at, isThere ? 1 : 0, level);
  }

  /** Index of the first level that is not better than the price. */
  #placeOf(price: string): number {
    let low = 0;
    let high = this.#levels.length;
    // Most snapshots come best first: then every level belongs at the end.
    const last = this.#levels[high - 1];
    if (last !== undefined && this.#isBetter(last[0], price)) return high;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const [middlePrice] = this.#levels[middle] as PriceLevel;
      if (this.#isBetter(middlePrice, price)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #isBetter(left: string, right: string): boolean {
    const order = compareDecimals(left, right);
    return this.#isBids ? order > 0 : order < 0;
  }
}
