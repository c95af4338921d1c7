/**
 * The four ways a quotient becomes a whole number.
 * `down` goes to negative and `up` to positive infinity; `toward-zero` drops the fraction; `half-up` takes the nearest,
 * a tie to positive infinity.
 */
export type Rounding = 'down' | 'up' | 'toward-zero' | 'half-up';

/** Exact `numerator / denominator`, rounded once as named. @throws RangeError when the denominator is not positive */
export function divide(numerator: bigint, denominator: bigint, rounding: Rounding): bigint {
  if (denominator <= 0n) throw new RangeError('the denominator must be positive');
  const quotient = numerator / denominator;
  const remainder = numerator % denominator;
  if (remainder === 0n) return quotient;
  switch (rounding) {
    case 'toward-zero':
      return quotient;
    case 'down':
      return remainder < 0n ? quotient - 1n : quotient;
    case 'up':
      return remainder > 0n ? quotient + 1n : quotient;
    case 'half-up': {
      const floor = remainder < 0n ? quotient - 1n : quotient;
      const above = remainder < 0n ? remainder + denominator : remainder;
      return above * 2n >= denominator ? floor + 1n : floor;
    }
  }
}

/** Exact `a x b / denominator`, rounded once as named; nothing is lost in between. */
export function multiplyDivide(factors: readonly [bigint, bigint], denominator: bigint, rounding: Rounding): bigint {
  return divide(factors[0] * factors[1], denominator, rounding);
}
