import { formatDecimal } from '@openvenue/money';
import { fixed, NO_VALUE, percentOfRatio, signed } from '../format/decimal-text.ts';
import type { Instrument } from './calculation/index.ts';

/** Digits of amounts of the settlement asset. */
const AMOUNT_PLACES = 2;
const PERCENT_PLACES = 2;

export const amountText = (units: bigint): string => fixed(formatDecimal(units), AMOUNT_PLACES);

/** With a sign, so that a gain is not told by its colour alone. */
export const signedAmountText = (units: bigint): string => signed(formatDecimal(units), AMOUNT_PLACES);

export const quantityText = (units: bigint, { quantityPrecision }: Instrument): string =>
  fixed(formatDecimal(units), quantityPrecision);

export function priceText(units: bigint | undefined, { pricePrecision }: Instrument): string {
  return units === undefined || units === 0n ? NO_VALUE : fixed(formatDecimal(units), pricePrecision);
}

export const percentText = (ratio: bigint): string => percentOfRatio(formatDecimal(ratio), PERCENT_PLACES);

export function signedPercentText(ratio: bigint): string {
  const text = percentText(ratio);
  return ratio > 0n && /[1-9]/.test(text) ? `+${text}` : text;
}

/** Class of the colour of a signed number. */
export const toneClass = (units: bigint): string | undefined => {
  if (units === 0n) return undefined;
  return units > 0n ? 'text-up' : 'text-down';
};
