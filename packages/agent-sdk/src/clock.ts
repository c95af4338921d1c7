/** Time as the client sees it; tests inject their own. */
export interface Clock {
  /** Unix time in milliseconds. */
  now(): number;
  /** Calls back once after `delayMs`; the returned function cancels. */
  setTimeout(callback: () => void, delayMs: number): () => void;
}

/** The clock of the machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  setTimeout: (callback, delayMs) => {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};

/** Resolves after `delayMs`, or at once when `signal` aborts. */
export function sleep(clock: Clock, delayMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) return resolve();
    const cancel = clock.setTimeout(done, delayMs);
    function done(): void {
      cancelOnce();
      resolve();
    }
    function cancelOnce(): void {
      signal?.removeEventListener('abort', onAbort);
    }
    function onAbort(): void {
      cancel();
      done();
    }
    signal?.addEventListener('abort', onAbort);
  });
}
