import { Type } from 'typebox';

/** Date, time and offset; seconds and their fraction may be left out. */
export const ISO_TIME_PATTERN =
  '^(\\d{4}-\\d{2}-\\d{2})T([01]\\d|2[0-3]):([0-5]\\d)(?::([0-5]\\d)(?:\\.(\\d{1,9}))?)?(Z|[+-](?:[01]\\d|2[0-3]):[0-5]\\d)$';

/** Wording of the rule for a time in a request. */
export const ISO_TIME_RULE = 'an ISO 8601 time with its offset such as "2026-03-01T08:00:00Z"';

const ISO_TIME = new RegExp(ISO_TIME_PATTERN, 'u');
const MINUTE_MS = 60_000;

/** Time that a request may name; whether the day exists is for `isoTimeToMs` to say. */
export const isoTime = (description: string) =>
  Type.String({
    maxLength: 35,
    pattern: ISO_TIME_PATTERN,
    description,
    'x-rule': ISO_TIME_RULE,
    examples: ['2026-03-01T08:00:00Z'],
  });

/** Time in a reply, in UTC to the millisecond; empty when it has not come. */
export const isoTimeView = (description: string) =>
  Type.String({
    pattern: '^(\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z)?$',
    description,
    examples: ['2026-03-01T08:00:00.000Z'],
  });

/**
 * Unix milliseconds of an ISO 8601 time, or undefined for a text that is none or a day that does not exist. A part of a
 * millisecond counts as a whole one: with `[startTime, endTime)` over whole milliseconds that selects exactly what the
 * finer bounds would. A time without offset is refused, because it names another moment in every zone.
 */
export function isoTimeToMs(text: string): number | undefined {
  const [, day, hours, minutes, secondsOfMinute = '00', fraction = '', offset] = ISO_TIME.exec(text) ?? [];
  if (day === undefined || offset === undefined) return undefined;
  const wholeMs = Date.parse(`${day}T${hours}:${minutes}:${secondsOfMinute}.000Z`);
  if (Number.isNaN(wholeMs) || new Date(wholeMs).toISOString().slice(0, day.length) !== day) return undefined;
  const fractionMs = Math.ceil(Number(fraction.padEnd(9, '0')) / 1_000_000);
  return wholeMs + fractionMs - offsetMs(offset);
}

function offsetMs(offset: string): number {
  if (offset === 'Z') return 0;
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4, 6));
  return (offset.startsWith('-') ? -minutes : minutes) * MINUTE_MS;
}
