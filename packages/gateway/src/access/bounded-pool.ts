/** Runs at most `concurrency` tasks at a time and lets at most `queue` wait. */
export class BoundedPool {
  readonly #concurrency: number;
  readonly #queue: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(options: { readonly concurrency: number; readonly queue: number }) {
    this.#concurrency = options.concurrency;
    this.#queue = options.queue;
  }

  /** The task's promise, or undefined when the queue is full and the task was not taken. */
  run<T>(task: () => Promise<T>): Promise<T> | undefined {
    if (this.#running < this.#concurrency) return this.#start(task);
    if (this.#waiting.length >= this.#queue) return undefined;
    return new Promise<void>((resolve) => this.#waiting.push(resolve)).then(() => this.#start(task));
  }

  async #start<T>(task: () => Promise<T>): Promise<T> {
    this.#running += 1;
    try {
      return await task();
    } finally {
      this.#running -= 1;
      this.#waiting.shift()?.();
    }
  }
}
