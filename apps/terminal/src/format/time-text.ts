const twoDigits = (value: number): string => value.toString().padStart(2, '0');

/** Time of day in the user's zone, `08:10:05`. `ts` in Unix milliseconds. */
export function timeOfDay(ts: number): string {
  const date = new Date(ts);
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map(twoDigits).join(':');
}

/** Time that is left, `03:41:12`; never below zero. */
export function countdown(leftMs: number): string {
  const seconds = Math.max(0, Math.ceil(leftMs / 1_000));
  return [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60].map(twoDigits).join(':');
}
