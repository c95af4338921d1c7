import { Core } from '@openvenue/core';
import { priceTicks } from '@openvenue/money';
import { describe, expect, test } from 'vitest';
import { DEFAULT_SYMBOLS } from '../symbols.ts';
import { bundledCandles } from './candles.ts';
import { SECONDS_PER_MINUTE } from './minute-path.ts';
import { bundledReplay, ReplaySource } from './replay-source.ts';

const replay = bundledReplay(DEFAULT_SYMBOLS, 1);
const MINUTES = 1_000;
const LENGTH = MINUTES * SECONDS_PER_MINUTE;

function minuteOf(symbol: string, minute: number, source = replay): number[] {
  return Array.from({ length: SECONDS_PER_MINUTE }, (_, i) => source.priceAt(symbol, minute * SECONDS_PER_MINUTE + i));
}

function candleOf(prices: readonly number[]): object {
  return { open: prices[0], high: Math.max(...prices), low: Math.min(...prices), close: prices.at(-1) };
}

describe.each(DEFAULT_SYMBOLS)('$symbol', (parameters) => {
  const { symbol } = parameters;
  const candles = bundledCandles(parameters);

  test('every candle is reproduced on the way there, and turned around on the way back', () => {
    candles.forEach((candle, minute) => {
      expect(candleOf(minuteOf(symbol, minute))).toEqual(candle);
      const back = candleOf(minuteOf(symbol, 2 * MINUTES - 1 - minute));
      expect(back).toEqual({ ...candle, open: candle.close, close: candle.open });
    });
  });

  test('the loop has no jump: both turns happen at one price, and it repeats exactly', () => {
    expect(replay.priceAt(symbol, LENGTH)).toBe(replay.priceAt(symbol, LENGTH - 1));
    expect(replay.priceAt(symbol, 2 * LENGTH)).toBe(replay.priceAt(symbol, 2 * LENGTH - 1));
    for (const second of [0, 61, LENGTH - 1, LENGTH, 2 * LENGTH - 1])
      expect(replay.priceAt(symbol, second + 14_000 * 2 * LENGTH)).toBe(replay.priceAt(symbol, second));
  });

  test('another seed draws other seconds through the same candles', () => {
    const other = bundledReplay([parameters], 2);
    expect(minuteOf(symbol, 3, other)).not.toEqual(minuteOf(symbol, 3));
    expect(candleOf(minuteOf(symbol, 3, other))).toEqual(candleOf(minuteOf(symbol, 3)));
  });

  test('sources stay within 0.01 % of the replayed price, are fresh, and differ', () => {
    const distinct = new Set<number>();
    for (let second = 0; second < 600; second++) {
      const price = replay.priceAt(symbol, second);
      const quotes = replay.quotesAt(second).find((entry) => entry.symbol === symbol)?.quotes ?? [];
      expect(quotes.map(({ source }) => source)).toEqual(['sim-a', 'sim-b', 'sim-c']);
      for (const quote of quotes) {
        expect(Math.abs(quote.price - price)).toBeLessThanOrEqual(price / 10_000);
        expect(quote.ageMs).toBeGreaterThanOrEqual(0);
        expect(quote.ageMs).toBeLessThan(1_000);
        distinct.add(quote.price - price);
      }
    }
    expect(distinct.size).toBeGreaterThan(1);
  });
});

test('PRC-1: the index a core computes from the quotes is the replayed price itself', () => {
  const core = new Core();
  for (const parameters of DEFAULT_SYMBOLS) core.apply(core.sequence + 1, 0, { type: 'configure-symbol', parameters });
  for (let second = 0; second < 300; second++) {
    core.apply(core.sequence + 1, second * 1_000, { type: 'update-prices', symbols: replay.quotesAt(second) });
    for (const { parameters, index, priceState } of core.exchange.symbols()) {
      expect([index, priceState]).toEqual([replay.priceAt(parameters.symbol, second), 'LIVE']);
    }
  }
});

test('a second has the same quotes whatever was asked before', () => {
  const fresh = bundledReplay(DEFAULT_SYMBOLS, 1);
  const seconds = [1_772_000_123, 5, 1_772_000_124, 59_999, 60_000];
  const before = seconds.map((second) => fresh.quotesAt(second));
  expect(seconds.toReversed().map((second) => replay.quotesAt(second))).toEqual(before.toReversed());
});

test('what it does not have is refused', () => {
  expect(() => replay.priceAt('XYZUSDT', 0)).toThrow('no replay of XYZUSDT');
  for (const second of [-1, 0.5, Number.NaN]) expect(() => replay.priceAt('BTCUSDT', second)).toThrow(RangeError);
  expect(() => new ReplaySource({ tracks: [{ symbol: 'BTCUSDT', candles: [] }], seed: 1 })).toThrow(RangeError);
});

test('one candle alone goes there and back', () => {
  const candle = { open: priceTicks(100), high: priceTicks(120), low: priceTicks(90), close: priceTicks(110) };
  const source = new ReplaySource({ tracks: [{ symbol: 'BTCUSDT', candles: [candle] }], seed: 1 });
  const there = minuteOf('BTCUSDT', 0, source);
  expect(minuteOf('BTCUSDT', 1, source)).toEqual(there.toReversed());
  expect(minuteOf('BTCUSDT', 2, source)).toEqual(there);
});
