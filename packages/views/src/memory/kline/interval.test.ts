import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CANDLE_INTERVALS, openingAfter, openingFrom, openingOf } from './interval.ts';

const at = (text: string): number => Date.parse(text);

it.each([
  ['1m', '2026-02-25T08:23:35.999Z', '2026-02-25T08:23:00Z'],
  ['3m', '2026-02-25T08:23:35Z', '2026-02-25T08:21:00Z'],
  ['5m', '2026-02-25T08:23:35Z', '2026-02-25T08:20:00Z'],
  ['15m', '2026-02-25T08:23:35Z', '2026-02-25T08:15:00Z'],
  ['30m', '2026-02-25T08:43:35Z', '2026-02-25T08:30:00Z'],
  ['1h', '2026-02-25T08:59:59.999Z', '2026-02-25T08:00:00Z'],
  ['2h', '2026-02-25T09:00:00Z', '2026-02-25T08:00:00Z'],
  ['4h', '2026-02-25T11:00:00Z', '2026-02-25T08:00:00Z'],
  ['6h', '2026-02-25T11:00:00Z', '2026-02-25T06:00:00Z'],
  ['12h', '2026-02-25T12:00:00Z', '2026-02-25T12:00:00Z'],
  ['1d', '2026-02-25T23:59:59Z', '2026-02-25T00:00:00Z'],
  ['1w', '2026-03-01T23:59:59.999Z', '2026-02-23T00:00:00Z'],
  ['1w', '2026-03-02T00:00:00Z', '2026-03-02T00:00:00Z'],
  ['1M', '2028-02-29T12:00:00Z', '2028-02-01T00:00:00Z'],
  ['1M', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z'],
] as const)('%s: %s lies in the candle of %s', (interval, time, opening) => {
  expect(new Date(openingOf(interval, at(time))).toISOString()).toBe(new Date(opening).toISOString());
});

it.each([
  ['1m', 3, '2026-02-25T00:03:00Z'],
  ['1w', -1, '2026-02-18T00:00:00Z'],
] as const)('%s: %i candles further', (interval, count, expected) => {
  expect(openingAfter(interval, at('2026-02-25T00:00:00Z'), count)).toBe(at(expected));
});

it('months have the lengths of the calendar', () => {
  expect(openingAfter('1M', at('2024-02-01'))).toBe(at('2024-03-01'));
  expect(openingAfter('1M', at('2025-11-01'), 3)).toBe(at('2026-02-01'));
  expect(openingAfter('1M', at('2026-02-01'), -14)).toBe(at('2024-12-01'));
});

it('every time lies in exactly one candle of each interval', () => {
  fc.assert(
    fc.property(fc.constantFrom(...CANDLE_INTERVALS), fc.nat(4_102_444_800_000), (interval, timeMs) => {
      const openMs = openingOf(interval, timeMs);
      const nextMs = openingAfter(interval, openMs);
      expect(openMs).toBeLessThanOrEqual(timeMs);
      expect(nextMs).toBeGreaterThan(timeMs);
      expect(openingOf(interval, openMs)).toBe(openMs);
      expect(openingOf(interval, nextMs - 1)).toBe(openMs);
      expect(openingAfter(interval, nextMs, -1)).toBe(openMs);
      expect(openingFrom(interval, timeMs)).toBe(openMs === timeMs ? openMs : nextMs);
    }),
  );
});
