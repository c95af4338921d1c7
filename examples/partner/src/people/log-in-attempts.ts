/** Wrong passwords within the window after which a name is refused from one address. */
export const MAX_FAILURES_FROM_ADDRESS = 10;
/** Wrong passwords within the window after which a name is refused from everywhere, or an address for every name. */
export const MAX_FAILURES = 100;
/** How long wrong passwords are held against a name, in milliseconds. */
export const FAILURE_WINDOW_MS = 15 * 60 * 1000;
/** Counters that are kept. When all are in use, nobody new may fail: log-ins are refused rather than uncounted. */
export const MAX_COUNTERS = 20_000;

export interface LogInTry {
  readonly username: string;
  readonly address: string;
}

interface Counter {
  failures: number;
  readonly endsAtMs: number;
}

/** Counts wrong passwords, so that nobody guesses for long. */
export class LogInAttempts {
  readonly #counters = new Map<string, Counter>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Counts a try as failed before its password is checked, so that many at once do not slip through. `false`: refuse it. */
  begin(logIn: LogInTry): boolean {
    const counters: Counter[] = [];
    for (const { key, limit } of countersOf(logIn)) {
      const counter = this.#counter(key);
      // In this order, so that an address at its limit cannot fill the room for counters.
      if (counter === undefined || counter.failures >= limit) return false;
      counters.push(counter);
    }
    for (const counter of counters) counter.failures += 1;
    return true;
  }

  /** The password was right: this try was no failure, and the earlier ones of the name from this address are forgotten. */
  succeed(logIn: LogInTry): void {
    for (const { key, isForgiven } of countersOf(logIn)) {
      const counter = this.#counters.get(key);
      if (counter !== undefined) counter.failures = isForgiven ? 0 : Math.max(0, counter.failures - 1);
    }
  }

  #counter(key: string): Counter | undefined {
    const nowMs = this.#now();
    const known = this.#counters.get(key);
    if (known !== undefined && known.endsAtMs > nowMs) return known;
    this.#counters.delete(key);
    if (this.#counters.size >= MAX_COUNTERS) this.#forgetEnded(nowMs);
    if (this.#counters.size >= MAX_COUNTERS) return undefined;
    const counter = { failures: 0, endsAtMs: nowMs + FAILURE_WINDOW_MS };
    this.#counters.set(key, counter);
    return counter;
  }

  #forgetEnded(nowMs: number): void {
    for (const [key, { endsAtMs }] of this.#counters) {
      // All counters live equally long, so they end in the order in which they were made.
      if (endsAtMs > nowMs) return;
      this.#counters.delete(key);
    }
  }
}

function countersOf({ username, address }: LogInTry) {
  return [
    { key: `address ${address}`, limit: MAX_FAILURES, isForgiven: false },
    { key: `both ${JSON.stringify([address, username])}`, limit: MAX_FAILURES_FROM_ADDRESS, isForgiven: true },
    { key: `name ${username}`, limit: MAX_FAILURES, isForgiven: false },
  ];
}
