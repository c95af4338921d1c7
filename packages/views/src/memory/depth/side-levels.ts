import type { Side } from '@openvenue/core';
import type { PriceTicks, QuantitySteps } from '@openvenue/money';

/** A price and the total quantity resting at it; in an update, quantity 0 removes the level. */
export type Level = readonly [price: PriceTicks, quantity: QuantitySteps];

const NOTHING = 0 as QuantitySteps;

/**
 * One side of a book by price. Prices lie worst first in one sorted array, so that changes near the best price, which are nearly all,
 * move few entries.
 */
export class SideLevels {
  readonly #sign: 1 | -1;
  readonly #prices: PriceTicks[] = [];
  readonly #quantities = new Map<PriceTicks, QuantitySteps>();

  constructor(side: Side) {
    this.#sign = side === 'BUY' ? 1 : -1;
  }

  get size(): number {
    return this.#prices.length;
  }

  /** 0 when nothing rests there. */
  quantityAt(price: PriceTicks): QuantitySteps {
    return this.#quantities.get(price) ?? NOTHING;
  }

  /** Makes `quantity` the total at `price`; 0 removes the level. */
  set(price: PriceTicks, quantity: QuantitySteps): void {
    const known = this.#quantities.has(price);
    if (quantity === 0) {
      if (!known) return;
      this.#quantities.delete(price);
      this.#prices.splice(this.#indexOf(price), 1);
      return;
    }
    this.#quantities.set(price, quantity);
    if (!known) this.#prices.splice(this.#indexOf(price), 0, price);
  }

  /** The best `count` levels, best first; all when left out. */
  best(count = this.#prices.length): Level[] {
    const levels: Level[] = [];
    const end = Math.max(0, this.#prices.length - count);
    for (let i = this.#prices.length - 1; i >= end; i--) {
      const price = this.#prices[i] as PriceTicks;
      levels.push([price, this.quantityAt(price)]);
    }
    return levels;
  }

  /** Orders prices of this side best first. */
  readonly bestFirst = (a: PriceTicks, b: PriceTicks): number => this.#sign * (b - a);

  /** Where `price` stands, or would be inserted. */
  #indexOf(price: PriceTicks): number {
    let low = 0;
    let high = this.#prices.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#sign * ((this.#prices[middle] as PriceTicks) - price) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
