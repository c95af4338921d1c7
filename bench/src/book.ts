import { type PriceTicks, type QuantitySteps, quantitySteps } from '@openvenue/money';
import { FastBook } from '../../packages/core/src/exchange/book/fast-book.ts';
import { NONE } from '../../packages/core/src/exchange/book/order-book.ts';
import { opposite, type Side } from '../../packages/core/src/exchange/enums.ts';
import type { Resting } from './peer-book.ts';
import type { BookCommand, BookModel, Place } from './workload.ts';

const SIDES = ['BUY', 'SELL'] as const;

/**
 * Our book with the matching loop of an exchange that checks nothing between fills. It only counts its fills, where the peer
 * builds a response for every command: that is part of the peer's interface and cannot be left out.
 */
export class OurBook implements BookModel {
  readonly book = new FastBook();
  fills = 0;

  run(commands: readonly BookCommand[]): void {
    for (const command of commands) this.apply(command);
  }

  apply(command: BookCommand): void {
    if (command.kind === 'place') this.book.add(command);
    else if (command.kind === 'cancel') this.book.remove(command.orderId);
    else this.#match(opposite(command.side), command.quantity, null);
  }

  place(order: Place): void {
    this.book.add(order);
  }

  cancel(orderId: number): void {
    this.book.remove(orderId);
  }

  take(side: Side, quantity: QuantitySteps): number[] {
    const filled: number[] = [];
    this.#match(opposite(side), quantity, filled);
    return filled;
  }

  /** Every resting order, best price first, oldest first. */
  contents(): Resting[] {
    const both = [...this.book.orders('BUY'), ...this.book.orders('SELL')];
    return both.map(({ orderId, price, quantity }) => [orderId, price, quantity]);
  }

  /** Number of orders at each price. */
  queueLengths(): number[] {
    const lengths = new Map<number, number>();
    for (const side of SIDES) {
      for (const { price } of this.book.orders(side)) lengths.set(price, (lengths.get(price) ?? 0) + 1);
    }
    return [...lengths.values()];
  }

  #match(makerSide: Side, quantity: QuantitySteps, filled: number[] | null): void {
    let left: number = quantity;
    while (left > 0) {
      const price = this.book.bestPrice(makerSide);
      if (price === NONE) return;
      left = this.#matchLevel({ makerSide, price, left }, filled);
    }
  }

  #matchLevel(taker: { makerSide: Side; price: PriceTicks; left: number }, filled: number[] | null): number {
    const { book } = this;
    let { left } = taker;
    for (let handle = book.firstAt(taker.makerSide, taker.price); handle !== NONE && left > 0; ) {
      const next = book.nextInLevel(handle);
      const orderId = book.orderIdOf(handle);
      const remaining = book.remainingOf(handle);
      const fill = Math.min(remaining, left);
      book.reduce(orderId, quantitySteps(fill));
      left -= fill;
      this.fills++;
      if (filled !== null && fill === remaining) filled.push(orderId);
      handle = next;
    }
    return left;
  }
}
