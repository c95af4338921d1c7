/** How a value reaches the screen. */
export interface FrameStoreOptions<T> {
  readonly initial: T;
  /** Subscribers are told at most once in this time. */
  readonly intervalMs: number;
  /** Takes the value for the screen from the mutable state behind it; called once for every telling. */
  readonly read: () => T;
}

/**
 * Stands between data that changes with every message and a screen that need not: however often it is touched, it reads
 * the value and tells its subscribers at most once per interval, in an animation frame, and not at all in a hidden tab.
 */
export class FrameStore<T> {
  readonly #options: FrameStoreOptions<T>;
  readonly #listeners = new Set<() => void>();
  #value: T;
  #toldAtMs = Number.NEGATIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #frame: number | undefined;

  constructor(options: FrameStoreOptions<T>) {
    this.#options = options;
    this.#value = options.initial;
  }

  /** The value that was last told. */
  readonly get = (): T => this.#value;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The state behind it has changed. */
  readonly touch = (): void => {
    if (this.#timer !== undefined || this.#frame !== undefined) return;
    const waitMs = this.#toldAtMs + this.#options.intervalMs - performance.now();
    if (waitMs <= 0) this.#requestFrame();
    else this.#timer = setTimeout(this.#requestFrame, waitMs);
  };

  /** Reads and tells at once, for what the user has just done. */
  readonly flush = (): void => {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#tell();
  };

  readonly #requestFrame = (): void => {
    this.#timer = undefined;
    this.#frame = requestAnimationFrame(this.#tell);
  };

  readonly #tell = (): void => {
    this.#frame = undefined;
    this.#toldAtMs = performance.now();
    this.#value = this.#options.read();
    for (const listener of this.#listeners) listener();
  };
}
