import type { PriceTicks, QuantitySteps } from '@openvenue/money';
import type { Side } from '../enums.ts';

/** Highest price a book takes, in ticks. */
export const MAX_PRICE_TICKS = 2 ** 27 - 1;

/**
 * Most orders one book takes; half a GiB of records, and as much again if each is alone at its price. The caller refuses orders
 * before this, a book at its limit throws.
 */
export const MAX_RESTING_ORDERS = 2 ** 24;

/** No order, no price. */
export const NONE = -1;

/**
 * What a book keeps of one resting order. `orderId` is a safe integer >= 0, `ownerId` the internal user id, an unsigned
 * 32-bit integer; `price` is at most {@link MAX_PRICE_TICKS}; `quantity` is what remains, a safe integer > 0.
 */
export interface RestingOrder {
  readonly orderId: number;
  readonly ownerId: number;
  readonly side: Side;
  readonly price: PriceTicks;
  readonly quantity: QuantitySteps;
}

/**
 * One symbol's resting orders by price, then time (MAT-1). Pure bookkeeping: it never matches by itself, so that every check
 * between two fills (self-trade, margin) stays with the exchange. The orders of one level form a queue, oldest first.
 *
 * A handle names a resting order cheaply; it is valid until that order leaves the book, then it may name a later order.
 * So a loop that removes takes `nextInLevel` first. Handles differ between a book and its copy restored from a snapshot:
 * nothing that must be deterministic may depend on them. `NONE` (-1) is no order.
 *
 * Calls with unknown ids or handles, ids that rest already, crossing adds, numbers out of their range, or quantities <= 0
 * are bugs of the caller: they throw and leave the book as it was. So does an add that brings a level's total beyond 2^53
 * or the book beyond {@link MAX_RESTING_ORDERS}.
 */
export interface OrderBook {
  readonly orderCount: number;
  /** Puts an order at the back of its level's queue. The caller vouches that it does not cross. */
  add(order: RestingOrder): void;
  /** Takes an order out. */
  remove(orderId: number): void;
  /** Lowers an order's resting quantity by `by`, keeping its place; at 0 the order leaves the book. */
  reduce(orderId: number, by: QuantitySteps): void;
  has(orderId: number): boolean;
  /** Remaining quantity of a resting order. @throws when it does not rest */
  quantityOf(orderId: number): QuantitySteps;

  /** Best price of a side (highest bid, lowest ask); -1 when the side is empty. */
  bestPrice(side: Side): PriceTicks | -1;
  /** The next worse price of a side after `price` that has orders; -1 when none. `price` itself may have none. */
  nextPrice(side: Side, price: PriceTicks): PriceTicks | -1;
  /** Total resting quantity at a price of a side; 0 when none. */
  levelQuantity(side: Side, price: PriceTicks): QuantitySteps;

  /** Handle of the oldest order of a side's level at `price`; -1 when none. */
  firstAt(side: Side, price: PriceTicks): number;
  /** Handle of the next younger order of the same level; -1 when it was the youngest. */
  nextInLevel(handle: number): number;
  orderIdOf(handle: number): number;
  ownerIdOf(handle: number): number;
  remainingOf(handle: number): QuantitySteps;

  /**
   * All orders, best price first, oldest first within a price: the canonical order for snapshots. Adding them in this order
   * to an empty book makes an equal one. The book must not change during the iteration.
   */
  orders(side: Side): Iterable<RestingOrder>;
}
