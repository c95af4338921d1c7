import { divide, ONE } from '@openvenue/money';
import type { Side } from '../venue-types.ts';
import { valueAt } from './stance.ts';

/** A price of the book and what stands there; in 1e-8. */
export interface Level {
  readonly price: bigint;
  readonly quantity: bigint;
}

/** An order as a form holds it. `price` is left out for an order at the market. */
export interface OrderTerms {
  readonly side: Side;
  readonly quantity: bigint;
  readonly price?: bigint;
}

/** What the order would be worth now: filled at the levels it takes, the rest at its own price. */
export interface FillEstimate {
  readonly value: bigint;
  /** Quantity that would fill at once. */
  readonly filled: bigint;
  /** Value by quantity; 0 when there is no price at all. */
  readonly averagePrice: bigint;
}

/**
 * Walks the opposite side, best price first. What is deeper than the known levels counts at the limit price, or at the
 * last known level for an order at the market, so that the estimate of a large market order is a little too good.
 */
export function estimateFill({ side, quantity, price }: OrderTerms, opposite: readonly Level[]): FillEstimate {
  let rest = quantity;
  let value = 0n;
  let last = price ?? 0n;
  for (const level of opposite) {
    if (rest === 0n) break;
    if (price !== undefined && (side === 'BUY' ? level.price > price : level.price < price)) break;
    const taken = rest < level.quantity ? rest : level.quantity;
    value += valueAt(level.price, taken);
    rest -= taken;
    if (price === undefined) last = level.price;
  }
  const filled = quantity - rest;
  value += valueAt(last, rest);
  return { value, filled, averagePrice: quantity === 0n ? last : divide(value * ONE, quantity, 'half-up') };
}
