import { NOT_OPEN, type Order } from './order.ts';

/** Orders that rest, in no order that means anything. Each knows its place in the list, so that all of it is O(1) without a map. */
export class OpenOrders {
  readonly #orders: Order[] = [];

  get size(): number {
    return this.#orders.length;
  }

  values(): readonly Order[] {
    return this.#orders;
  }

  add(order: Order): void {
    order.openIndex = this.#orders.length;
    this.#orders.push(order);
  }

  /** Takes out an order that is in the list. */
  delete(order: Order): void {
    const last = this.#orders.pop() as Order;
    if (last !== order) {
      last.openIndex = order.openIndex;
      this.#orders[order.openIndex] = last;
    }
    order.openIndex = NOT_OPEN;
  }
}
