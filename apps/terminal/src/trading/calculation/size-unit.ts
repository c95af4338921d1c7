import { formatDecimal, ONE } from '@openvenue/money';
import { typedUnits } from './instrument.ts';
import { valueAt } from './stance.ts';

/** What a person counts the size of an order in. */
export type SizeUnit = 'base' | 'quote';

export interface SizeTerms {
  readonly unit: SizeUnit;
  /** Price at which one is worth the other; undefined or 0 while there is none. */
  readonly price: bigint | undefined;
  readonly stepSize: bigint;
}

/**
 * The quantity that is meant by what was typed, as text: the largest on the step grid that is worth no more. What is no
 * number stays as it is, so that whoever checks it sees what is wrong.
 */
export function quantityMeant(typed: string, { unit, price, stepSize }: SizeTerms): string {
  const value = typedUnits(typed);
  if (unit === 'base' || value === undefined) return typed;
  if (price === undefined || price <= 0n) return '';
  const quantity = (value * ONE) / price;
  return formatDecimal(quantity - (quantity % stepSize));
}

/** A quantity as a field shows it in a unit; empty for none. */
export function sizeInput(quantity: bigint, { unit, price }: Omit<SizeTerms, 'stepSize'>): string {
  if (quantity === 0n) return '';
  if (unit === 'base') return formatDecimal(quantity);
  return price === undefined ? '' : formatDecimal(valueAt(price, quantity));
}
