import type { Scheduler } from './scheduler.ts';

const START_MS = 1_772_000_000_000;

/** The machine's wall clock: virtual time, and the jumps it has made. */
export class SimulatedClock {
  readonly #scheduler: Scheduler;
  #offsetMs = 0;

  constructor(scheduler: Scheduler) {
    this.#scheduler = scheduler;
  }

  nowMs(): number {
    return START_MS + Math.floor(this.#scheduler.nowUs / 1_000) + this.#offsetMs;
  }

  /** Sets the clock forward or, negative, back. */
  jump(byMs: number): void {
    this.#offsetMs += byMs;
  }
}
