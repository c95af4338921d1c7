/** Whole quotients of exact fractions. The denominator is above 0; each name says where a remainder goes. */
export const floor = (numerator: bigint, denominator: bigint): bigint => {
  if (denominator <= 0n) throw new RangeError('a denominator must be above 0');
  const quotient = numerator / denominator;
  return numerator % denominator < 0n ? quotient - 1n : quotient;
};

export const ceil = (numerator: bigint, denominator: bigint): bigint => -floor(-numerator, denominator);

/** The nearest whole number, a tie upward. */
export const nearest = (numerator: bigint, denominator: bigint): bigint =>
  floor(2n * numerator + denominator, 2n * denominator);

export const most = (a: bigint, b: bigint): bigint => (a > b ? a : b);
export const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);
export const size = (a: bigint): bigint => (a < 0n ? -a : a);
export const total = (values: Iterable<bigint>): bigint => {
  let sum = 0n;
  for (const value of values) sum += value;
  return sum;
};

/** 1 in whole 1e-8. */
export const UNIT = 100_000_000n;
