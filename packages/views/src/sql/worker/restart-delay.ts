export interface RestartPolicy {
  /** Wait before the first restart, in ms; it doubles with every failure in a row. */
  readonly initialDelayMs: number;
  readonly maxDelayMs: number;
}

export const DEFAULT_RESTART_POLICY: RestartPolicy = { initialDelayMs: 100, maxDelayMs: 30_000 };

/** Spaces the restarts of something that keeps failing. */
export class RestartDelay {
  readonly #policy: RestartPolicy;
  #nextMs: number;

  constructor(policy: RestartPolicy) {
    this.#policy = policy;
    this.#nextMs = policy.initialDelayMs;
  }

  /** Milliseconds to wait before the restart that is due now. */
  next(): number {
    const delayMs = this.#nextMs;
    this.#nextMs = Math.min(delayMs * 2, this.#policy.maxDelayMs);
    return delayMs;
  }

  /** After it has shown that it works. */
  reset(): void {
    this.#nextMs = this.#policy.initialDelayMs;
  }
}
