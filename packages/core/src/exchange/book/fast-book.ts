import type { PriceTicks, QuantitySteps } from '@openvenue/money';
import type { Side } from '../enums.ts';
import { MAX_PRICE_TICKS, MAX_RESTING_ORDERS, type OrderBook, type RestingOrder } from './order-book.ts';
import { OrderQueues } from './order-queues.ts';
import { OrderTable } from './order-table.ts';
import { PriceIndex } from './price-index.ts';

/** Own copies of what `order-book.ts` and `Number` hold: a constant of another module is read anew at every use. */
const NONE = -1;
const HIGHEST_PRICE = MAX_PRICE_TICKS;
const MAX_SAFE_INTEGER = 2 ** 53 - 1;

/**
 * The book for production: records in preallocated buffers, linked into a queue for each level, so that no command allocates
 * or costs more than a few cache lines. A handle names the order's record. Memory follows the orders and the highest
 * price it was given, whatever the prices between.
 */
export class FastBook implements OrderBook {
  readonly #queues = new OrderQueues();
  readonly #ids = new OrderTable(this.#queues);
  readonly #levels = new PriceIndex();
  readonly #maxOrders: number;
  #bestBid: PriceTicks | -1 = NONE;
  #bestAsk: PriceTicks | -1 = NONE;

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
    return this.#queues.byteSize + this.#ids.byteSize + this.#levels.byteSize;
  }

  /** Chunks of 64 price levels ever allocated. */
  get chunkCount(): number {
    return this.#levels.chunkCount;
  }

  add(order: RestingOrder): void {
    if (!isInRange(order)) throw rangeFault(order);
    const { orderId, side, price, quantity } = order;
    const isBid = side === 'BUY';
    const opposite = isBid ? this.#bestAsk : this.#bestBid;
    if (opposite !== NONE && (isBid ? price >= opposite : price <= opposite)) {
      throw new Error(`order ${orderId} at ${price} crosses ${opposite}`);
    }
    if (this.#ids.count >= this.#maxOrders) throw new RangeError(`book is full with ${this.#maxOrders} orders`);
    let level = this.#levels.find(price);
    if (level !== 0 && this.#queues.quantityOf(level) + quantity > MAX_SAFE_INTEGER) {
      throw new RangeError(`quantity at price ${price} beyond 2^53`);
    }
    const place = this.#ids.vacancyFor(orderId);
    if (place === NONE) throw new Error(`order ${orderId} rests already`);
    if (level === 0) level = this.#openLevel(side, price);
    this.#ids.fillAt(place, this.#queues.append(order, level));
  }

  remove(orderId: number): void {
    this.#takeOut(this.#placeOf(orderId));
  }

  reduce(orderId: number, by: QuantitySteps): void {
    const place = this.#placeOf(orderId);
    const record = this.#ids.recordAt(place);
    const remaining = this.#queues.quantityOf(record) - by;
    if (!(Number.isSafeInteger(by) && by > 0 && remaining >= 0)) {
      throw new RangeError(`order ${orderId} cannot be reduced by ${by}`);
    }
    if (remaining === 0) this.#takeOut(place);
    else this.#queues.reduce(record, by);
  }

  has(orderId: number): boolean {
    return this.#ids.locate(orderId) !== NONE;
  }

  quantityOf(orderId: number): QuantitySteps {
    return this.#queues.quantityOf(this.#ids.recordAt(this.#placeOf(orderId)));
  }

  bestPrice(side: Side): PriceTicks | -1 {
    return side === 'BUY' ? this.#bestBid : this.#bestAsk;
  }

  nextPrice(side: Side, price: PriceTicks): PriceTicks | -1 {
    const best = this.bestPrice(side);
    if (best === NONE) return NONE;
    if (side === 'BUY') return price > best ? best : this.#levels.below(price);
    return price < best ? best : this.#levels.above(price);
  }

  levelQuantity(side: Side, price: PriceTicks): QuantitySteps {
    const level = this.#levelAt(side, price);
    return level === 0 ? (0 as QuantitySteps) : this.#queues.quantityOf(level);
  }

  firstAt(side: Side, price: PriceTicks): number {
    const level = this.#levelAt(side, price);
    return level === 0 ? NONE : this.#queues.firstOf(level);
  }

  nextInLevel(handle: number): number {
    return this.#queues.nextOf(this.#resting(handle)) || NONE;
  }

  orderIdOf(handle: number): number {
    return this.#queues.orderIdOf(this.#resting(handle));
  }

  ownerIdOf(handle: number): number {
    return this.#queues.ownerIdOf(this.#resting(handle));
  }

  remainingOf(handle: number): QuantitySteps {
    return this.#queues.quantityOf(this.#resting(handle));
  }

  *orders(side: Side): Generator<RestingOrder, void> {
    for (let price = this.bestPrice(side); price !== NONE; price = this.nextPrice(side, price)) {
      for (let order = this.firstAt(side, price); order > 0; order = this.#queues.nextOf(order)) {
        const orderId = this.#queues.orderIdOf(order);
        yield {
          orderId,
          ownerId: this.#queues.ownerIdOf(order),
          side,
          price,
          quantity: this.#queues.quantityOf(order),
        };
      }
    }
  }

  #levelAt(side: Side, price: PriceTicks): number {
    const level = this.#levels.find(price);
    return level !== 0 && this.#queues.isBid(level) === (side === 'BUY') ? level : 0;
  }

  #resting(handle: number): number {
    if (!this.#queues.isResting(handle)) throw new Error(`no order rests under handle ${handle}`);
    return handle;
  }

  #placeOf(orderId: number): number {
    const place = this.#ids.locate(orderId);
    if (place === NONE) throw new Error(`order ${orderId} does not rest`);
    return place;
  }

  #takeOut(place: number): void {
    const record = this.#ids.recordAt(place);
    this.#ids.deleteAt(place);
    const level = this.#queues.remove(record);
    if (this.#queues.isEmpty(level)) this.#closeLevel(level);
  }

  #openLevel(side: Side, price: PriceTicks): number {
    const level = this.#queues.openLevel(side, price);
    this.#levels.add(price, level);
    const best = this.bestPrice(side);
    if (side === 'BUY') {
      if (best === NONE || price > best) this.#bestBid = price;
    } else if (best === NONE || price < best) this.#bestAsk = price;
    return level;
  }

  #closeLevel(level: number): void {
    const price = this.#queues.priceOf(level);
    this.#levels.delete(price);
    if (price === this.#bestBid) this.#bestBid = this.#levels.below(price);
    else if (price === this.#bestAsk) this.#bestAsk = this.#levels.above(price);
    this.#queues.closeLevel(level);
  }
}

function isInRange({ orderId, ownerId, price, quantity }: RestingOrder): boolean {
  return (
    Number.isSafeInteger(orderId) &&
    orderId >= 0 &&
    ownerId >>> 0 === ownerId &&
    price >>> 0 === price &&
    price <= HIGHEST_PRICE &&
    Number.isSafeInteger(quantity) &&
    quantity > 0
  );
}

function rangeFault({ orderId, ownerId, price, quantity }: RestingOrder): RangeError {
  return new RangeError(`order ${orderId} of ${ownerId}, ${quantity} at ${price}: out of range`);
}
