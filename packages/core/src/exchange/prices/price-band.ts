import { divide, ONE, type PriceTicks, type Rate } from '@openvenue/money';

export interface BandInputs {
  readonly index: PriceTicks;
  readonly mark: PriceTicks;
  /** Sum in half ticks and count of the 30 s samples of (mid - index). */
  readonly premium: { readonly halfTicks: number; readonly count: number };
  /** X and Y. */
  readonly inner: Rate;
  readonly outer: Rate;
}

/** Highest price of a buy and lowest of a sell, inclusive. */
export interface PriceBand {
  readonly upper: PriceTicks;
  readonly lower: PriceTicks;
}

/**
 * The price band (MAT-9): a buy at most `min(M(1+Y), max(I, M(1+X) + max(0,p)))`, a sell at least
 * `max(M(1-Y), min(I, M(1-X) + min(0,p)))`, p the mean premium. The upper bound goes down, the lower one up to the tick (SYM-3).
 */
export function priceBand(inputs: BandInputs): PriceBand {
  const halves = BigInt(Math.max(1, inputs.premium.count) * 2);
  const scale = ONE * halves;
  const index = BigInt(inputs.index) * scale;
  const markUnit = BigInt(inputs.mark) * halves;
  const premium = BigInt(inputs.premium.halfTicks) * ONE;
  const at = (factor: bigint): bigint => markUnit * (ONE + factor);
  const inner = BigInt(inputs.inner);
  const outer = BigInt(inputs.outer);
  const upper = min(at(outer), max(index, at(inner) + max(0n, premium)));
  const lower = max(at(-outer), min(index, at(-inner) + min(0n, premium)));
  return {
    upper: Number(divide(upper, scale, 'down')) as PriceTicks,
    lower: Number(divide(lower, scale, 'up')) as PriceTicks,
  };
}

const min = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const max = (a: bigint, b: bigint): bigint => (a > b ? a : b);
