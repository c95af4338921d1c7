import type { Order } from './order.ts';

/** Below this, forgotten places are not worth a copy. */
const MIN_COMPACTION = 1_024;

interface Ended {
  /** Of what has ended: the time of its end. */
  readonly updatedAtMs: number;
}

/**
 * What has ended and is still remembered, in the order of its end. Adding and forgetting cost O(1) over time. The times stand apart:
 * every command asks for the oldest, and what ended a day ago is in no cache any more.
 */
export class EndedOrders<T extends Ended = Order> implements Iterable<T> {
  #orders: (T | undefined)[] = [];
  #endedAtMs: number[] = [];
  #first = 0;

  /** `orders` in the order of their end. */
  constructor(orders: Iterable<T> = []) {
    for (const order of orders) this.push(order);
  }

  /** When the oldest ended, Unix ms; never when there is none. */
  get oldestEndedAtMs(): number {
    return this.#first === this.#endedAtMs.length ? Number.POSITIVE_INFINITY : (this.#endedAtMs[this.#first] as number);
  }

  push(order: T): void {
    this.#orders.push(order);
    this.#endedAtMs.push(order.updatedAtMs);
  }

  /** Forgets the oldest. @returns it @throws RangeError when there is none */
  shift(): T {
    const oldest = this.#orders[this.#first];
    if (oldest === undefined) throw new RangeError('nothing is remembered');
    this.#orders[this.#first] = undefined;
    this.#first++;
    if (this.#first >= MIN_COMPACTION && this.#first * 2 >= this.#orders.length) {
      this.#orders = this.#orders.slice(this.#first);
      this.#endedAtMs = this.#endedAtMs.slice(this.#first);
      this.#first = 0;
    }
    return oldest;
  }

  *[Symbol.iterator](): Generator<T, void> {
    for (let i = this.#first; i < this.#orders.length; i++) yield this.#orders[i] as T;
  }
}
