import { divide, type Rate } from '@openvenue/money';

/** Interest component of an 8 h interval, 0.01 %, and how far the premium may pull the rate from it, 0.05 % (FND-2). */
export const INTEREST_RATE = 10_000 as Rate;
const MAX_PULL = 50_000n;
/** The interest component counts for this many hours. */
const BASE_HOURS = 8n;
/** The cap is this share of the first tier's maintenance rate. */
const CAP_NUMERATOR = 3;
const CAP_DENOMINATOR = 4;

/** Samples of an interval in order: the i-th has weight i, so the late ones weigh more. */
export interface PremiumAverage {
  /** Sum of i x P_i, in 1e-8. */
  readonly weighted: bigint;
  readonly count: number;
}

/** Highest absolute rate, whatever the interval (FND-2). */
export const fundingCap = (maintenanceMarginRate: Rate): Rate =>
  Math.floor((maintenanceMarginRate * CAP_NUMERATOR) / CAP_DENOMINATOR) as Rate;

/** `sum(i x P_i) / sum(i)`, toward zero; 0 without a sample. */
export function averagePremium({ weighted, count }: PremiumAverage): Rate {
  if (count === 0) return 0 as Rate;
  const weights = (BigInt(count) * BigInt(count + 1)) / 2n;
  return Number(divide(weighted, weights, 'toward-zero')) as Rate;
}

/**
 * The funding rate of an interval: `(P + clamp(0.01 % - P, -0.05 %, +0.05 %)) / (8 / hours)`, toward zero, then kept within the
 * cap; 0 without a sample (FND-2). Longs pay it when positive.
 */
export function fundingRate(average: PremiumAverage, interval: { readonly hours: number; readonly cap: Rate }): Rate {
  if (average.count === 0) return 0 as Rate;
  const premium = BigInt(averagePremium(average));
  const wanted = BigInt(INTEREST_RATE) - premium;
  const pull = wanted > MAX_PULL ? MAX_PULL : wanted < -MAX_PULL ? -MAX_PULL : wanted;
  const rate = Number(divide((premium + pull) * BigInt(interval.hours), BASE_HOURS, 'toward-zero'));
  return Math.max(-interval.cap, Math.min(interval.cap, rate)) as Rate;
}
