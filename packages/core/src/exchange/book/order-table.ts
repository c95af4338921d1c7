import { NONE } from './order-book.ts';
import type { OrderSlab } from './order-slab.ts';

const INITIAL_CAPACITY = 512;

/**
 * Finds an order's slot by its id: open addressing with linear probing, never more than half full. An entry is only the slot;
 * the id is read from the order's record, which whoever looks it up reads next anyway. Deleting shifts the cluster back
 * instead of leaving tombstones, so that lookups cost the same after any number of orders.
 */
export class OrderTable {
  readonly #orders: OrderSlab;
  /** Slot + 1; 0 is an empty place. */
  #entries = new Int32Array(INITIAL_CAPACITY);
  /** Leaves the top bits of a hash, as many as make a place. */
  #shift = Math.clz32(INITIAL_CAPACITY) + 1;
  #count = 0;

  constructor(orders: OrderSlab) {
    this.#orders = orders;
  }

  get byteSize(): number {
    return this.#entries.byteLength;
  }

  /** Number of orders in the table. */
  get count(): number {
    return this.#count;
  }

  /** Place of an id, -1 when it is not there; valid until the next fill or delete. */
  locate(orderId: number): number {
    const entries = this.#entries;
    const mask = entries.length - 1;
    for (let place = hash(orderId) >>> this.#shift; ; place = (place + 1) & mask) {
      const entry = entries[place]!;
      if (entry === 0) return NONE;
      if (this.#orders.orderIdOf(entry - 1) === orderId) return place;
    }
  }

  slotAt(place: number): number {
    return this.#entries[place]! - 1;
  }

  /** An empty place for an id, -1 when the id has one already; valid until the next fill or delete. */
  vacancyFor(orderId: number): number {
    if (this.#count * 2 >= this.#entries.length) this.#grow();
    const entries = this.#entries;
    const mask = entries.length - 1;
    for (let place = hash(orderId) >>> this.#shift; ; place = (place + 1) & mask) {
      const entry = entries[place]!;
      if (entry === 0) return place;
      if (this.#orders.orderIdOf(entry - 1) === orderId) return NONE;
    }
  }

  /** Enters an order at the place that is vacant for its id. */
  fillAt(place: number, slot: number): void {
    this.#entries[place] = slot + 1;
    this.#count++;
  }

  /** Deletes an entry; its order's record must still hold its id. */
  deleteAt(place: number): void {
    const entries = this.#entries;
    const mask = entries.length - 1;
    let hole = place;
    for (let next = (place + 1) & mask; entries[next]! !== 0; next = (next + 1) & mask) {
      const entry = entries[next]!;
      const home = hash(this.#orders.orderIdOf(entry - 1)) >>> this.#shift;
      const homeIsBehindHole = ((next - home) & mask) < ((next - hole) & mask);
      if (homeIsBehindHole) continue;
      entries[hole] = entry;
      hole = next;
    }
    entries[hole] = 0;
    this.#count--;
  }

  #grow(): void {
    const old = this.#entries;
    this.#shift--;
    this.#entries = new Int32Array(old.length * 2);
    const mask = this.#entries.length - 1;
    for (const entry of old) {
      if (entry === 0) continue;
      let place = hash(this.#orders.orderIdOf(entry - 1)) >>> this.#shift;
      while (this.#entries[place]! !== 0) place = (place + 1) & mask;
      this.#entries[place] = entry;
    }
  }
}

/**
 * Spreads both 32-bit halves of a safe integer >= 0 over 32 bits, of which the top ones are best. Ids come from a sequence,
 * which multiplying by the golden ratio spreads almost evenly; the shift keeps ids apart that differ in high bits alone.
 */
function hash(orderId: number): number {
  const high = (orderId * 2 ** -32) | 0;
  const mixed = (orderId | 0) ^ Math.imul(high, 0x85ebca6b);
  return Math.imul(mixed ^ (mixed >>> 16), 0x9e3779b1);
}
