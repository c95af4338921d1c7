import { formatDecimal } from '@openvenue/money';
import { fixed, groupDigits, NO_VALUE, percentOfRatio, signed } from '../format/decimal-text.ts';
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

/** How many digits a market has; undefined while it is not known, or not listed any more. */
type Precision = Pick<Instrument, 'pricePrecision' | 'quantityPrecision'> | undefined;

/** A price of the venue's with the digits of its market; what is finer is cut. `--` stands for none. */
export function venuePrice(price: string, precision: Precision): string {
  if (price === '0') return NO_VALUE;
  return precision === undefined ? groupDigits(price) : fixed(price, precision.pricePrecision);
}

/** A quantity of the venue's with the digits of its market. */
export const venueQuantity = (quantity: string, precision: Precision): string =>
  precision === undefined ? groupDigits(quantity) : fixed(quantity, precision.quantityPrecision);

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
