declare const unit: unique symbol;

/** An amount of the settlement asset in units of 1e-8 USDT; exact, of any size. */
export type Money = bigint & { readonly [unit]: 'money' };
/** A price as a whole number of a symbol's `tickSize`; a safe integer. */
export type PriceTicks = number & { readonly [unit]: 'ticks' };
/** A quantity as a whole number of a symbol's `stepSize`; a safe integer, negative only for short positions. */
export type QuantitySteps = number & { readonly [unit]: 'steps' };
/** A rate or ratio in units of 1e-8: 50,000 is 0.0005, five basis points. A safe integer. */
export type Rate = number & { readonly [unit]: 'rate' };

/** Decimal places of {@link Money}, of {@link Rate}, and of every price and quantity on the wire. */
export const DECIMALS = 8;
/** One USDT in units of {@link Money}, and the rate 1 in units of {@link Rate}. */
export const ONE = 100_000_000n;

export const ZERO_MONEY = 0n as Money;

/** Names a bigint as money. The caller vouches that it counts units of 1e-8 USDT. */
export const money = (units: bigint): Money => units as Money;

/** Names an integer as a price in ticks. @throws RangeError unless it is a safe integer >= 0 */
export function priceTicks(ticks: number): PriceTicks {
  if (!Number.isSafeInteger(ticks) || ticks < 0)
    throw new RangeError(`price in ticks must be a safe integer >= 0: ${ticks}`);
  return ticks as PriceTicks;
}

/** Names an integer as a quantity in steps. @throws RangeError unless it is a safe integer */
export function quantitySteps(steps: number): QuantitySteps {
  if (!Number.isSafeInteger(steps)) throw new RangeError(`quantity in steps must be a safe integer: ${steps}`);
  return steps as QuantitySteps;
}

/** Names an integer as a rate in 1e-8. @throws RangeError unless it is a safe integer */
export function rate(units: number): Rate {
  if (!Number.isSafeInteger(units)) throw new RangeError(`rate must be a safe integer of 1e-8: ${units}`);
  return units as Rate;
}
