import { type PriceTicks, priceTicks, type QuantitySteps, quantitySteps } from '@openvenue/money';
import type { Side } from '../../packages/core/src/exchange/enums.ts';
import { SeededRandom } from '../../packages/core/src/testing/random.ts';

const MID_PRICE = 600_000;
const LEVELS_PER_SIDE = 1_000;
const MAX_QUANTITY = 100;
const SIDES = ['BUY', 'SELL'] as const;

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

export interface Workload {
  /** Orders that rest before the clock starts. */
  readonly opening: readonly Place[];
  readonly commands: readonly BookCommand[];
}

export interface WorkloadSize {
  readonly restingOrders: number;
  readonly commands: number;
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
 * The same commands for every book: one in ten takes, the others place and cancel so that the number of resting orders stays
 * about the same. Offsets from the middle are the smaller of two draws, so levels near the best price are longer.
 * `model` is a book that follows along while they are generated, so that every cancel names an order that rests.
 */
export function generateWorkload(size: WorkloadSize, model: BookModel): Workload {
  const random = new SeededRandom(size.seed);
  const live = new LiveOrders();
  let nextId = 1;

  const place = (): Place => {
    const side = random.pick(SIDES);
    const offset = Math.min(random.integer(1, LEVELS_PER_SIDE), random.integer(1, LEVELS_PER_SIDE));
    const order: Place = {
      kind: 'place',
      orderId: nextId++,
      ownerId: random.integer(1, 10_000),
      side,
      price: priceTicks(side === 'BUY' ? MID_PRICE - offset : MID_PRICE + offset),
      quantity: quantitySteps(random.integer(1, MAX_QUANTITY)),
    };
    model.place(order);
    live.add(order.orderId);
    return order;
  };
  const cancel = (): Cancel => {
    const orderId = live.at(random.integer(0, live.count - 1));
    model.cancel(orderId);
    live.delete(orderId);
    return { kind: 'cancel', orderId };
  };
  const take = (): Take => {
    const side = random.pick(SIDES);
    const quantity = quantitySteps(random.integer(1, MAX_QUANTITY));
    for (const orderId of model.take(side, quantity)) live.delete(orderId);
    return { kind: 'take', side, quantity };
  };

  const opening = Array.from({ length: size.restingOrders }, place);
  const commands = Array.from({ length: size.commands }, () => {
    if (random.chance(1, 10)) return take();
    const isShort = live.count < size.restingOrders;
    return random.chance(isShort ? 6 : 4, 10) ? place() : cancel();
  });
  return { opening, commands };
}

/** A set of ids from which one can be drawn by position. */
class LiveOrders {
  readonly #ids: number[] = [];
  readonly #positions = new Map<number, number>();

  get count(): number {
    return this.#ids.length;
  }

  at(position: number): number {
    return this.#ids[position]!;
  }

  add(orderId: number): void {
    this.#positions.set(orderId, this.#ids.length);
    this.#ids.push(orderId);
  }

  delete(orderId: number): void {
    const position = this.#positions.get(orderId)!;
    const last = this.#ids.pop()!;
    this.#positions.delete(orderId);
    if (last === orderId) return;
    this.#ids[position] = last;
    this.#positions.set(last, position);
  }
}
