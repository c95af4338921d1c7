import { divide, ONE, type PriceTicks, type Rate } from '@openvenue/money';

export interface MarkInputs {
  readonly index: PriceTicks;
  /** Last settled funding rate; 0 before the first. */
  readonly fundingRate: Rate;
  /** Time to the next funding and length of its interval. */
  readonly untilFundingMs: number;
  readonly fundingIntervalMs: number;
  /** Sum in half ticks and count of the 5 minute samples of (mid - index). */
  readonly premium: { readonly halfTicks: number; readonly count: number };
  /** 0 before the first trade. */
  readonly last: PriceTicks;
  /** Z: how far the mark may be from the index. */
  readonly clamp: Rate;
}

/**
 * The mark price (PRC-2): median of the index with its funding basis, the index with the mean premium, and the last trade,
 * kept within `index x (1 +- Z)`, to the nearest tick. All terms are compared exactly, over one common denominator.
 */
export function markPrice(inputs: MarkInputs): PriceTicks {
  const interval = BigInt(inputs.fundingIntervalMs);
  const halves = BigInt(Math.max(1, inputs.premium.count) * 2);
  const denominator = interval * halves * ONE;
  const index = BigInt(inputs.index) * denominator;
  const basis = BigInt(inputs.index) * BigInt(inputs.fundingRate) * BigInt(inputs.untilFundingMs) * halves;
  const premium = BigInt(inputs.premium.halfTicks) * interval * ONE;
  const last = inputs.last === 0 ? index : BigInt(inputs.last) * denominator;
  const width = BigInt(inputs.index) * BigInt(inputs.clamp) * interval * halves;
  const middle = median([index + basis, index + premium, last]);
  const kept = middle < index - width ? index - width : middle > index + width ? index + width : middle;
  return Number(divide(kept, denominator, 'half-up')) as PriceTicks;
}

function median(values: readonly [bigint, bigint, bigint]): bigint {
  const [a, b, c] = values;
  const low = a < b ? a : b;
  const high = a < b ? b : a;
  return c < low ? low : c > high ? high : c;
}
