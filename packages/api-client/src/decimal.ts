/**
 * Orders two plain decimals without sign, such as `"60000.5"`, by their exact value: negative, 0 or positive like a
 * comparator of `sort`.
 */
export function compareDecimals(left: string, right: string): number {
  const [leftWhole = '', leftFraction = ''] = left.split('.');
  const [rightWhole = '', rightFraction = ''] = right.split('.');
  if (leftWhole.length !== rightWhole.length) return leftWhole.length - rightWhole.length;
  if (leftWhole !== rightWhole) return leftWhole < rightWhole ? -1 : 1;
  const places = Math.max(leftFraction.length, rightFraction.length);
  const leftDigits = leftFraction.padEnd(places, '0');
  const rightDigits = rightFraction.padEnd(places, '0');
  if (leftDigits === rightDigits) return 0;
  return leftDigits < rightDigits ? -1 : 1;
}

/** Digits behind the point. */
export const decimalPlaces = (text: string): number => text.split('.')[1]?.length ?? 0;

/** A plain decimal without sign as a count of units of `10 ** -places`. `places` is at least those of the text. */
export function unitsOf(text: string, places: number): bigint {
  const [whole = '', fraction = ''] = text.split('.');
  if (fraction.length > places) throw new RangeError(`"${text}" has more than ${places} decimal places`);
  return BigInt(whole + fraction.padEnd(places, '0'));
}

/** A count of units of `10 ** -places` as a plain decimal without trailing zeros. */
export function decimalOf(units: bigint, places: number): string {
  const digits = units.toString().padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  const fraction = digits.slice(digits.length - places).replace(/0+$/, '');
  return fraction === '' ? whole : `${whole}.${fraction}`;
}
