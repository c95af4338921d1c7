import { divide } from './rounding.ts';
import { bigintOf, numberOf } from './safe-integer.ts';

/**
 * An exact factor `numerator / denominator` that is applied many times, such as the fee of one tick times one step. It is kept in lowest
 * terms: those of a venue are then so small that most products fit a double, and bigints are left for those that do not.
 */
export class Ratio {
  readonly #numerator: bigint;
  readonly #denominator: bigint;
  /** The same as doubles, and the largest count whose product with the numerator is exact. */
  readonly #multiplier: number;
  readonly #divisor: number;
  readonly #mostExact: number;

  /** @throws RangeError when the numerator is negative or the denominator is not positive */
  constructor(numerator: bigint, denominator: bigint) {
    if (numerator < 0n || denominator <= 0n) throw new RangeError('a ratio is of a number >= 0 to one > 0');
    const divisor = greatestCommonDivisor(numerator, denominator);
    this.#numerator = numerator / divisor;
    this.#denominator = denominator / divisor;
    this.#multiplier = Number(this.#numerator);
    this.#divisor = Number(this.#denominator);
    const fits = this.#numerator <= MAX_EXACT && this.#denominator <= MAX_EXACT;
    this.#mostExact = fits ? Number(MAX_EXACT / (this.#numerator === 0n ? 1n : this.#numerator)) : -1;
  }

  /** Exact `count x ratio`, rounded up once. `count` is an integer >= 0. */
  timesUp(count: number): bigint {
    // Of two safe integers the rounded quotient is never on the other side of a whole number than the exact one.
    if (count <= this.#mostExact) return bigintOf(Math.ceil((count * this.#multiplier) / this.#divisor));
    return divide(bigintOf(count) * this.#numerator, this.#denominator, 'up');
  }

  /** Exact `count x ratio x part / whole`, rounded up once. `count` is an integer >= 0. */
  shareUp(count: number, { part, whole }: Share): bigint {
    const product = count * this.#multiplier;
    const divisor = whole * this.#divisor;
    if (product <= Number.MAX_SAFE_INTEGER && divisor * part <= Number.MAX_SAFE_INTEGER) {
      // Divided before it is multiplied, with the rest apart, so that nothing on the way is larger than what goes in.
      const times = Math.floor(product / divisor);
      const rest = product - times * divisor;
      return bigintOf(times * part + Math.ceil((rest * part) / divisor));
    }
    return divide(bigintOf(count) * this.#numerator * bigintOf(part), bigintOf(whole) * this.#denominator, 'up');
  }
}

/** A part of a whole, both counted in the same unit: integers, `whole > 0`, and `0 <= part <= whole` where nothing else is said. */
export interface Share {
  readonly part: number;
  readonly whole: number;
}

/**
 * Exact `amount x part / whole`, rounded once as named; without an allocation but the result when all of it fits a double. `part` and
 * `whole` are safe integers, `whole > 0`; `part` may be negative or more than the whole.
 */
export function shareOf(amount: bigint, { part, whole }: Share, rounding: 'up' | 'down'): bigint {
  const count = numberOf(amount);
  const times = Math.floor(count / whole);
  // Divided before it is multiplied, with the rest apart, so that nothing on the way is larger than what goes in.
  const ofTimes = times * part;
  const fits =
    Math.abs(count) <= MAX_TERM &&
    Math.abs(ofTimes) <= MAX_TERM &&
    whole <= MAX_TERM &&
    whole * Math.abs(part) <= MAX_TERM;
  if (fits) {
    const ofRest = ((count - times * whole) * part) / whole;
    return bigintOf(ofTimes + (rounding === 'up' ? Math.ceil(ofRest) : Math.floor(ofRest)));
  }
  return divide(amount * bigintOf(part), bigintOf(whole), rounding);
}

/** Two terms of this size have an exact sum. */
const MAX_TERM = 2 ** 52;
const MAX_EXACT = BigInt(Number.MAX_SAFE_INTEGER);

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [larger, smaller] = [a, b];
  while (smaller !== 0n) [larger, smaller] = [smaller, larger % smaller];
  return larger;
}
