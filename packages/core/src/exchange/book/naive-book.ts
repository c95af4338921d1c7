import type { PriceTicks, QuantitySteps } from '@openvenue/money';
import type { Side } from '../enums.ts';
import { MAX_PRICE_TICKS, MAX_RESTING_ORDERS, NONE, type OrderBook, type RestingOrder } from './order-book.ts';

interface Entry {
  readonly handle: number;
  readonly order: RestingOrder;
  remaining: number;
}

/**
 * The oracle beside the fast book: one list in order of arrival, and every answer searched in it anew. Slow, so that it can be
 * read and believed. A handle is the number of the arrival and never names a second order.
 */
export class NaiveBook implements OrderBook {
  #entries: Entry[] = [];
  #arrivals = 0;
  readonly #maxOrders: number;

  constructor(maxOrders: number = MAX_RESTING_ORDERS) {
    this.#maxOrders = maxOrders;
  }

  get orderCount(): number {
    return this.#entries.length;
  }

  add(order: RestingOrder): void {
    const { orderId, ownerId, side, price, quantity } = order;
    const isInteger = (value: number, least: number, most: number) =>
      Number.isInteger(value) && value >= least && value <= most;
    if (!isInteger(orderId, 0, Number.MAX_SAFE_INTEGER)) throw new RangeError('order id out of range');
    if (!isInteger(ownerId, 0, 2 ** 32 - 1)) throw new RangeError('owner id out of range');
    if (!isInteger(price, 0, MAX_PRICE_TICKS)) throw new RangeError('price out of range');
    if (!isInteger(quantity, 1, Number.MAX_SAFE_INTEGER)) throw new RangeError('quantity out of range');
    const room = Number.MAX_SAFE_INTEGER - this.levelQuantity(side, price);
    if (quantity > room) throw new RangeError('quantity of the level beyond 2^53');
    if (this.#crosses(side, price)) throw new Error('order crosses');
    if (this.has(orderId)) throw new Error('order rests already');
    if (this.orderCount >= this.#maxOrders) throw new RangeError('book is full');
    this.#entries.push({ handle: this.#arrivals++, order, remaining: quantity });
  }

  remove(orderId: number): void {
    const gone = this.#byId(orderId);
    this.#entries = this.#entries.filter((entry) => entry !== gone);
  }

  reduce(orderId: number, by: QuantitySteps): void {
    const entry = this.#byId(orderId);
    if (!Number.isInteger(by) || by < 1 || by > entry.remaining) throw new RangeError('cannot be reduced by that');
    entry.remaining -= by;
    if (entry.remaining === 0) this.remove(orderId);
  }

  has(orderId: number): boolean {
    return this.#entries.some((entry) => entry.order.orderId === orderId);
  }

  quantityOf(orderId: number): QuantitySteps {
    return this.#byId(orderId).remaining as QuantitySteps;
  }

  bestPrice(side: Side): PriceTicks | -1 {
    return this.#pricesBestFirst(side)[0] ?? NONE;
  }

  nextPrice(side: Side, price: PriceTicks): PriceTicks | -1 {
    return this.#pricesBestFirst(side).find((other) => (side === 'BUY' ? other < price : other > price)) ?? NONE;
  }

  levelQuantity(side: Side, price: PriceTicks): QuantitySteps {
    return this.#level(side, price).reduce((sum, entry) => sum + entry.remaining, 0) as QuantitySteps;
  }

  firstAt(side: Side, price: PriceTicks): number {
    return this.#level(side, price)[0]?.handle ?? NONE;
  }

  nextInLevel(handle: number): number {
    const { side, price } = this.#byHandle(handle).order;
    return this.#level(side, price).find((entry) => entry.handle > handle)?.handle ?? NONE;
  }

  orderIdOf(handle: number): number {
    return this.#byHandle(handle).order.orderId;
  }

  ownerIdOf(handle: number): number {
    return this.#byHandle(handle).order.ownerId;
  }

  remainingOf(handle: number): QuantitySteps {
    return this.#byHandle(handle).remaining as QuantitySteps;
  }

  orders(side: Side): RestingOrder[] {
    return this.#pricesBestFirst(side).flatMap((price) =>
      this.#level(side, price).map(({ order, remaining }) => ({ ...order, quantity: remaining as QuantitySteps })),
    );
  }

  #pricesBestFirst(side: Side): PriceTicks[] {
    const ofSide = this.#entries.filter((entry) => entry.order.side === side);
    const prices = [...new Set(ofSide.map((entry) => entry.order.price))].sort((a, b) => a - b);
    return side === 'BUY' ? prices.reverse() : prices;
  }

  #level(side: Side, price: PriceTicks): Entry[] {
    return this.#entries.filter((entry) => entry.order.side === side && entry.order.price === price);
  }

  #crosses(side: Side, price: PriceTicks): boolean {
    return this.#entries.some(
      ({ order }) => order.side !== side && (side === 'BUY' ? order.price <= price : order.price >= price),
    );
  }

  #byId(orderId: number): Entry {
    const found = this.#entries.find((entry) => entry.order.orderId === orderId);
    if (!found) throw new Error(`order ${orderId} does not rest`);
    return found;
  }

  #byHandle(handle: number): Entry {
    const found = this.#entries.find((entry) => entry.handle === handle);
    if (!found) throw new Error(`no order rests under handle ${handle}`);
    return found;
  }
}
