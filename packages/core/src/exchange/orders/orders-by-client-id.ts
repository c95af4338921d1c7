import type { Order } from './order.ts';

const INITIAL_CAPACITY = 16;
/** A table is between an eighth and a half full, so that looking into it is cheap and a user who was busy once holds no memory for it. */
const MOST_OF_CAPACITY = 1 / 2;
const LEAST_OF_CAPACITY = 1 / 8;
/** In a table of a million ids of honest users nobody is ever so far from home. */
export const MAX_PROBES = 256;
const TOO_FAR = -1;

/**
 * A user's orders by their clientOrderIds (MAT-11): open addressing with linear probing, because these lookups are a good part of what
 * placing and cancelling cost, and a `Map` of texts takes several times as long. Deleting moves what follows back, so that no number of
 * orders leaves anything behind. Users choose their ids, and could choose those that meet at one place: whoever does gets a `Map`, whose
 * hashes nobody can foresee.
 */
export class OrdersByClientId {
  #hashes = new Int32Array(0);
  #orders: (Order | undefined)[] = [];
  #mask = -1;
  #count = 0;
  #crowd: Map<string, Order> | undefined;

  get size(): number {
    return this.#crowd?.size ?? this.#count;
  }

  get(clientOrderId: string): Order | undefined {
    if (this.#crowd !== undefined) return this.#crowd.get(clientOrderId);
    if (this.#count === 0) return undefined;
    const place = this.#find(clientOrderId, hashOf(clientOrderId));
    return place === TOO_FAR ? this.#crowded().get(clientOrderId) : this.#orders[place];
  }

  /** Adds an order, in the place of another one with its clientOrderId. */
  set(order: Order): void {
    if (this.#crowd !== undefined) {
      this.#crowd.set(order.clientOrderId, order);
      return;
    }
    if (this.#count >= this.#orders.length * MOST_OF_CAPACITY)
      this.#resize(Math.max(INITIAL_CAPACITY, this.#orders.length * 2));
    const hash = hashOf(order.clientOrderId);
    const place = this.#find(order.clientOrderId, hash);
    if (place === TOO_FAR) {
      this.#crowded().set(order.clientOrderId, order);
      return;
    }
    if (this.#orders[place] === undefined) this.#count++;
    order.clientOrderIdHash = hash;
    this.#hashes[place] = hash;
    this.#orders[place] = order;
  }

  /** Forgets an order; nothing when another one has its clientOrderId by now. */
  delete(order: Order): void {
    if (this.#crowd !== undefined) {
      if (this.#crowd.get(order.clientOrderId) === order) this.#crowd.delete(order.clientOrderId);
      return;
    }
    if (this.#count === 0) return;
    // By the order itself: its id would have to be fetched from far away.
    let place = order.clientOrderIdHash & this.#mask;
    while (this.#orders[place] !== order) {
      if (this.#orders[place] === undefined) return;
      place = (place + 1) & this.#mask;
    }
    this.#vacate(place);
    this.#count--;
    if (this.#orders.length > INITIAL_CAPACITY && this.#count < this.#orders.length * LEAST_OF_CAPACITY)
      this.#resize(this.#orders.length / 2);
  }

  /** The place of an id, or the empty one where it would be; {@link TOO_FAR} when it is not near its home. */
  #find(clientOrderId: string, hash: number): number {
    const orders = this.#orders;
    const hashes = this.#hashes;
    const mask = this.#mask;
    let place = hash & mask;
    for (let probe = 0; probe < MAX_PROBES; probe++) {
      const order = orders[place];
      if (order === undefined || (hashes[place] === hash && order.clientOrderId === clientOrderId)) return place;
      place = (place + 1) & mask;
    }
    return TOO_FAR;
  }

  /** Empties a place, and moves back what would not be found any more. */
  #vacate(place: number): void {
    const orders = this.#orders;
    const hashes = this.#hashes;
    const mask = this.#mask;
    let hole = place;
    for (let next = (place + 1) & mask; orders[next] !== undefined; next = (next + 1) & mask) {
      const hash = hashes[next] as number;
      const isHomeBehindHole = ((next - hash) & mask) < ((next - hole) & mask);
      if (isHomeBehindHole) continue;
      orders[hole] = orders[next];
      hashes[hole] = hash;
      hole = next;
    }
    orders[hole] = undefined;
  }

  #resize(capacity: number): void {
    const orders = this.#orders;
    const hashes = this.#hashes;
    this.#orders = Array.from<Order | undefined>({ length: capacity }).fill(undefined);
    this.#hashes = new Int32Array(capacity);
    this.#mask = capacity - 1;
    for (let from = 0; from < orders.length; from++) {
      if (orders[from] === undefined) continue;
      const hash = hashes[from] as number;
      let place = hash & this.#mask;
      while (this.#orders[place] !== undefined) place = (place + 1) & this.#mask;
      this.#orders[place] = orders[from];
      this.#hashes[place] = hash;
    }
  }

  /** Gives the table up, for good: its user's ids meet at one place. */
  #crowded(): Map<string, Order> {
    const crowd = new Map<string, Order>();
    for (const order of this.#orders) if (order !== undefined) crowd.set(order.clientOrderId, order);
    this.#crowd = crowd;
    this.#orders = [];
    this.#hashes = new Int32Array(0);
    this.#count = 0;
    return crowd;
  }
}

/** A hash of 32 bits: FNV-1a over the code units, its bits then mixed as MurmurHash3 ends, because a place is taken from the lowest. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
