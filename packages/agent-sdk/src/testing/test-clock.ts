import type { Clock } from '../clock.ts';

interface Timer {
  readonly dueMs: number;
  readonly callback: () => void;
}

/** Time that a test moves. Waits up to `instantUpToMs` end by themselves, as soon as they begin, and move the time on. */
export class TestClock implements Clock {
  /** The waits that ended by themselves, in milliseconds. */
  readonly pauses: number[] = [];
  readonly #instantUpToMs: number;
  readonly #timers = new Set<Timer>();
  #nowMs: number;

  constructor(options: { readonly nowMs?: number; readonly instantUpToMs: number }) {
    this.#instantUpToMs = options.instantUpToMs;
    this.#nowMs = options.nowMs ?? Date.now();
  }

  get pendingTimers(): number {
    return this.#timers.size;
  }

  now(): number {
    return this.#nowMs;
  }

  setTimeout(callback: () => void, delayMs: number): () => void {
    if (delayMs <= this.#instantUpToMs) {
      const immediate = setImmediate(() => {
        this.pauses.push(delayMs);
        this.advance(delayMs);
        callback();
      });
      return () => clearImmediate(immediate);
    }
    const timer = { dueMs: this.#nowMs + delayMs, callback };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  advance(ms: number): void {
    this.#nowMs += ms;
    for (const timer of [...this.#timers].sort((one, other) => one.dueMs - other.dueMs)) {
      if (timer.dueMs > this.#nowMs || !this.#timers.delete(timer)) continue;
      timer.callback();
    }
  }
}
