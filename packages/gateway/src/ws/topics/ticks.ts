/** Runs tasks at the boundaries of intervals; one timer an interval, and only while it has tasks. */
export class Ticks {
  readonly #nowMs: () => number;
  readonly #tasks = new Map<number, Set<() => void>>();
  readonly #timers = new Map<number, NodeJS.Timeout>();

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** Timers that run. */
  get timerCount(): number {
    return this.#timers.size;
  }

  /** Runs the task at every multiple of `intervalMs`. Returns the function that ends it. */
  every(intervalMs: number, task: () => void): () => void {
    const tasks = this.#tasks.get(intervalMs) ?? new Set();
    this.#tasks.set(intervalMs, tasks);
    tasks.add(task);
    if (!this.#timers.has(intervalMs)) this.#schedule(intervalMs, tasks);
    return () => {
      tasks.delete(task);
      if (tasks.size > 0) return;
      clearTimeout(this.#timers.get(intervalMs));
      this.#timers.delete(intervalMs);
    };
  }

  #schedule(intervalMs: number, tasks: ReadonlySet<() => void>): void {
    const run = () => {
      this.#schedule(intervalMs, tasks);
      for (const task of tasks) task();
    };
    this.#timers.set(intervalMs, setTimeout(run, intervalMs - (this.#nowMs() % intervalMs)));
  }
}
