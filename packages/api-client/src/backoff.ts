import type { Random } from './clock.ts';

/** Delays in milliseconds. */
export interface BackoffDelays {
  readonly baseMs: number;
  readonly maxMs: number;
}

/** Delays that double up to a limit. Half of each is left to chance, so that clients that lost the venue together do not come back together. */
export class Backoff {
  readonly #delays: BackoffDelays;
  readonly #random: Random;
  #nextMs: number;

  constructor(delays: BackoffDelays, random: Random) {
    this.#delays = delays;
    this.#random = random;
    this.#nextMs = delays.baseMs;
  }

  nextMs(): number {
    const delayMs = this.#nextMs;
    this.#nextMs = Math.min(delayMs * 2, this.#delays.maxMs);
    return Math.round(delayMs * (0.5 + this.#random() / 2));
  }

  reset(): void {
    this.#nextMs = this.#delays.baseMs;
  }
}
