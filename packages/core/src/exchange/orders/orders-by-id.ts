import type { Order } from './order.ts';

/** Orders of a page: few enough that an order that outlives its neighbours holds little memory besides its own. */
const PAGE_SIZE = 64;

interface Page {
  readonly number: number;
  readonly orders: (Order | undefined)[];
  count: number;
}

/**
 * Orders by their ids. Ids come from a sequence, so that neighbours come, are asked for and are forgotten together: they share a page,
 * which is faster than one large map, where every order is a place of its own in the memory and every growth copies all of them.
 */
export class OrdersById {
  readonly #pages = new Map<number, Page>();
  /** The page that was written last, which is that of most new orders. */
  #recent: Page | undefined;

  get(orderId: number): Order | undefined {
    return this.#pages.get(Math.floor(orderId / PAGE_SIZE))?.orders[orderId % PAGE_SIZE];
  }

  /** Adds an order, or puts it in the place of another one with its id. */
  set(orderId: number, order: Order): void {
    const number = Math.floor(orderId / PAGE_SIZE);
    const page = this.#recent?.number === number ? this.#recent : this.#pageOf(number);
    if (page.orders[orderId % PAGE_SIZE] === undefined) page.count++;
    page.orders[orderId % PAGE_SIZE] = order;
  }

  delete(orderId: number): void {
    const number = Math.floor(orderId / PAGE_SIZE);
    const page = this.#pages.get(number);
    if (page?.orders[orderId % PAGE_SIZE] === undefined) return;
    page.orders[orderId % PAGE_SIZE] = undefined;
    page.count--;
    if (page.count > 0) return;
    this.#pages.delete(number);
    if (this.#recent === page) this.#recent = undefined;
  }

  #pageOf(number: number): Page {
    let page = this.#pages.get(number);
    if (page === undefined) {
      page = { number, orders: Array.from<Order | undefined>({ length: PAGE_SIZE }), count: 0 };
      this.#pages.set(number, page);
    }
    this.#recent = page;
    return page;
  }

  /** All orders; by ascending ids as long as no page began after a later one. */
  *values(): Generator<Order, void> {
    for (const { orders } of this.#pages.values()) for (const order of orders) if (order !== undefined) yield order;
  }
}
