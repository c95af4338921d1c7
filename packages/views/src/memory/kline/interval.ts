export const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const WEEK_MS = 7 * DAY_MS;
/** From the last Monday before 1970, at which a UTC week began, to the Thursday that time counts from. */
const MONDAY_TO_EPOCH_MS = 3 * DAY_MS;

/** Lengths of a candle; `1w` begins on Monday and `1M` is a month of the calendar, all in UTC. */
export const CANDLE_INTERVALS = [
  '1m',
  '3m',
  '5m',
  '15m',
  '30m',
  '1h',
  '2h',
  '4h',
  '6h',
  '12h',
  '1d',
  '1w',
  '1M',
] as const;
export type CandleInterval = (typeof CANDLE_INTERVALS)[number];

const LENGTH_MS: Readonly<Record<Exclude<CandleInterval, '1M'>, number>> = {
  '1m': MINUTE_MS,
  '3m': 3 * MINUTE_MS,
  '5m': 5 * MINUTE_MS,
  '15m': 15 * MINUTE_MS,
  '30m': 30 * MINUTE_MS,
  '1h': HOUR_MS,
  '2h': 2 * HOUR_MS,
  '4h': 4 * HOUR_MS,
  '6h': 6 * HOUR_MS,
  '12h': 12 * HOUR_MS,
  '1d': DAY_MS,
  '1w': WEEK_MS,
};

/** When the candle began that holds `timeMs`, in Unix ms. */
export function openingOf(interval: CandleInterval, timeMs: number): number {
  if (interval === '1M') {
    const date = new Date(timeMs);
    return Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
  }
  const length = LENGTH_MS[interval];
  const shift = interval === '1w' ? MONDAY_TO_EPOCH_MS : 0;
  return Math.floor((timeMs + shift) / length) * length - shift;
}

/** The opening `count` candles after an opening, or before it when `count` is negative. */
export function openingAfter(interval: CandleInterval, openMs: number, count = 1): number {
  if (interval !== '1M') return openMs + count * LENGTH_MS[interval];
  const date = new Date(openMs);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + count);
}

/** The first opening at `timeMs` or later. */
export function openingFrom(interval: CandleInterval, timeMs: number): number {
  const openMs = openingOf(interval, timeMs);
  return openMs === timeMs ? openMs : openingAfter(interval, openMs);
}
