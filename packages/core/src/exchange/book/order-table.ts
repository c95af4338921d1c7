import type { OrderQueues } from './order-queues.ts';

const INITIAL_CAPACITY = 512;
/** An entry has two words: the order's record, 0 when it is empty, and the order's key. */
const ENTRY_WORDS = 2;
const KEY = 1;
/** Four ids of a row have their homes in one block, every other entry of its 8, which fill a cache line. */
const BLOCK_ENTRIES = 8;
const ID_BITS = 2;
const ID_MASK = (1 << ID_BITS) - 1;
const MAX_INT32 = 2 ** 31 - 1;

/**
 * Finds an order's record by its id: open addressing with linear probing, never more than half full. An entry holds a key made
 * of the id, so that the records of other orders, which are seldom in the cache, need not be read to pass by or to move their
 * entries. Ids come from a sequence and most orders that leave are young, so neighbours in age share a cache line here, with
 * gaps that keep them from being in each other's way. Deleting shifts the cluster back instead of leaving tombstones, so that
 * lookups cost the same after any number of orders.
 */
export class OrderTable {
  readonly #orders: OrderQueues;
  #entries = new Int32Array(INITIAL_CAPACITY * ENTRY_WORDS);
  #mask = INITIAL_CAPACITY * ENTRY_WORDS - 1;
  /** Leaves the top bits of a hash, as many as number the blocks. */
  #shift = Math.clz32(INITIAL_CAPACITY / BLOCK_ENTRIES) + 1;
  #count = 0;

  constructor(orders: OrderQueues) {
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
    const mask = this.#mask;
    const key = keyOf(orderId);
    for (let place = homeOf(key, this.#shift); ; place = (place + ENTRY_WORDS) & mask) {
      const order = entries[place]!;
      if (order === 0) return -1;
      if (entries[place | KEY]! === key && this.#orders.orderIdOf(order) === orderId) return place;
    }
  }

  recordAt(place: number): number {
    return this.#entries[place]!;
  }

  /** An empty place for an id, -1 when the id has one already; valid until the next fill or delete. */
  vacancyFor(orderId: number): number {
    if (this.#count * 2 * ENTRY_WORDS > this.#mask) this.#grow();
    const entries = this.#entries;
    const mask = this.#mask;
    const key = keyOf(orderId);
    for (let place = homeOf(key, this.#shift); ; place = (place + ENTRY_WORDS) & mask) {
      const order = entries[place]!;
      if (order === 0) {
        // A fill may follow, which completes the entry; without one it is still empty.
        entries[place | KEY] = key;
        return place;
      }
      if (entries[place | KEY]! === key && this.#orders.orderIdOf(order) === orderId) return -1;
    }
  }

  /** Enters an order at the place that is vacant for its id. */
  fillAt(place: number, order: number): void {
    this.#entries[place] = order;
    this.#count++;
  }

  deleteAt(place: number): void {
    const entries = this.#entries;
    const mask = this.#mask;
    let hole = place;
    for (let next = (place + ENTRY_WORDS) & mask; entries[next]! !== 0; next = (next + ENTRY_WORDS) & mask) {
      const key = entries[next | KEY]!;
      const isHomeBehindHole = ((next - homeOf(key, this.#shift)) & mask) < ((next - hole) & mask);
      if (isHomeBehindHole) continue;
      entries[hole] = entries[next]!;
      entries[hole | KEY] = key;
      hole = next;
    }
    entries[hole] = 0;
    this.#count--;
  }

  #grow(): void {
    const old = this.#entries;
    const entries = new Int32Array(old.length * 2);
    const mask = entries.length - 1;
    this.#shift--;
    for (let from = 0; from < old.length; from += ENTRY_WORDS) {
      if (old[from]! === 0) continue;
      const key = old[from | KEY]!;
      let place = homeOf(key, this.#shift);
      while (entries[place]! !== 0) place = (place + ENTRY_WORDS) & mask;
      entries[place] = old[from]!;
      entries[place | KEY] = key;
    }
    this.#entries = entries;
    this.#mask = mask;
  }
}

/** Folds the words of a safe integer >= 0 into one, so that ids which differ in the upper word alone are kept apart. */
function keyOf(orderId: number): number {
  if (orderId <= MAX_INT32) return orderId;
  return orderId ^ Math.imul(orderId * 2 ** -32, 0x85ebca6b);
}

/** First place for a key. Multiplying by the golden ratio spreads numbers from a sequence almost evenly over the top bits. */
function homeOf(key: number, shift: number): number {
  const block = Math.imul(key >>> ID_BITS, 0x9e3779b1) >>> shift;
  return ((block << ID_BITS) | (key & ID_MASK)) << 2;
}
