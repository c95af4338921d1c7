import type { SourceQuote } from '../../command.ts';
import { ceil, floor, nearest } from './fraction.ts';

const FRESH_MS = 10_000;

/** PRC-1 from its words: the index that some quotes give, in ticks, or undefined when none of them counts. */
export function indexOf(
  quotes: readonly SourceQuote[],
  maxPrice: number,
): { readonly index: bigint; readonly sources: number } | undefined {
  const fresh = quotes.filter(({ ageMs, price }) => ageMs <= FRESH_MS && price <= maxPrice);
  const middle = doubleMedian(fresh);
  // A distance of more than 5 % of the median, both doubled.
  const near = fresh.filter(({ price }) => 20n * distance(2n * BigInt(price), middle) <= middle);
  if (near.length === 0) return undefined;
  const center = doubleMedian(near);
  const bounds = [ceil(center * 995n, 2_000n), floor(center * 1_005n, 2_000n)] as const;
  // Without a tick between them, the two beside the median.
  const [low, high] = bounds[0] > bounds[1] ? [floor(center, 2n), ceil(center, 2n)] : bounds;
  let sum = 0n;
  let weights = 0n;
  for (const { price, weight } of near) {
    const exact = BigInt(price);
    sum += (exact < low ? low : exact > high ? high : exact) * BigInt(weight);
    weights += BigInt(weight);
  }
  return { index: nearest(sum, weights), sources: near.length };
}

/** Twice the median, which is whole also of an even count. */
function doubleMedian(quotes: readonly SourceQuote[]): bigint {
  const prices = quotes.map(({ price }) => price).sort((a, b) => a - b);
  const half = prices.length >> 1;
  const [below, above] = prices.length % 2 === 0 ? [prices[half - 1], prices[half]] : [prices[half], prices[half]];
  return BigInt(below ?? 0) + BigInt(above ?? 0);
}

const distance = (a: bigint, b: bigint): bigint => (a > b ? a - b : b - a);
