/** Longest amount that the client sends, in characters. */
export const MAX_AMOUNT_CHARACTERS = 40;

const AMOUNT = /^(?:0|[1-9]\d*)(?:\.\d{1,8})?$/;

/**
 * Returns `value` when it is a positive decimal string with at most 8 decimals, without sign, exponent or spaces.
 *
 * @throws TypeError when it is not a string: a JavaScript number has lost digits before anyone can check it.
 * @throws RangeError when the string is no such decimal.
 */
export function requireAmount(name: string, value: unknown): string {
  if (typeof value !== 'string') throw new TypeError(`${name} must be a decimal string, not a ${typeof value}`);
  if (value.length > MAX_AMOUNT_CHARACTERS || !AMOUNT.test(value)) {
    throw new RangeError(`${name} must be a plain decimal with at most 8 decimals`);
  }
  if (!/[1-9]/.test(value)) throw new RangeError(`${name} must be positive`);
  return value;
}

/** Whether two plain decimals have the same value: `10` and `10.00` do. */
export function sameAmount(one: string, other: string): boolean {
  return withoutTrailingZeros(one) === withoutTrailingZeros(other);
}

function withoutTrailingZeros(decimal: string): string {
  return decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal;
}
