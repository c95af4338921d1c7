import type { QuantitySteps } from '@openvenue/money';
import { NONE, type RestingOrder } from './order-book.ts';
import { RecordSlab } from './record-slab.ts';

/** A record has 32 bytes: 8 words, or 4 doubles of which words 2 to 5 are the middle two. */
const WORDS = 8;
const PREVIOUS = 0;
const NEXT = 1;
const OWNER = 6;
const LEVEL = 7;
const DOUBLES = 4;
const ORDER_ID = 1;
const QUANTITY = 2;

/**
 * The resting orders' records, linked into one queue for each level. A record names its level instead of its price, so that
 * an order leaves the book without a lookup of its price.
 */
export class OrderSlab extends RecordSlab {
  constructor() {
    super(WORDS);
  }

  /** Puts an order behind the `previous` one, its level's youngest so far or NONE. Returns its slot. */
  append(order: RestingOrder, level: number, previous: number): number {
    const slot = this.take();
    const { words, doubles } = this;
    doubles[slot * DOUBLES + ORDER_ID] = order.orderId;
    doubles[slot * DOUBLES + QUANTITY] = order.quantity;
    words[slot * WORDS + PREVIOUS] = previous;
    words[slot * WORDS + NEXT] = NONE;
    words[slot * WORDS + OWNER] = order.ownerId;
    words[slot * WORDS + LEVEL] = level;
    if (previous !== NONE) words[previous * WORDS + NEXT] = slot;
    return slot;
  }

  /** Takes an order out from between its neighbours and frees its slot. */
  remove(slot: number): void {
    const { words } = this;
    const previous = words[slot * WORDS + PREVIOUS]!;
    const next = words[slot * WORDS + NEXT]!;
    if (previous !== NONE) words[previous * WORDS + NEXT] = next;
    if (next !== NONE) words[next * WORDS + PREVIOUS] = previous;
    words[slot * WORDS + LEVEL] = NONE;
    this.giveBack(slot);
  }

  /** Whether an order rests in the slot; any integer may be asked. */
  isResting(slot: number): boolean {
    return slot >= 0 && slot < this.highWater && this.words[slot * WORDS + LEVEL]! !== NONE;
  }

  previousOf(slot: number): number {
    return this.words[slot * WORDS + PREVIOUS]!;
  }

  nextOf(slot: number): number {
    return this.words[slot * WORDS + NEXT]!;
  }

  orderIdOf(slot: number): number {
    return this.doubles[slot * DOUBLES + ORDER_ID]!;
  }

  ownerIdOf(slot: number): number {
    return this.words[slot * WORDS + OWNER]! >>> 0;
  }

  levelOf(slot: number): number {
    return this.words[slot * WORDS + LEVEL]!;
  }

  quantityOf(slot: number): QuantitySteps {
    return this.doubles[slot * DOUBLES + QUANTITY]! as QuantitySteps;
  }

  setQuantity(slot: number, quantity: number): void {
    this.doubles[slot * DOUBLES + QUANTITY] = quantity;
  }
}
