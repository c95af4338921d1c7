import type { PriceTicks, QuantitySteps } from '@openvenue/money';
import { type CandleInterval, openingAfter, openingOf } from './interval.ts';

/** The trades of one interval, or its index or mark prices. Without any, volume is 0 and all four prices are the close before. */
export interface Candle {
  /** Unix ms; an opening of its interval. */
  readonly openMs: number;
  readonly open: PriceTicks;
  readonly high: PriceTicks;
  readonly low: PriceTicks;
  readonly close: PriceTicks;
  /** In steps; the number of prices for those of index and mark. */
  readonly volume: bigint;
  /** Sum of price x quantity, in ticks x steps. */
  readonly turnover: bigint;
}

/** A trade as candles take it. */
export interface CandleTrade {
  readonly price: PriceTicks;
  /** Above 0. */
  readonly quantity: QuantitySteps;
  readonly atMs: number;
}

/** A candle without trades. */
export const flatCandle = (openMs: number, price: PriceTicks): Candle => ({
  openMs,
  open: price,
  high: price,
  low: price,
  close: price,
  volume: 0n,
  turnover: 0n,
});

/** The candle with one more trade; the first trade sets all prices. */
export function withTrade(candle: Candle, { price, quantity }: Omit<CandleTrade, 'atMs'>): Candle {
  const isFirst = candle.volume === 0n;
  const volume = BigInt(quantity);
  return {
    openMs: candle.openMs,
    open: isFirst ? price : candle.open,
    high: isFirst || price > candle.high ? price : candle.high,
    low: isFirst || price < candle.low ? price : candle.low,
    close: price,
    volume: candle.volume + volume,
    turnover: candle.turnover + volume * BigInt(price),
  };
}

/** Two stretches of one candle as one, with the opening of the earlier. A stretch without trades adds nothing. */
export function joined(earlier: Candle, later: Candle): Candle {
  if (later.volume === 0n) return earlier;
  if (earlier.volume === 0n) return { ...later, openMs: earlier.openMs };
  return {
    openMs: earlier.openMs,
    open: earlier.open,
    high: later.high > earlier.high ? later.high : earlier.high,
    low: later.low < earlier.low ? later.low : earlier.low,
    close: later.close,
    volume: earlier.volume + later.volume,
    turnover: earlier.turnover + later.turnover,
  };
}

/** Candles of a shorter interval, oldest first, as those of a longer one. */
export function rolledUp(interval: CandleInterval, candles: Iterable<Candle>): Candle[] {
  const longer: Candle[] = [];
  for (const candle of candles) {
    const openMs = openingOf(interval, candle.openMs);
    const last = longer.at(-1);
    if (last?.openMs === openMs) longer[longer.length - 1] = joined(last, candle);
    else longer.push(openMs === candle.openMs ? candle : { ...candle, openMs });
  }
  return longer;
}

/** Where candles stood that lack their empty ones. */
export interface Stretch {
  readonly interval: CandleInterval;
  /** First opening. Without a close before it, the stretch begins with the first candle. */
  readonly fromMs: number;
  /** Opening after the last one. */
  readonly toMs: number;
  /** Price before the stretch, 0 for none. */
  readonly previousClose: PriceTicks;
}

/** All candles of a stretch: those that are given, oldest first, and empty ones with the close before in between. */
export function withEmptyCandles(
  { interval, fromMs, toMs, previousClose }: Stretch,
  given: readonly Candle[],
): Candle[] {
  const all: Candle[] = [];
  let close = previousClose;
  let next = 0;
  let openMs = close === 0 ? (given[0]?.openMs ?? toMs) : fromMs;
  for (; openMs < toMs; openMs = openingAfter(interval, openMs)) {
    const candle = given[next]?.openMs === openMs ? given[next++] : undefined;
    all.push(candle ?? flatCandle(openMs, close));
    close = candle?.close ?? close;
  }
  return all;
}
