import type { Side } from '../venue-types.ts';
import { estimateFill, type Level } from './fill-estimate.ts';
import { exceedsTier, requiredMargin } from './required-margin.ts';
import { closable, type Stance } from './stance.ts';

/** An order whose quantity is sought. */
export interface MaxQuantityTerms {
  readonly side: Side;
  /** Left out for an order at the market. */
  readonly price?: bigint;
  readonly makerOnly: boolean;
  readonly reduceOnly: boolean;
  readonly available: bigint;
  readonly opposite: readonly Level[];
}

/**
 * The largest quantity on the step grid that the venue would accept now: what is available pays for it, the leverage's tier
 * allows it, and it is no larger than one order may be. What only closes needs no margin.
 */
export function maxQuantity(stance: Stance, terms: MaxQuantityTerms): bigint {
  const { instrument, position } = stance;
  const limit = terms.price === undefined ? instrument.maxMarketQuantity : instrument.maxLimitQuantity;
  if (terms.reduceOnly) return onGrid(smaller(closable(position, terms.side), limit), instrument.stepSize);
  if (terms.price === undefined && terms.opposite.length === 0) return 0n;
  const fits = (quantity: bigint): boolean => {
    const { value } = estimateFill(orderOf(terms, quantity), terms.opposite);
    const exposure = { quantity, value, makerOnly: terms.makerOnly };
    const required = requiredMargin(stance, terms.side, exposure);
    return (required === 0n || required <= terms.available) && !exceedsTier(stance, terms.side, exposure);
  };
  let accepted = 0n;
  let refused = limit / instrument.stepSize + 1n;
  while (refused - accepted > 1n) {
    const middle = (accepted + refused) / 2n;
    if (fits(middle * instrument.stepSize)) accepted = middle;
    else refused = middle;
  }
  return accepted * instrument.stepSize;
}

function orderOf({ side, price }: MaxQuantityTerms, quantity: bigint) {
  return price === undefined ? { side, quantity } : { side, quantity, price };
}

/** A share of a quantity in percent (0-100), down to the step grid. */
export function percentOf(quantity: bigint, percent: number, stepSize: bigint): bigint {
  return onGrid((quantity * BigInt(Math.round(percent))) / 100n, stepSize);
}

/** The percentage (0-100, whole) that a quantity is of the largest one. */
export function percentOfMax(quantity: bigint, max: bigint): number {
  if (max <= 0n || quantity <= 0n) return 0;
  return quantity >= max ? 100 : Number((quantity * 100n + max / 2n) / max);
}

const onGrid = (quantity: bigint, stepSize: bigint): bigint => quantity - (quantity % stepSize);
const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b);
