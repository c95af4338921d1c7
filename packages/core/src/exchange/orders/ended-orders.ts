import { StateWriter } from '../../state/writer.ts';
import type { Order } from './order.ts';

/** How long an ended order is remembered, and its clientOrderId taken (MAT-8, MAT-11). */
export const ENDED_ORDER_MS = 24 * 60 * 60 * 1_000;

/** Below this, forgotten places are not worth a copy. */
const MIN_COMPACTION = 1_024;

/** What is written together, and kept as it was written. */
const CHUNK = 256;
const CHUNK_CAPACITY = CHUNK * 96;

interface Ended {
  /** Of what has ended: the time of its end. */
  readonly updatedAtMs: number;
}

/**
 * What has ended and is still remembered, in the order of its end. Adding and forgetting cost O(1) over time. The times stand apart:
 * every command asks for the oldest, and what ended a day ago is in no cache any more. What has ended changes no more, so that a snapshot
 * writes only what has ended since the last one, and takes the bytes of all else as they are.
 */
export class EndedOrders<T extends Ended = Order> implements Iterable<T> {
  #orders: (T | undefined)[] = [];
  #endedAtMs: number[] = [];
  #first = 0;
  /** How many were ever forgotten: the number of the oldest, counted from the first there was. */
  #forgotten = 0;
  /** Whole chunks of neighbouring numbers as they were written, by number / {@link CHUNK}. */
  readonly #written = new Map<number, Uint8Array>();
  /** Whole chunks from this one on are not written yet, unless a snapshot has written them. */
  #ahead = 0;

  /** `orders` in the order of their end. */
  constructor(orders: Iterable<T> = []) {
    for (const order of orders) this.push(order);
  }

  /** When the oldest ended, Unix ms; never when there is none. */
  get oldestEndedAtMs(): number {
    return this.#first === this.#endedAtMs.length ? Number.POSITIVE_INFINITY : (this.#endedAtMs[this.#first] as number);
  }

  /** Chunks that are kept as they were written. */
  get chunkCount(): number {
    return this.#written.size;
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
    // Of its chunk the rest is no whole one any more.
    if (this.#forgotten % CHUNK === 0) this.#written.delete(this.#forgotten / CHUNK);
    this.#forgotten++;
    this.#first++;
    if (this.#first >= MIN_COMPACTION && this.#first * 2 >= this.#orders.length) {
      this.#orders = this.#orders.slice(this.#first);
      this.#endedAtMs = this.#endedAtMs.slice(this.#first);
      this.#first = 0;
    }
    return oldest;
  }

  /** Writes the oldest whole chunk that is not written yet, so that the next {@link save} need not. Does nothing when all are. */
  writeAhead(write: (w: StateWriter, order: T) => void): void {
    const end = this.#forgotten + this.#orders.length - this.#first;
    let number = Math.max(this.#ahead, Math.ceil(this.#forgotten / CHUNK));
    while (this.#written.has(number)) number++;
    this.#ahead = number;
    if ((number + 1) * CHUNK > end) return;
    const w = new StateWriter(CHUNK_CAPACITY);
    this.#write(w, { from: number * CHUNK, to: (number + 1) * CHUNK }, write);
    this.#written.set(number, w.finish());
  }

  /** Writes their count and each by `write`, which writes the same for the same one at any time. */
  save(w: StateWriter, write: (w: StateWriter, order: T) => void): void {
    const count = this.#orders.length - this.#first;
    w.uint(count);
    const end = this.#forgotten + count;
    for (let from = this.#forgotten; from < end; ) {
      const to = Math.min(end, (Math.floor(from / CHUNK) + 1) * CHUNK);
      if (to - from === CHUNK) this.#writeChunk(w, from, write);
      else this.#write(w, { from, to }, write);
      from = to;
    }
  }

  #writeChunk(w: StateWriter, from: number, write: (w: StateWriter, order: T) => void): void {
    const number = from / CHUNK;
    const written = this.#written.get(number);
    if (written !== undefined) {
      w.bytes(written);
      return;
    }
    const begun = w.length;
    this.#write(w, { from, to: from + CHUNK }, write);
    this.#written.set(number, w.since(begun));
  }

  #write(w: StateWriter, { from, to }: { from: number; to: number }, write: (w: StateWriter, order: T) => void): void {
    const first = this.#first - this.#forgotten;
    for (let number = from; number < to; number++) write(w, this.#orders[first + number] as T);
  }

  *[Symbol.iterator](): Generator<T, void> {
    for (let i = this.#first; i < this.#orders.length; i++) yield this.#orders[i] as T;
  }
}
