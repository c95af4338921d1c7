import type { Clock } from '../clock.ts';

/** Turns of the queue of promises that pass between two timers: enough for any chain of this package. */
const TURNS = 50;

/** Lets everything run that waits for promises alone. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn += 1) await undefined;
}

interface Timer {
  readonly atMs: number;
  readonly task: () => void;
}

/** A clock that stands until it is moved. */
export class FakeClock implements Clock {
  #nowMs: number;
  readonly #timers = new Set<Timer>();

  constructor(nowMs = 1_772_007_815_000) {
    this.#nowMs = nowMs;
  }

  nowMs(): number {
    return this.#nowMs;
  }

  setTimer(delayMs: number, task: () => void): () => void {
    const timer = { atMs: this.#nowMs + delayMs, task };
    this.#timers.add(timer);
    return () => {
      this.#timers.delete(timer);
    };
  }

  /** Timers that wait. */
  get timers(): number {
    return this.#timers.size;
  }

  /** Moves the time on; timers run when they are due, and what they set off runs before the next. */
  async advance(byMs: number): Promise<void> {
    const endMs = this.#nowMs + byMs;
    await settled();
    for (let next = this.#nextUntil(endMs); next !== undefined; next = this.#nextUntil(endMs)) {
      this.#timers.delete(next);
      this.#nowMs = Math.max(this.#nowMs, next.atMs);
      next.task();
      await settled();
    }
    this.#nowMs = endMs;
  }

  #nextUntil(endMs: number): Timer | undefined {
    let next: Timer | undefined;
    for (const timer of this.#timers) if (timer.atMs <= endMs && timer.atMs < (next?.atMs ?? endMs + 1)) next = timer;
    return next;
  }
}
