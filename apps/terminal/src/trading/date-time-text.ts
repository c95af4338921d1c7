import { NO_VALUE } from '../format/decimal-text.ts';
import { timeOfDay } from '../format/time-text.ts';

const twoDigits = (value: number): string => value.toString().padStart(2, '0');

/** Day and time in the user's zone, `11-21 08:10:05`; `--` for a time that is not known. */
export function dateTimeText(ts: number): string {
  if (ts === 0) return NO_VALUE;
  const date = new Date(ts);
  return `${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())} ${timeOfDay(ts)}`;
}
