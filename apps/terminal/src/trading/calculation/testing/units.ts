import { formatDecimal } from '@openvenue/money';
import { unitsOf } from '../instrument.ts';

/** Decimals of the examples as exact numbers and back. */
export const units = unitsOf;
export const text = (value: bigint | undefined): string | undefined =>
  value === undefined ? undefined : formatDecimal(value);
