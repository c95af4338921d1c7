import type { Order } from './order.ts';

/** Below this, forgotten places are not worth a copy. */
const MIN_COMPACTION = 1_024;

/** What has ended and is still remembered, in the order of its end. Adding and forgetting cost O(1) over time. */
export class EndedOrders<T = Order> implements Iterable<T> {
  #orders: (T | undefined)[];
  #first = 0;

  /** `orders` in the order of their end. */
  constructor(orders: Iterable<T> = []) {
    this.#orders = [...orders];
  }

  /** The one that ended first. */
  get oldest(): T | undefined {
    return this.#orders[this.#first];
  }

  push(order: T): void {
    this.#orders.push(order);
  }

  /** Forgets the oldest; nothing when there is none. */
  shift(): void {
    if (this.#first === this.#orders.length) return;
    this.#orders[this.#first] = undefined;
    this.#first++;
    if (this.#first < MIN_COMPACTION || this.#first * 2 < this.#orders.length) return;
    this.#orders = this.#orders.slice(this.#first);
    this.#first = 0;
  }

  *[Symbol.iterator](): Generator<T, void> {
    for (let i = this.#first; i < this.#orders.length; i++) yield this.#orders[i] as T;
  }
}
