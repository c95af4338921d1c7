/**
 * A number in 32 bits that depends on every key and looks like any other: the same keys give the same number on every machine.
 * Only the low 32 bits of a key count. Not for secrets.
 */
export function mix(keys: readonly number[]): number {
  let state = 0x2545f491;
  for (const key of keys) state = scramble((state ^ (key | 0)) + 0x9e3779b9);
  return state >>> 0;
}

/** {@link mix} as a fraction, at least 0 and below 1. */
export const fractionOf = (keys: readonly number[]): number => mix(keys) / 2 ** 32;

/** A name as a key for {@link mix}. */
export function keyOf(name: string): number {
  let state = 0;
  for (let i = 0; i < name.length; i++) state = scramble(state ^ name.charCodeAt(i));
  return state;
}

/** A seeded generator of the simulation: a counter, mixed. The same keys give the same row of numbers. */
export class Random {
  #counter: number;

  constructor(keys: readonly number[]) {
    this.#counter = mix(keys);
  }

  /** At least 0 and below 1. */
  fraction(): number {
    this.#counter = (this.#counter + 0x9e3779b9) | 0;
    return (scramble(this.#counter) >>> 0) / 2 ** 32;
  }

  /** At least `min` and below `max`. */
  between(min: number, max: number): number {
    return min + (max - min) * this.fraction();
  }

  /** An integer from `min` to `max`, both included; the range must be far below 2^32. */
  integer(min: number, max: number): number {
    return min + Math.floor(this.fraction() * (max - min + 1));
  }

  /** True with this probability. */
  chance(probability: number): boolean {
    return this.fraction() < probability;
  }
}

/** The finalizer of MurmurHash3: every bit of the input moves about half of the bits of the result. */
function scramble(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
