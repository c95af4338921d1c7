import type { Scheduler } from './scheduler.ts';

/** The machine's wall clock: virtual time, and the jumps it has made. */
export class SimulatedClock {
  readonly #scheduler: Scheduler;
  #offsetMs: number;

  /** `startMs`: what it shows as the run begins. */
  constructor(scheduler: Scheduler, startMs: number) {
    this.#scheduler = scheduler;
    this.#offsetMs = startMs;
  }

  nowMs(): number {
    return Math.floor(this.#scheduler.nowUs / 1_000) + this.#offsetMs;
  }

  /** Sets the clock forward or, negative, back. */
  jump(byMs: number): void {
    this.#offsetMs += byMs;
  }
}
