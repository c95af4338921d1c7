import type { PriceTicks, QuantitySteps } from '@openvenue/money';
import type { Side } from '../enums.ts';
import type { RestingOrder } from './order-book.ts';
import { RecordSlab } from './record-slab.ts';

/** Words of every record. */
const PREVIOUS = 0;
const NEXT = 1;
/** The double of words 2 and 3: what remains of an order, or the total of a level. */
const QUANTITY = 1;
/** The double of words 4 and 5 of an order. */
const ORDER_ID = 2;
const OWNER = 6;
/** The level of an order; 0 in a level's record and in a free one. */
const LEVEL = 7;
/** Words of a level. */
const PRICE = 4;
const IS_BID = 5;

/**
 * The records of the resting orders and of their price levels. The orders of a level and the level itself form a ring, oldest
 * order first: so the ends of the queue are no cases of their own, whose outcomes a processor could not predict. An order
 * names its level instead of its price, so that it leaves the book without a lookup of its price. 0 is no order and no level.
 */
export class OrderQueues extends RecordSlab {
  /** A level without orders. */
  openLevel(side: Side, price: PriceTicks): number {
    const level = this.take();
    const { words } = this;
    words[level | PREVIOUS] = level;
    words[level | NEXT] = level;
    words[level | PRICE] = price;
    words[level | IS_BID] = side === 'BUY' ? 1 : 0;
    words[level | LEVEL] = 0;
    this.doubles[(level >> 1) | QUANTITY] = 0;
    return level;
  }

  closeLevel(level: number): void {
    this.giveBack(level);
  }

  isEmpty(level: number): boolean {
    return this.words[level | NEXT]! === level;
  }

  priceOf(level: number): PriceTicks {
    return this.words[level | PRICE]! as PriceTicks;
  }

  isBid(level: number): boolean {
    return this.words[level | IS_BID]! === 1;
  }

  /** Oldest order of a level that has some. */
  firstOf(level: number): number {
    return this.words[level | NEXT]!;
  }

  /** Puts an order behind the youngest of a level. Returns its record. */
  append({ orderId, ownerId, quantity }: RestingOrder, level: number): number {
    const order = this.take();
    const { words, doubles } = this;
    const youngest = words[level | PREVIOUS]!;
    words[order | PREVIOUS] = youngest;
    words[order | NEXT] = level;
    words[order | OWNER] = ownerId;
    words[order | LEVEL] = level;
    words[youngest | NEXT] = order;
    words[level | PREVIOUS] = order;
    doubles[(order >> 1) | ORDER_ID] = orderId;
    doubles[(order >> 1) | QUANTITY] = quantity;
    doubles[(level >> 1) | QUANTITY]! += quantity;
    return order;
  }

  /** Takes an order out of its level and frees its record. Returns the level, which may be empty now. */
  remove(order: number): number {
    const { words, doubles } = this;
    const level = words[order | LEVEL]!;
    const previous = words[order | PREVIOUS]!;
    const next = words[order | NEXT]!;
    words[previous | NEXT] = next;
    words[next | PREVIOUS] = previous;
    words[order | LEVEL] = 0;
    doubles[(level >> 1) | QUANTITY]! -= doubles[(order >> 1) | QUANTITY]!;
    this.giveBack(order);
    return level;
  }

  /** Lowers what remains of an order, to more than 0. */
  reduce(order: number, by: number): void {
    const { doubles } = this;
    doubles[(order >> 1) | QUANTITY]! -= by;
    doubles[(this.words[order | LEVEL]! >> 1) | QUANTITY]! -= by;
  }

  /** Whether an order rests in the record; any integer may be asked. */
  isResting(order: number): boolean {
    return order > 0 && order < this.highWater && (order & 7) === 0 && this.words[order | LEVEL]! !== 0;
  }

  /** The next younger order of the same level, 0 when it is the youngest. */
  nextOf(order: number): number {
    const { words } = this;
    const next = words[order | NEXT]!;
    return next === words[order | LEVEL]! ? 0 : next;
  }

  orderIdOf(order: number): number {
    return this.doubles[(order >> 1) | ORDER_ID]!;
  }

  ownerIdOf(order: number): number {
    return this.words[order | OWNER]! >>> 0;
  }

  /** What remains of an order, or the total of a level. */
  quantityOf(record: number): QuantitySteps {
    return this.doubles[(record >> 1) | QUANTITY]! as QuantitySteps;
  }
}
