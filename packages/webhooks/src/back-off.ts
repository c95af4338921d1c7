const FIRST_MS = 1_000;
const LONGEST_MS = 3_600_000;
/** A webhook is tried for at least a day before it is given up. */
export const GIVE_UP_AFTER_MS = 24 * 3_600_000 + LONGEST_MS;

/**
 * Wait before the next attempt: it doubles from a second to an hour, less up to half of it at random, so that receivers which
 * failed together are not called together. `random` is in [0, 1).
 */
export function backOffMs(attempts: number, random: number): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempts - 1, 30));
  return Math.ceil(full - (full / 2) * random);
}
