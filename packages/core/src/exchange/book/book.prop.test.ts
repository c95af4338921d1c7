import { priceTicks, quantitySteps } from '@openvenue/money';
import { expect, test } from 'vitest';
import { SeededRandom } from '../../testing/random.ts';
import { opposite, type Side } from '../enums.ts';
import { findBookFault } from './book-fault.ts';
import { FastBook } from './fast-book.ts';
import { NaiveBook } from './naive-book.ts';
import { MAX_PRICE_TICKS, NONE, type OrderBook } from './order-book.ts';

const FULL_COMPARISON_EVERY = 250;
const SIDES = ['BUY', 'SELL'] as const;

/** Prices where words, chunks and summary layers of the index begin and end. */
const EDGE_PRICES = [5, 6, 10, 11, 15, 16, 20, 21, 25, 26, 27].flatMap((bits) => [
  2 ** bits - 2,
  2 ** bits - 1,
  ...(bits < 27 ? [2 ** bits, 2 ** bits + 1] : []),
]);

const PRICES: Record<string, (random: SeededRandom) => number> = {
  'dense prices': (random) => random.integer(990, 1_010),
  'a wide market': (random) => random.integer(600_000, 601_000),
  'edges of the index': (random) => random.pick([0, 1, ...EDGE_PRICES]),
  'all prices': (random) => random.integer(0, MAX_PRICE_TICKS),
};

interface Run {
  readonly prices: string;
  /** Resting orders at which filling turns to draining; the largest is beyond what the buffers begin with. */
  readonly turnsAt: number;
  readonly operations: number;
  readonly seed: number;
}

/** Both books under the same random operations; every difference fails. */
class Duel {
  readonly fast = new FastBook();
  readonly naive = new NaiveBook();
  readonly #random: SeededRandom;
  readonly #price: (random: SeededRandom) => number;
  readonly #turnsAt: number;
  readonly #resting: number[] = [];
  readonly #gone: number[] = [];
  #nextId = 1;
  /** The book fills and drains in turn, so that buffers, chunks and clusters see both. */
  #isGrowing = true;

  constructor({ prices, turnsAt, seed }: Run) {
    this.#random = new SeededRandom(seed);
    this.#price = PRICES[prices]!;
    this.#turnsAt = turnsAt;
  }

  step(): void {
    const random = this.#random;
    if (this.#resting.length === 0) this.#isGrowing = true;
    if (this.#resting.length === this.#turnsAt) this.#isGrowing = false;
    if (this.#resting.length === 0 || random.chance(this.#isGrowing ? 8 : 3, 10)) this.#add();
    else if (random.chance(1, 10)) this.#sweep();
    else if (random.chance(1, 2)) this.#remove();
    else this.#reduce();
    this.#compareQueries();
  }

  compareContents(): void {
    for (const side of SIDES) expect([...this.fast.orders(side)]).toEqual(this.naive.orders(side));
    expect(findBookFault(this.fast)).toBeNull();
  }

  #add(): void {
    const random = this.#random;
    const price = priceTicks(this.#price(random));
    const order = {
      orderId: this.#someId(),
      ownerId: random.integer(0, 2 ** 32 - 1),
      side: random.chance(1, 10) ? random.pick(SIDES) : this.#sideFor(price),
      price,
      quantity: quantitySteps(random.chance(1, 10) ? random.integer(1, 2 ** 44) : random.integer(1, 5)),
    };
    // Some of these cross, some ids rest already: both books must refuse the same ones.
    const refused = throws(() => this.naive.add(order));
    expect(throws(() => this.fast.add(order))).toBe(refused);
    if (!refused) this.#resting.push(order.orderId);
  }

  /** A side on which the price does not cross. */
  #sideFor(price: number): Side {
    const bid = this.naive.bestPrice('BUY');
    const ask = this.naive.bestPrice('SELL');
    if (ask !== NONE && price >= ask) return 'SELL';
    return bid !== NONE && price > bid ? this.#random.pick(SIDES) : 'BUY';
  }

  #someId(): number {
    const random = this.#random;
    if (this.#gone.length > 0 && random.chance(1, 5)) return random.pick(this.#gone);
    if (this.#resting.length > 0 && random.chance(1, 50)) return random.pick(this.#resting);
    if (random.chance(1, 5)) return random.integer(0, Number.MAX_SAFE_INTEGER);
    if (random.chance(1, 5)) return random.integer(0, 2 ** 21 - 1) * 2 ** 32;
    return this.#nextId++;
  }

  #remove(): void {
    const orderId = this.#random.pick(this.#resting);
    this.fast.remove(orderId);
    this.naive.remove(orderId);
    this.#forget(orderId);
  }

  #reduce(): void {
    const orderId = this.#random.pick(this.#resting);
    const remaining = this.naive.quantityOf(orderId);
    const by = quantitySteps(this.#random.chance(1, 4) ? remaining : this.#random.integer(1, remaining));
    this.fast.reduce(orderId, by);
    this.naive.reduce(orderId, by);
    if (by === remaining) this.#forget(orderId);
  }

  /** Takes some orders of the best level by handles, removing while walking, as matching does. */
  #sweep(): void {
    const side = this.#random.pick(SIDES);
    const most = this.#random.integer(1, 4);
    const taken = takeOldest(this.fast, side, most);
    expect(taken).toEqual(takeOldest(this.naive, side, most));
    for (const orderId of taken) this.#forget(orderId);
  }

  #forget(orderId: number): void {
    this.#resting.splice(this.#resting.indexOf(orderId), 1);
    this.#gone.push(orderId);
    if (this.#gone.length > 50) this.#gone.shift();
  }

  #compareQueries(): void {
    const random = this.#random;
    const side = random.pick(SIDES);
    const { price: knownPrice } = this.#knownLevel(side);
    const somePrice = priceTicks(random.chance(1, 2) ? knownPrice : this.#price(random));
    const someId = random.pick([...this.#resting, ...this.#gone.slice(-3), this.#nextId]);
    for (const ask of [
      (book: OrderBook) => book.orderCount,
      (book: OrderBook) => book.bestPrice(side),
      (book: OrderBook) => book.bestPrice(opposite(side)),
      (book: OrderBook) => book.nextPrice(side, somePrice),
      (book: OrderBook) => book.levelQuantity(side, somePrice),
      (book: OrderBook) => queueAt(book, side, somePrice),
      (book: OrderBook) => book.has(someId) && book.quantityOf(someId),
    ]) {
      expect(ask(this.fast)).toEqual(ask(this.naive));
    }
  }

  #knownLevel(side: Side): { price: number } {
    const best = this.naive.bestPrice(side);
    if (best === NONE) return { price: this.#price(this.#random) };
    const second = this.naive.nextPrice(side, best);
    return { price: second !== NONE && this.#random.chance(1, 2) ? second : best };
  }
}

function throws(call: () => void): boolean {
  try {
    call();
    return false;
  } catch {
    return true;
  }
}

function takeOldest(book: OrderBook, side: Side, most: number): number[] {
  const taken: number[] = [];
  const price = book.bestPrice(side);
  if (price === NONE) return taken;
  for (let handle = book.firstAt(side, price); handle !== NONE && taken.length < most; ) {
    const next = book.nextInLevel(handle);
    const orderId = book.orderIdOf(handle);
    book.remove(orderId);
    taken.push(orderId);
    handle = next;
  }
  return taken;
}

function queueAt(book: OrderBook, side: Side, price: number): number[][] {
  const queue: number[][] = [];
  for (let handle = book.firstAt(side, priceTicks(price)); handle !== NONE; handle = book.nextInLevel(handle)) {
    queue.push([book.orderIdOf(handle), book.ownerIdOf(handle), book.remainingOf(handle)]);
  }
  return queue;
}

const runs: Run[] = Object.keys(PRICES).flatMap((prices, i) => [
  { prices, turnsAt: 10, operations: 25_000, seed: 10 * i + 1 },
  { prices, turnsAt: 60, operations: 25_000, seed: 10 * i + 2 },
  { prices, turnsAt: 300, operations: 4_000, seed: 10 * i + 3 },
]);

test.each(runs)(
  'MAT-1, INV-3 the fast book answers as the naive one: $prices, $turnsAt orders, $operations operations, seed $seed',
  (run) => {
    const duel = new Duel(run);
    let [bidsSeen, asksSeen, mostSeen] = [0, 0, 0];
    for (let operation = 1; operation <= run.operations; operation++) {
      duel.step();
      if (operation % FULL_COMPARISON_EVERY === 0) duel.compareContents();
      if (duel.naive.bestPrice('BUY') !== NONE) bidsSeen++;
      if (duel.naive.bestPrice('SELL') !== NONE) asksSeen++;
      mostSeen = Math.max(mostSeen, duel.naive.orderCount);
    }
    // A run that hardly ever had a market on both sides would prove little.
    expect(Math.min(bidsSeen, asksSeen)).toBeGreaterThan(run.operations / 5);
    expect(mostSeen).toBeGreaterThanOrEqual(run.turnsAt);
  },
);
