import assert from 'node:assert/strict';
import type { PriceTicks, QuantitySteps } from '@openvenue/money';
import type { Candle } from '../kline/candle.ts';
import { MINUTE_MS } from '../kline/interval.ts';

/** Minutes of the window, the running one included; also the most buckets that are kept. */
export const WINDOW_MINUTES = 1_440;

const NO_PRICE = 0 as PriceTicks;

export interface WindowTrade {
  readonly price: PriceTicks;
  readonly quantity: QuantitySteps;
  readonly atMs: number;
}

/** What a day of trades comes to; prices 0 before the first trade. */
export interface DayFigures {
  /** The price that held when the window began; the first trade's when there was none. */
  readonly open: PriceTicks;
  readonly high: PriceTicks;
  readonly low: PriceTicks;
  /** In steps. */
  readonly volume: bigint;
  /** Sum of price x quantity, in ticks x steps. */
  readonly turnover: bigint;
}

interface MinuteBucket {
  readonly minute: number;
  readonly open: PriceTicks;
  high: PriceTicks;
  low: PriceTicks;
  close: PriceTicks;
  volume: bigint;
  turnover: bigint;
}

/**
 * Trades of the last 24 hours by whole minutes: the running one and the 1,439 before it. A price holds until the next trade, so the
 * price at the window's begin counts for open, high and low: low <= open <= high always, and a day without trades is flat.
 */
export class DayWindow {
  readonly #buckets: MinuteBucket[] = [];
  #priceBefore = NO_PRICE;
  #volume = 0n;
  #turnover = 0n;

  /** Begins with minutes that are known, oldest first; an empty one gives the price of before the first trade. */
  constructor(minutes: Iterable<Candle> = []) {
    for (const { openMs, ...figures } of minutes) {
      if (figures.volume > 0n) {
        this.#buckets.push({ minute: openMs / MINUTE_MS, ...figures });
        this.#volume += figures.volume;
        this.#turnover += figures.turnover;
      } else if (this.#buckets.length === 0) this.#priceBefore = figures.close;
    }
  }

  add(trade: WindowTrade): void {
    const minute = Math.floor(trade.atMs / MINUTE_MS);
    this.advance(trade.atMs);
    const bucket = this.#bucketOf(minute, trade.price);
    if (trade.price > bucket.high) bucket.high = trade.price;
    if (trade.price < bucket.low) bucket.low = trade.price;
    bucket.close = trade.price;
    const volume = BigInt(trade.quantity);
    const turnover = volume * BigInt(trade.price);
    bucket.volume += volume;
    bucket.turnover += turnover;
    this.#volume += volume;
    this.#turnover += turnover;
  }

  /** Lets go of what is older than the window that ends at `nowMs`. True when the figures may have changed. */
  advance(nowMs: number): boolean {
    const firstMinute = Math.floor(nowMs / MINUTE_MS) - WINDOW_MINUTES + 1;
    let count = 0;
    for (const bucket of this.#buckets) {
      if (bucket.minute >= firstMinute) break;
      this.#volume -= bucket.volume;
      this.#turnover -= bucket.turnover;
      this.#priceBefore = bucket.close;
      count++;
    }
    this.#buckets.splice(0, count);
    return count > 0;
  }

  figures(): DayFigures {
    const open = this.#priceBefore === 0 ? (this.#buckets[0]?.open ?? NO_PRICE) : this.#priceBefore;
    let high = open;
    let low = open;
    for (const bucket of this.#buckets) {
      if (bucket.high > high) high = bucket.high;
      if (bucket.low < low) low = bucket.low;
    }
    return { open, high, low, volume: this.#volume, turnover: this.#turnover };
  }

  #bucketOf(minute: number, price: PriceTicks): MinuteBucket {
    const newest = this.#buckets.at(-1);
    if (newest?.minute === minute) return newest;
    assert(newest === undefined || newest.minute < minute, 'trades come in the order of their time');
    const bucket = { minute, open: price, high: price, low: price, close: price, volume: 0n, turnover: 0n };
    this.#buckets.push(bucket);
    return bucket;
  }
}
