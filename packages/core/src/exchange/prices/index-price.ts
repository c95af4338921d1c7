import { divide, type PriceTicks } from '@openvenue/money';
import type { SourceQuote } from '../../command.ts';

/** A source older than this has no say (PRC-1). */
export const FRESH_MS = 10_000;

export interface IndexPrice {
  readonly index: PriceTicks;
  /** Only one source was left. */
  readonly degraded: boolean;
}

/**
 * The index of one symbol from its sources' prices (PRC-1): the fresh ones, those within 5 % of their median, clamped to
 * 0.5 % around the median of what is left, averaged by weight to the nearest tick.
 * @returns undefined when no source is left
 */
export function indexPrice(quotes: readonly SourceQuote[]): IndexPrice | undefined {
  const fresh = quotes.filter((quote) => quote.ageMs <= FRESH_MS && quote.price > 0 && quote.weight > 0);
  if (fresh.length === 0) return undefined;
  const allDoubled = doubledMedian(fresh);
  const near = fresh.filter((quote) => abs(2n * BigInt(quote.price) - allDoubled) * 100n <= 5n * allDoubled);
  if (near.length === 0) return undefined;
  const doubled = doubledMedian(near);
  // A median between two ticks, at a price of few of them, has no tick that near: then its neighbours are the bounds.
  const lower = min(divide(doubled * 995n, 2_000n, 'up'), doubled / 2n);
  const upper = max(divide(doubled * 1_005n, 2_000n, 'down'), (doubled + 1n) / 2n);
  let weighted = 0n;
  let weights = 0n;
  for (const quote of near) {
    const price = BigInt(quote.price);
    const clamped = price < lower ? lower : price > upper ? upper : price;
    weighted += clamped * BigInt(quote.weight);
    weights += BigInt(quote.weight);
  }
  return { index: Number(divide(weighted, weights, 'half-up')) as PriceTicks, degraded: near.length === 1 };
}

/** Twice the median, so that the mean of the middle two of an even count stays whole. */
function doubledMedian(quotes: readonly SourceQuote[]): bigint {
  const prices = quotes.map((quote) => quote.price).sort((a, b) => a - b);
  const upper = prices[prices.length >> 1] as number;
  const lower = prices[(prices.length - 1) >> 1] as number;
  return BigInt(lower) + BigInt(upper);
}

const min = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const max = (a: bigint, b: bigint): bigint => (a > b ? a : b);
const abs = (value: bigint): bigint => (value < 0n ? -value : value);
