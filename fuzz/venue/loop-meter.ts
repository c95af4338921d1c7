const TICK_MS = 5;

/**
 * Longest time for which the event loop was busy with one thing. What counts is processor time: a machine that is shared can keep a whole
 * process waiting, which says nothing about the process.
 */
export class LoopMeter {
  #longestMs = 0;
  #atMs = performance.now();
  #usedMs = usedMs();
  readonly #timer = setInterval(() => this.#tick(), TICK_MS);

  /** The longest since the last call, in milliseconds. */
  take(): number {
    this.#tick();
    const longestMs = this.#longestMs;
    this.#longestMs = 0;
    return longestMs;
  }

  /** Leaves out what happened since the last tick. */
  skip(): void {
    this.#atMs = performance.now();
    this.#usedMs = usedMs();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #tick(): void {
    const elapsedMs = performance.now() - this.#atMs - TICK_MS;
    const busyMs = usedMs() - this.#usedMs;
    this.#longestMs = Math.max(this.#longestMs, Math.min(elapsedMs, busyMs));
    this.skip();
  }
}

/** Processor time of this thread. */
function usedMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}
