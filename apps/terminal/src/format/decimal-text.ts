import { formatDecimal, ONE, parseSignedDecimal } from '@openvenue/money';

/** What stands in the place of a value that there is none of. */
export const NO_VALUE = '--';

/** Puts commas between the thousands of a plain decimal: `-116440.9` is `-116,440.9`. */
export function groupDigits(text: string): string {
  const [whole = '', fraction] = text.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/**
 * A plain decimal with exactly `places` digits behind the point, 0 to 8, and commas. Digits beyond are cut off towards zero,
 * so that no figure looks larger than it is. What is no decimal comes back as `--`.
 */
export function fixed(text: string, places: number): string {
  const units = parseSignedDecimal(text);
  if (units === undefined) return NO_VALUE;
  const isNegative = units < 0n;
  const [whole = '0', fraction = ''] = formatDecimal(isNegative ? -units : units).split('.');
  const kept = fraction.slice(0, places).padEnd(places, '0');
  const isZero = /^0*$/.test(whole + kept);
  return `${isNegative && !isZero ? '-' : ''}${groupDigits(whole)}${places === 0 ? '' : `.${kept}`}`;
}

/** The same with a `+` before what is above zero, so that direction is never told by colour alone. */
export function signed(text: string, places: number): string {
  const value = fixed(text, places);
  return /[1-9]/.test(value) && !value.startsWith('-') ? `+${value}` : value;
}

const SCALES = [
  { above: 1_000_000_000n * ONE, suffix: 'B' },
  { above: 1_000_000n * ONE, suffix: 'M' },
  { above: 1_000n * ONE, suffix: 'K' },
] as const;

/** A large amount by its first digits, cut off: `1241560000` is `1.24B`. */
export function compactAmount(text: string): string {
  const units = parseSignedDecimal(text);
  if (units === undefined) return NO_VALUE;
  const size = units < 0n ? -units : units;
  const scale = SCALES.find(({ above }) => size >= above);
  if (scale === undefined) return fixed(text, 2);
  return `${fixed(formatDecimal((units * ONE) / scale.above), 2)}${scale.suffix}`;
}

/** A ratio as percent: `0.0001` with 4 places is `0.0100%`. */
export function percentOfRatio(ratio: string, places: number): string {
  const units = parseSignedDecimal(ratio);
  return units === undefined ? NO_VALUE : `${fixed(formatDecimal(units * 100n), places)}%`;
}

/** -1, 0 or 1; 0 for what is no decimal. */
export function directionOf(text: string): -1 | 0 | 1 {
  const units = parseSignedDecimal(text) ?? 0n;
  if (units === 0n) return 0;
  return units < 0n ? -1 : 1;
}
