import type { SetTimer } from '../platform.ts';

/** Timers that run when told. */
export class FakeTimers {
  #nowMs = 0;
  readonly #pending = new Map<object, { readonly atMs: number; readonly callback: () => void }>();

  get pending(): number {
    return this.#pending.size;
  }

  readonly setTimer: SetTimer = (callback, delayMs) => {
    const key = {};
    this.#pending.set(key, { atMs: this.#nowMs + delayMs, callback });
    return () => this.#pending.delete(key);
  };

  /** Lets time pass; between two timers everything that waits in microtasks happens. */
  async advance(byMs: number): Promise<void> {
    const untilMs = this.#nowMs + byMs;
    for (;;) {
      await settle();
      const [next] = [...this.#pending].sort(([, a], [, b]) => a.atMs - b.atMs);
      if (next === undefined || next[1].atMs > untilMs) break;
      this.#pending.delete(next[0]);
      this.#nowMs = next[1].atMs;
      next[1].callback();
    }
    this.#nowMs = untilMs;
  }
}

/** Returns when every microtask, and those that they queued, are done. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
