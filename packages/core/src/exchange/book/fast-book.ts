import type { PriceTicks, QuantitySteps } from '@openvenue/money';
import type { Side } from '../enums.ts';
import { LevelSlab } from './level-slab.ts';
import { MAX_PRICE_TICKS, MAX_RESTING_ORDERS, NONE, type OrderBook, type RestingOrder } from './order-book.ts';
import { OrderSlab } from './order-slab.ts';
import { OrderTable } from './order-table.ts';
import { PriceIndex } from './price-index.ts';

/**
 * The book for production: records in preallocated buffers, linked into a queue for each level, so that no command allocates
 * or costs more than a few cache lines. A handle is the slot of the order's record. Memory follows the orders and the highest
 * price it was given, whatever the prices between.
 */
export class FastBook implements OrderBook {
  readonly #orders = new OrderSlab();
  readonly #ids = new OrderTable(this.#orders);
  readonly #levels = new LevelSlab();
  readonly #prices = new PriceIndex();
  readonly #maxOrders: number;
  #bestBid = NONE;
  #bestAsk = NONE;

  /** `maxOrders` is the most orders it takes, at most {@link MAX_RESTING_ORDERS}. */
  constructor(maxOrders: number = MAX_RESTING_ORDERS) {
    if (!(maxOrders <= MAX_RESTING_ORDERS)) throw new RangeError(`a book takes at most ${MAX_RESTING_ORDERS} orders`);
    this.#maxOrders = maxOrders;
  }

  get orderCount(): number {
    return this.#ids.count;
  }

  /** Bytes of all buffers. */
  get byteSize(): number {
    return this.#orders.byteSize + this.#ids.byteSize + this.#levels.byteSize + this.#prices.byteSize;
  }

  /** Chunks of 64 price levels ever allocated. */
  get chunkCount(): number {
    return this.#prices.chunkCount;
  }

  add(order: RestingOrder): void {
    this.#refuseBadOrder(order);
    const { orderId, price, quantity } = order;
    let level = this.#prices.find(price);
    if (level !== NONE && this.#levels.totalOf(level) + quantity > Number.MAX_SAFE_INTEGER) {
      throw new RangeError(`quantity at price ${price} beyond 2^53`);
    }
    const place = this.#ids.vacancyFor(orderId);
    if (place === NONE) throw new Error(`order ${orderId} rests already`);

    if (level === NONE) level = this.#openLevel(order.side, price);
    const tail = this.#levels.tailOf(level);
    const slot = this.#orders.append(order, level, tail);
    this.#ids.fillAt(place, slot);
    if (tail === NONE) this.#levels.setHead(level, slot);
    this.#levels.setTail(level, slot);
    this.#levels.addToTotal(level, quantity);
  }

  remove(orderId: number): void {
    const place = this.#placeOf(orderId);
    const slot = this.#ids.slotAt(place);
    this.#levels.addToTotal(this.#orders.levelOf(slot), -this.#orders.quantityOf(slot));
    this.#takeOut(place, slot);
  }

  reduce(orderId: number, by: QuantitySteps): void {
    const place = this.#placeOf(orderId);
    const slot = this.#ids.slotAt(place);
    const remaining = this.#orders.quantityOf(slot) - by;
    if (!(Number.isSafeInteger(by) && by > 0 && remaining >= 0)) {
      throw new RangeError(`order ${orderId} cannot be reduced by ${by}`);
    }
    this.#levels.addToTotal(this.#orders.levelOf(slot), -by);
    if (remaining === 0) this.#takeOut(place, slot);
    else this.#orders.setQuantity(slot, remaining);
  }

  has(orderId: number): boolean {
    return this.#ids.locate(orderId) !== NONE;
  }

  quantityOf(orderId: number): QuantitySteps {
    return this.#orders.quantityOf(this.#ids.slotAt(this.#placeOf(orderId)));
  }

  bestPrice(side: Side): PriceTicks | -1 {
    const level = side === 'BUY' ? this.#bestBid : this.#bestAsk;
    return level === NONE ? NONE : this.#levels.priceOf(level);
  }

  nextPrice(side: Side, price: PriceTicks): PriceTicks | -1 {
    const best = this.bestPrice(side);
    if (best === NONE) return NONE;
    if (side === 'BUY') return price > best ? best : (this.#prices.below(price) as PriceTicks | -1);
    return price < best ? best : (this.#prices.above(price) as PriceTicks | -1);
  }

  levelQuantity(side: Side, price: PriceTicks): QuantitySteps {
    const level = this.#levelAt(side, price);
    return level === NONE ? (0 as QuantitySteps) : this.#levels.totalOf(level);
  }

  firstAt(side: Side, price: PriceTicks): number {
    const level = this.#levelAt(side, price);
    return level === NONE ? NONE : this.#levels.headOf(level);
  }

  nextInLevel(handle: number): number {
    return this.#orders.nextOf(this.#resting(handle));
  }

  orderIdOf(handle: number): number {
    return this.#orders.orderIdOf(this.#resting(handle));
  }

  ownerIdOf(handle: number): number {
    return this.#orders.ownerIdOf(this.#resting(handle));
  }

  remainingOf(handle: number): QuantitySteps {
    return this.#orders.quantityOf(this.#resting(handle));
  }

  *orders(side: Side): Generator<RestingOrder, void> {
    for (let price = this.bestPrice(side); price !== NONE; price = this.nextPrice(side, price)) {
      for (let slot = this.firstAt(side, price); slot !== NONE; slot = this.#orders.nextOf(slot)) {
        const orderId = this.#orders.orderIdOf(slot);
        yield { orderId, ownerId: this.#orders.ownerIdOf(slot), side, price, quantity: this.#orders.quantityOf(slot) };
      }
    }
  }

  #levelAt(side: Side, price: PriceTicks): number {
    const level = this.#prices.find(price);
    return level !== NONE && this.#levels.isBid(level) === (side === 'BUY') ? level : NONE;
  }

  #resting(handle: number): number {
    if (!this.#orders.isResting(handle)) throw new Error(`no order rests under handle ${handle}`);
    return handle;
  }

  #placeOf(orderId: number): number {
    const place = this.#ids.locate(orderId);
    if (place === NONE) throw new Error(`order ${orderId} does not rest`);
    return place;
  }

  #refuseBadOrder({ orderId, ownerId, side, price, quantity }: RestingOrder): void {
    if (!(Number.isSafeInteger(orderId) && orderId >= 0)) throw new RangeError(`order id ${orderId} out of range`);
    if (ownerId >>> 0 !== ownerId) throw new RangeError(`owner id ${ownerId} out of range`);
    if (!(price >>> 0 === price && price <= MAX_PRICE_TICKS)) throw new RangeError(`price ${price} out of range`);
    if (!(Number.isSafeInteger(quantity) && quantity > 0)) throw new RangeError(`quantity ${quantity} out of range`);
    const opposite = this.bestPrice(side === 'BUY' ? 'SELL' : 'BUY');
    if (opposite !== NONE && (side === 'BUY' ? price >= opposite : price <= opposite)) {
      throw new Error(`order ${orderId} at ${price} crosses ${opposite}`);
    }
    if (this.orderCount >= this.#maxOrders) throw new RangeError(`book is full with ${this.#maxOrders} orders`);
  }

  /** Ends an order whose quantity its level's total no longer holds. */
  #takeOut(place: number, slot: number): void {
    const level = this.#orders.levelOf(slot);
    const previous = this.#orders.previousOf(slot);
    const next = this.#orders.nextOf(slot);
    this.#ids.deleteAt(place);
    this.#orders.remove(slot);
    if (previous === NONE && next === NONE) this.#closeLevel(level);
    else if (previous === NONE) this.#levels.setHead(level, next);
    else if (next === NONE) this.#levels.setTail(level, previous);
  }

  #openLevel(side: Side, price: PriceTicks): number {
    const level = this.#levels.create(side, price);
    this.#prices.add(price, level);
    const best = this.bestPrice(side);
    if (side === 'BUY') {
      if (best === NONE || price > best) this.#bestBid = level;
    } else if (best === NONE || price < best) this.#bestAsk = level;
    return level;
  }

  #closeLevel(level: number): void {
    const price = this.#levels.priceOf(level);
    this.#prices.delete(price);
    if (level === this.#bestBid) this.#bestBid = this.#levelOrNone(this.#prices.below(price));
    else if (level === this.#bestAsk) this.#bestAsk = this.#levelOrNone(this.#prices.above(price));
    this.#levels.destroy(level);
  }

  #levelOrNone(price: number): number {
    return price === NONE ? NONE : this.#prices.find(price);
  }
}
