/** Time and timers of a client, so that tests can move them. */
export interface Clock {
  /** Unix time in milliseconds. */
  nowMs(): number;
  /** Runs the task once after `delayMs`. Returns the function that takes it back; calling that late is harmless. */
  setTimer(delayMs: number, task: () => void): () => void;
}

/** Number in `[0, 1)`, such as `Math.random`. */
export type Random = () => number;

/** The clock of the platform. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  setTimer: (delayMs, task) => {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
};
