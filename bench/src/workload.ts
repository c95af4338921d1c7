import { type PriceTicks, priceTicks, type QuantitySteps, quantitySteps } from '@openvenue/money';
import type { Side } from '../../packages/core/src/exchange/enums.ts';
import { SeededRandom } from '../../packages/core/src/testing/random.ts';
import { LiveOrders } from './live-orders.ts';

/*
 * Two ways in which resting orders lie, because the cost of many books depends on it.
 *
 * `clustered` is a perpetual whose tick is coarse for its price, as that of DOGE or XRP: orders crowd at few prices.
 * - How far from the middle an order is placed has a power law's tail with exponent 1.5, as Zovko and Farmer found from a few to
 *   2,000 ticks ("The power of patience", 2002); half of the orders are placed within 12 ticks.
 * - One in four is placed at the next multiple of ten ticks: Lallouache and Abergel found a large part of the orders of a
 *   currency market at round prices ("Tick size reduction and price clustering in a FX order book", 2014).
 * - Half of the cancels hit one of the last 128 orders placed, the others any order: most orders near the best price live briefly,
 *   those further away long (Krause, Jungblut and Guhr, "Two price regimes in limit order books", 2021).
 * With 10,000 resting orders a side has about 320 levels, half of its orders lie within 20 ticks of the middle and nine tenths
 * within 95, an order stands in a queue of 245 on average, and the longest queue, at the first round price, has about 900.
 *
 * `thin` is one whose tick is fine, as that of BTC: a side's 5,000 orders lie on 830 levels within 1,000 ticks, an order stands in
 * a queue of 8, and every cancel hits any order.
 *
 * Both take with 10 % of the commands, place with 50 % and cancel with 40 %; takes fill as many orders as the rest, so that the
 * number of resting orders stays about the same.
 * In a day of NASDAQ (CppTrader replays one) there are 153 million orders placed, 153 million that leave, 7 million amended and
 * 6 million executions, so takes are more frequent here than there. An amendment of a price is what both books make of
 * it, a cancel and a place. The middle stands still.
 */

const MID_PRICE = 600_000;
const MAX_QUANTITY = 100;
const SIDES = ['BUY', 'SELL'] as const;
/** Clustered: the tail's scale, of which the half of the orders are placed within 0.6. */
const CLUSTER_TICKS = 20;
const TAIL_EXPONENT = 1.5;
const MAX_CLUSTERED_OFFSET = 2_000;
const ROUND_TICKS = 10;
const ROUND_ONE_IN = 4;
const RECENT_ORDERS = 128;
const THIN_LEVELS = 1_000;

export interface Place {
  readonly kind: 'place';
  readonly orderId: number;
  readonly ownerId: number;
  readonly side: Side;
  readonly price: PriceTicks;
  readonly quantity: QuantitySteps;
}

export interface Cancel {
  readonly kind: 'cancel';
  readonly orderId: number;
}

/** A market order: takes from the opposite side whatever the price, what is left of it ends. */
export interface Take {
  readonly kind: 'take';
  readonly side: Side;
  readonly quantity: QuantitySteps;
}

export type BookCommand = Place | Cancel | Take;

export type Shape = 'clustered' | 'thin';

export interface WorkloadSize {
  readonly shape: Shape;
  readonly restingOrders: number;
  readonly seed: number;
}

/** What the generator needs of a book. */
export interface BookModel {
  place(order: Place): void;
  cancel(orderId: number): void;
  /** Executes a market order; returns the resting orders it filled whole. */
  take(side: Side, quantity: QuantitySteps): number[];
}

/**
 * The same commands for every book, in portions. `model` is a book of its own that follows along, so that every cancel names an
 * order that rests.
 */
export class Workload {
  readonly size: WorkloadSize;
  readonly #model: BookModel;
  readonly #random: SeededRandom;
  readonly #live = new LiveOrders(RECENT_ORDERS);
  #nextId = 1;

  constructor(size: WorkloadSize, model: BookModel) {
    this.size = size;
    this.#model = model;
    this.#random = new SeededRandom(size.seed);
  }

  /** Ids given so far are below this. */
  get nextOrderId(): number {
    return this.#nextId;
  }

  /** Orders that rest before any clock starts; asked for once, before `next`. */
  opening(): Place[] {
    return Array.from({ length: this.size.restingOrders }, () => this.#place());
  }

  next(count: number): BookCommand[] {
    return Array.from({ length: count }, () => this.#command());
  }

  #command(): BookCommand {
    if (this.#random.chance(1, 10)) return this.#take();
    const isShort = this.#live.count < this.size.restingOrders;
    return this.#random.chance(isShort ? 6 : 4, 10) ? this.#place() : this.#cancel();
  }

  #place(): Place {
    const random = this.#random;
    const side = random.pick(SIDES);
    const offset = OFFSETS[this.size.shape](random);
    const order: Place = {
      kind: 'place',
      orderId: this.#nextId++,
      ownerId: random.integer(1, 10_000),
      side,
      price: priceTicks(side === 'BUY' ? MID_PRICE - offset : MID_PRICE + offset),
      quantity: quantitySteps(random.integer(1, MAX_QUANTITY)),
    };
    this.#model.place(order);
    this.#live.add(order.orderId);
    return order;
  }

  #cancel(): Cancel {
    const orderId = this.#pickLive();
    this.#model.cancel(orderId);
    this.#live.delete(orderId);
    return { kind: 'cancel', orderId };
  }

  #take(): Take {
    const side = this.#random.pick(SIDES);
    const quantity = quantitySteps(this.#random.integer(1, MAX_QUANTITY));
    for (const orderId of this.#model.take(side, quantity)) this.#live.delete(orderId);
    return { kind: 'take', side, quantity };
  }

  #pickLive(): number {
    if (this.size.shape === 'clustered' && this.#random.chance(1, 2)) {
      const recent = this.#live.recentAt(this.#random.integer(0, RECENT_ORDERS - 1));
      if (this.#live.has(recent)) return recent;
    }
    return this.#live.at(this.#random.integer(0, this.#live.count - 1));
  }
}

/** How far from the middle an order is placed, in ticks, at least 1. */
const OFFSETS: Record<Shape, (random: SeededRandom) => number> = {
  clustered: (random) => {
    let offset: number;
    do offset = Math.ceil(CLUSTER_TICKS * (unit(random) ** (-1 / TAIL_EXPONENT) - 1));
    while (offset > MAX_CLUSTERED_OFFSET);
    return random.chance(1, ROUND_ONE_IN) ? Math.ceil(offset / ROUND_TICKS) * ROUND_TICKS : offset;
  },
  thin: (random) => Math.min(random.integer(1, THIN_LEVELS), random.integer(1, THIN_LEVELS)),
};

/** A number above 0 and below 1. */
const unit = (random: SeededRandom): number => (random.next32() + 0.5) / 2 ** 32;
