import { divide, ONE, type PriceTicks, type Rate } from '@openvenue/money';
import type { Impact } from './impact-price.ts';

export interface PremiumInputs {
  readonly index: PriceTicks;
  /** Undefined where the side is too thin for the impact notional: it has no term. */
  readonly bid: Impact | undefined;
  readonly ask: Impact | undefined;
}

/**
 * The premium of one sample, `(max(0, impactBid - index) - max(0, index - impactAsk)) / index`, to 8 decimals toward zero
 * (FND-1, SYM-3).
 */
export function premiumIndex({ index, bid, ask }: PremiumInputs): Rate {
  const bidSteps = BigInt(bid?.steps ?? 1);
  const askSteps = BigInt(ask?.steps ?? 1);
  const above = bid === undefined ? 0n : positive(BigInt(bid.tickSteps) - BigInt(index) * bidSteps);
  const below = ask === undefined ? 0n : positive(BigInt(index) * askSteps - BigInt(ask.tickSteps));
  const numerator = (above * askSteps - below * bidSteps) * ONE;
  return Number(divide(numerator, bidSteps * askSteps * BigInt(index), 'toward-zero')) as Rate;
}

const positive = (value: bigint): bigint => (value > 0n ? value : 0n);
