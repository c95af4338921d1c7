import type { PriceTicks, QuantitySteps } from '@openvenue/money';
import { ZERO_MONEY } from '@openvenue/money';
import type { Market } from '../symbols/market.ts';
import { NOT_OPEN, type Order } from './order.ts';

/** Most orders that are kept to be used again. */
export const MAX_POOLED_ORDERS = 16_384;

/** An order whose every part is yet to be written. */
export type OrderDraft = { -readonly [K in keyof Order]: Order[K] };

/** The id of an order that nobody has. */
const NOBODY = 0;

/**
 * Orders that have been forgotten, to be used again. An order lives for a day and more, and what lives long is what costs a collector
 * of garbage most: it is copied twice before it is let be, and at the end the old generation has to be searched for it. This way a busy
 * venue makes no new ones. Only an order that nothing can refer to any more may come here.
 */
export class OrderPool {
  readonly #orders: OrderDraft[] = [];

  get size(): number {
    return this.#orders.length;
  }

  /** Takes over an order that has been forgotten. @throws Error when it is here already */
  put(order: Order): void {
    const draft: OrderDraft = order;
    if (draft.orderId === NOBODY) throw new Error('an order was forgotten twice');
    draft.orderId = NOBODY;
    if (this.#orders.length < MAX_POOLED_ORDERS) this.#orders.push(draft);
  }

  /** An order to be written anew: whoever takes it sets each of its parts. */
  take(market: Market): OrderDraft {
    return this.#orders.pop() ?? blank(market);
  }
}

/** The parts in the order of {@link Order}, so that all orders have the same shape. */
const blank = (market: Market): OrderDraft => ({
  orderId: NOBODY,
  userId: 0,
  market,
  clientOrderId: '',
  type: 'LIMIT',
  side: 'BUY',
  positionSide: 'BOTH',
  price: 0 as PriceTicks,
  quantity: 0 as QuantitySteps,
  filledQuantity: 0 as QuantitySteps,
  filledTickSteps: 0,
  timeInForce: 'GTC',
  reduceOnly: false,
  makerOnly: false,
  closePosition: false,
  placeType: '',
  selfTradePrevention: 'CANCEL_MAKER',
  closeTrigger: 'MANUAL',
  status: 'PENDING',
  rejectReason: '',
  strategyId: 0,
  conditionId: 0,
  handlingFee: ZERO_MONEY,
  realizedPnl: ZERO_MONEY,
  leverage: 0,
  marginMode: 'CROSS',
  createdAtMs: 0,
  updatedAtMs: 0,
  openIndex: NOT_OPEN,
  clientOrderIdHash: 0,
});
