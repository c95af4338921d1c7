import type { PriceTicks } from '@openvenue/money';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allCandles, type SequencedTrade, tradedCandles, tradeEvent } from '../../testing/kline/oracle.ts';
import type { Candle } from './candle.ts';
import { CANDLE_INTERVALS, MINUTE_MS, openingOf } from './interval.ts';
import { type CandleSeed, KEPT_MINUTES, MAX_UNSEEDED_TRADES, SymbolCandles, seedRange } from './symbol-candles.ts';

const START_MS = Date.parse('2026-02-25T08:23:35Z');
const DAY_MS = 86_400_000;
const NO_PRICE = 0 as PriceTicks;

const pause = fc.oneof(
  { weight: 40, arbitrary: fc.nat(90_000) },
  { weight: 10, arbitrary: fc.nat(5 * 3_600_000) },
  { weight: 1, arbitrary: fc.nat(9 * DAY_MS) },
);
const step = fc.record({
  pause,
  price: fc.integer({ min: 1, max: 1_000 }),
  quantity: fc.integer({ min: 1, max: 2 ** 40 }),
  trades: fc.boolean(),
});
const start = fc.integer({ min: START_MS, max: START_MS + 400 * DAY_MS });

/** What the history would answer to the question of `askedMs` when it stands at `position`. */
function seedOf(
  trades: readonly SequencedTrade[],
  { askedMs, position }: { readonly askedMs: number; readonly position: number },
): CandleSeed {
  const known = trades.filter(({ sequence }) => sequence <= position).map(({ trade }) => trade);
  const range = seedRange(askedMs);
  return {
    range,
    position,
    previousClose: known.findLast(({ atMs }) => atMs < range.minutesFromMs)?.price ?? NO_PRICE,
    minutes: tradedCandles('1m', known).filter(({ openMs }) => openMs >= range.minutesFromMs),
    days: tradedCandles('1d', known).filter(({ openMs }) => openMs >= range.daysFromMs),
  };
}

const tradesOf = (sequenced: readonly SequencedTrade[]) => sequenced.map(({ trade }) => trade);

/** Every interval from the first complete candle on is that of the oracle. */
function expectAll(candles: SymbolCandles, trades: readonly SequencedTrade[], nowMs: number): void {
  for (const interval of CANDLE_INTERVALS) {
    const expected = allCandles(interval, tradesOf(trades), { nowMs, limit: KEPT_MINUTES + 1 });
    const fromMs = candles.knownFromMs(interval) ?? Number.POSITIVE_INFINITY;
    expect(candles.since(interval, fromMs)).toEqual(expected.filter(({ openMs }) => openMs >= fromMs));
  }
}

describe('a symbol without a past', () => {
  it('has the candles of the oracle in every interval at every time, and each is closed once', () => {
    fc.assert(
      fc.property(start, fc.array(step, { maxLength: 40 }), (startMs, steps) => {
        const candles = new SymbolCandles({ nowMs: startMs, last: NO_PRICE });
        const closed = CANDLE_INTERVALS.map((interval) => {
          const list: Candle[] = [];
          candles.onClosed(interval, (candle) => list.push(candle));
          return { interval, list };
        });
        const trades: SequencedTrade[] = [];
        let nowMs = startMs;
        for (const [sequence, { pause: pauseMs, price, quantity, trades: isTrade }] of steps.entries()) {
          nowMs += pauseMs;
          candles.advance(nowMs);
          if (isTrade) {
            const trade = tradeEvent({ price, quantity, atMs: nowMs });
            trades.push({ sequence, trade });
            candles.traded(trade, sequence);
          }
          for (const interval of CANDLE_INTERVALS) {
            const [current] = allCandles(interval, tradesOf(trades), { nowMs, limit: 1 });
            expect(candles.current(interval)).toEqual(current);
            expect(candles.knownFromMs(interval)).toBeLessThanOrEqual(openingOf(interval, nowMs));
          }
        }
        expectAll(candles, trades, nowMs);
        for (const { interval, list } of closed) {
          const all = allCandles(interval, tradesOf(trades), { nowMs, limit: 100_000 }).slice(0, -1);
          const known = new Map(all.map((candle) => [candle.openMs, candle]));
          expect(list).toEqual(list.map(({ openMs }) => known.get(openMs)));
          expect(list).toEqual(list.toSorted((a, b) => a.openMs - b.openMs));
          for (const { openMs } of list) expect(known.delete(openMs)).toBe(true);
          // What is not told lies in a stretch of more empty candles than minutes are kept.
          expect([...known.values()].filter(({ volume }) => volume > 0n)).toEqual([]);
          if (known.size > 0) expect(all.length).toBeGreaterThan(KEPT_MINUTES);
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe('a symbol with a past', () => {
  it('is complete once it is seeded at any position, and tells nothing wrong before', () => {
    const scenario = fc.record({
      startMs: start,
      before: fc.array(step, { minLength: 1, maxLength: 25 }),
      after: fc.array(step, { maxLength: 25 }),
      askAt: fc.nat(25),
      answerAt: fc.nat(25),
      position: fc.nat(25),
    });
    fc.assert(
      fc.property(scenario, ({ startMs, before, after, askAt, answerAt, position }) => {
        const trades: SequencedTrade[] = [];
        let nowMs = startMs;
        let sequence = 0;
        const act = (each: (typeof before)[number], candles?: SymbolCandles) => {
          nowMs += each.pause;
          sequence++;
          candles?.advance(nowMs);
          if (!each.trades && sequence > 1) return;
          const trade = tradeEvent({ price: each.price, quantity: each.quantity, atMs: nowMs });
          trades.push({ sequence, trade });
          candles?.traded(trade, sequence);
        };
        for (const each of before) act(each);
        const startSequence = sequence;
        const candles = new SymbolCandles({ nowMs, last: trades.at(-1)?.trade.price ?? NO_PRICE });
        const closed = CANDLE_INTERVALS.map((interval) => {
          const list: Candle[] = [];
          candles.onClosed(interval, (candle) => list.push(candle));
          return { interval, list };
        });
        let askedMs = nowMs;
        for (const [n, each] of after.entries()) {
          if (n <= askAt) askedMs = nowMs;
          if (n === Math.max(askAt, answerAt)) {
            const standsAt = Math.min(sequence, Math.max(startSequence + askAt, startSequence + position));
            expect(candles.seed(seedOf(trades, { askedMs, position: standsAt }))).toBe(true);
            expect(candles.isSeeded).toBe(true);
          }
          if (n % 8 === 0) expectAll(candles, trades, nowMs);
          act(each, candles);
        }
        if (!candles.isSeeded) candles.seed(seedOf(trades, { askedMs, position: sequence }));
        expectAll(candles, trades, nowMs);
        for (const { interval, list } of closed) {
          const [current] = allCandles(interval, tradesOf(trades), { nowMs, limit: 1 });
          expect(candles.current(interval)).toEqual(current);
          const all = allCandles(interval, tradesOf(trades), { nowMs, limit: 100_000 });
          const known = new Map(all.map((candle) => [candle.openMs, candle]));
          expect(list).toEqual(list.map(({ openMs }) => known.get(openMs)));
          expect(new Set(list.map(({ openMs }) => openMs)).size).toBe(list.length);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('does not know the candle in which it began, and knows the next ones', () => {
    const candles = new SymbolCandles({ nowMs: START_MS, last: 100 as PriceTicks });
    const closed: Candle[] = [];
    candles.onClosed('1m', (candle) => closed.push(candle));
    expect(candles.knownFromMs('1m')).toBeUndefined();
    expect(candles.current('1m')).toMatchObject({ open: 100, close: 100, volume: 0n });
    candles.traded(tradeEvent({ price: 90, quantity: 1, atMs: START_MS }), 1);
    candles.advance(START_MS + MINUTE_MS);
    expect(closed).toEqual([]);
    expect(candles.knownFromMs('1m')).toBe(openingOf('1m', START_MS + MINUTE_MS));
    expect(candles.knownFromMs('1h')).toBeUndefined();
    candles.advance(START_MS + 2 * MINUTE_MS);
    expect(closed).toEqual([expect.objectContaining({ open: 90, volume: 0n })]);
  });

  it('takes no seed of a time whose later trades are not all kept, and takes the next', () => {
    const candles = new SymbolCandles({ nowMs: START_MS, last: 100 as PriceTicks });
    const trades: SequencedTrade[] = [{ sequence: 0, trade: tradeEvent({ price: 100, quantity: 1, atMs: START_MS }) }];
    for (let sequence = 1; sequence <= MAX_UNSEEDED_TRADES + 1; sequence++) {
      const trade = tradeEvent({ price: 100 + (sequence % 7), quantity: 1, atMs: START_MS });
      trades.push({ sequence, trade });
      candles.traded(trade, sequence);
    }
    const forgotten = MAX_UNSEEDED_TRADES / 2;
    expect(candles.seed(seedOf(trades, { askedMs: START_MS, position: forgotten - 1 }))).toBe(false);
    expect(candles.seed(seedOf(trades, { askedMs: START_MS, position: forgotten }))).toBe(true);
    expect(candles.current('1M')?.volume).toBe(BigInt(MAX_UNSEEDED_TRADES + 2));
  });
});

it('keeps the minutes that it says and no more', () => {
  const candles = new SymbolCandles({ nowMs: START_MS, last: NO_PRICE });
  candles.traded(tradeEvent({ price: 7, quantity: 1, atMs: START_MS }), 1);
  candles.advance(START_MS + (KEPT_MINUTES + 500) * MINUTE_MS);
  expect(candles.since('1m', 0)).toHaveLength(KEPT_MINUTES + 1);
  expect(candles.knownFromMs('1m')).toBe(openingOf('1m', START_MS) + 500 * MINUTE_MS);
  expect(candles.current('1w')?.volume).toBe(1n);
});

it('a trade out of time order is refused', () => {
  const candles = new SymbolCandles({ nowMs: START_MS, last: NO_PRICE });
  expect(() => candles.traded(tradeEvent({ price: 7, quantity: 1, atMs: START_MS - MINUTE_MS }), 1)).toThrow('order');
});
