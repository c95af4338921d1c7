import { DECIMALS } from './units.ts';

const DECIMAL = /^(0|[1-9]\d*)(?:\.(\d+))?$/;
/** More digits than any amount of this venue has; longer texts are refused before any arithmetic. */
const MAX_LENGTH = 48;

/**
 * Reads a plain decimal such as `12.50` as a whole number of 1e-8. Zeros behind the eighth place are accepted, other digits not.
 * @returns undefined for anything else: exponents, signs, spaces, a leading `+` or `0`, more than 48 characters
 */
export function parseDecimal(text: string): bigint | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  const match = DECIMAL.exec(text);
  if (match === null) return undefined;
  const fraction = match[2] ?? '';
  for (let i = DECIMALS; i < fraction.length; i++) if (fraction[i] !== '0') return undefined;
  return BigInt(match[1] + fraction.slice(0, DECIMALS).padEnd(DECIMALS, '0'));
}

/** As {@link parseDecimal}, with one leading `-` allowed. `-0` is refused. */
export function parseSignedDecimal(text: string): bigint | undefined {
  if (!text.startsWith('-')) return parseDecimal(text);
  const value = parseDecimal(text.slice(1));
  return value === undefined || value === 0n ? undefined : -value;
}

/** Writes a whole number of 1e-8 as a plain decimal without trailing zeros: `1250000000n` is `12.5`. */
export function formatDecimal(units: bigint): string {
  const negative = units < 0n;
  const digits = (negative ? -units : units).toString().padStart(DECIMALS + 1, '0');
  const whole = digits.slice(0, -DECIMALS);
  let end = DECIMALS;
  const fraction = digits.slice(-DECIMALS);
  while (fraction[end - 1] === '0') end--;
  const text = end === 0 ? whole : `${whole}.${fraction.slice(0, end)}`;
  return negative ? `-${text}` : text;
}
