import type { PriceTicks, QuantitySteps } from '@openvenue/money';
import type { Side } from '../enums.ts';
import { NONE } from './order-book.ts';
import { RecordSlab } from './record-slab.ts';

/** A record has 24 bytes: 6 words, or 3 doubles of which words 2 and 3 are the middle one. */
const WORDS = 6;
const HEAD = 0;
const TAIL = 1;
const PRICE = 4;
const IS_BID = 5;
const DOUBLES = 3;
const TOTAL = 1;

/** The price levels that have orders: each the two ends of its queue and the total of its quantities. */
export class LevelSlab extends RecordSlab {
  constructor() {
    super(WORDS);
  }

  /** A slot for a level without orders. */
  create(side: Side, price: PriceTicks): number {
    const slot = this.take();
    const { words } = this;
    words[slot * WORDS + HEAD] = NONE;
    words[slot * WORDS + TAIL] = NONE;
    words[slot * WORDS + PRICE] = price;
    words[slot * WORDS + IS_BID] = side === 'BUY' ? 1 : 0;
    this.doubles[slot * DOUBLES + TOTAL] = 0;
    return slot;
  }

  destroy(slot: number): void {
    this.giveBack(slot);
  }

  /** Oldest order of a level. */
  headOf(slot: number): number {
    return this.words[slot * WORDS + HEAD]!;
  }

  setHead(slot: number, order: number): void {
    this.words[slot * WORDS + HEAD] = order;
  }

  /** Youngest order of a level; NONE when it was just created. */
  tailOf(slot: number): number {
    return this.words[slot * WORDS + TAIL]!;
  }

  setTail(slot: number, order: number): void {
    this.words[slot * WORDS + TAIL] = order;
  }

  totalOf(slot: number): QuantitySteps {
    return this.doubles[slot * DOUBLES + TOTAL]! as QuantitySteps;
  }

  addToTotal(slot: number, quantity: number): void {
    this.doubles[slot * DOUBLES + TOTAL]! += quantity;
  }

  priceOf(slot: number): PriceTicks {
    return this.words[slot * WORDS + PRICE]! as PriceTicks;
  }

  isBid(slot: number): boolean {
    return this.words[slot * WORDS + IS_BID]! === 1;
  }
}
