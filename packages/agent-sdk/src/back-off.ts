import { type Clock, sleep } from './clock.ts';

/** Pause before the second attempt, in milliseconds; it doubles with every further one. */
export const FIRST_PAUSE_MS = 200;
/** Longest pause between two attempts, in milliseconds. */
export const MAX_PAUSE_MS = 5_000;

export interface BackOff {
  /** Waits between half and all of the pause that belongs to `round` (from 0), or until `signal` aborts. */
  pause(round: number, signal?: AbortSignal): Promise<void>;
}

/** Doubling pauses with jitter, so that clients which failed together do not come back together. */
export function createBackOff(clock: Clock, random: (bytes: number) => Uint8Array): BackOff {
  return {
    pause(round, signal) {
      const longestMs = Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(round, 16));
      const fraction = (random(1)[0] ?? 0) / 255;
      return sleep(clock, Math.round((longestMs * (1 + fraction)) / 2), signal);
    },
  };
}
