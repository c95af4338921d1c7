/**
 * A small deterministic generator for tests and simulations (xoshiro128**, seeded by splitmix32): the same seed gives the same
 * numbers on every machine. Not for secrets.
 */
export class SeededRandom {
  readonly #state: Uint32Array;

  /** `seed` is any integer; its low 32 bits count. */
  constructor(seed: number) {
    let counter = seed | 0;
    this.#state = Uint32Array.from({ length: 4 }, () => {
      counter = (counter + 0x9e3779b9) | 0;
      let mixed = Math.imul(counter ^ (counter >>> 16), 0x21f0aaad);
      mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
      return mixed ^ (mixed >>> 15);
    });
  }

  /** An unsigned 32-bit integer. */
  next32(): number {
    const s = this.#state;
    const result = Math.imul(rotateLeft(Math.imul(s[1]!, 5), 7), 9) >>> 0;
    const shifted = s[1]! << 9;
    s[2]! ^= s[0]!;
    s[3]! ^= s[1]!;
    s[1]! ^= s[2]!;
    s[0]! ^= s[3]!;
    s[2]! ^= shifted;
    s[3] = rotateLeft(s[3]!, 11);
    return result;
  }

  /** An integer from `min` to `max`, both included, each equally likely. @throws RangeError when that is empty or over 2^53 values */
  integer(min: number, max: number): number {
    const span = max - min + 1;
    if (!(Number.isSafeInteger(min) && Number.isSafeInteger(max) && span >= 1 && span <= 2 ** 53)) {
      throw new RangeError(`no integers from ${min} to ${max}`);
    }
    const isSmall = span <= 2 ** 32;
    const values = isSmall ? 2 ** 32 : 2 ** 53;
    // Values behind the last whole multiple of the span are drawn again: they would favour the low results.
    const limit = values - (values % span);
    for (;;) {
      const drawn = isSmall ? this.next32() : (this.next32() >>> 5) * 2 ** 26 + (this.next32() >>> 6);
      if (drawn < limit) return min + (drawn % span);
    }
  }

  /** One element of a list that has some. */
  pick<T>(list: readonly T[]): T {
    return list[this.integer(0, list.length - 1)] as T;
  }

  /** True in `numerator` of `denominator` cases. */
  chance(numerator: number, denominator: number): boolean {
    return this.integer(1, denominator) <= numerator;
  }
}

const rotateLeft = (value: number, by: number): number => (value << by) | (value >>> (32 - by));
