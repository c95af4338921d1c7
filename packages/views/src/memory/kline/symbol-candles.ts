import assert from 'node:assert/strict';
import type { PriceTicks } from '@openvenue/money';
import { type Candle, type CandleTrade, flatCandle, joined, rolledUp, withEmptyCandles, withTrade } from './candle.ts';
import { CANDLE_INTERVALS, type CandleInterval, MINUTE_MS, openingAfter, openingFrom, openingOf } from './interval.ts';

/** Minutes that are kept behind the running one; more than a day, so that a day's candle can be made of them. */
export const KEPT_MINUTES = 2_000;
/** Newest trades that are kept with their sequence while the time before the start is unknown. */
export const MAX_UNSEEDED_TRADES = 10_000;

/** What of the history makes all candles of a time, as openings. */
export interface SeedRange {
  readonly minutesFromMs: number;
  /** The running week's or month's begin, whichever is earlier. */
  readonly daysFromMs: number;
  readonly todayMs: number;
}

/** What the history knows of a symbol's trades, at one position that is not earlier than the time of the range. */
export interface CandleSeed {
  readonly range: SeedRange;
  /** Log sequence up to which all trades are in here. */
  readonly position: number;
  /** Price before `range.minutesFromMs`, 0 for none. */
  readonly previousClose: PriceTicks;
  /** Minutes with trades, oldest first. */
  readonly minutes: readonly Candle[];
  /** Days with trades, oldest first. */
  readonly days: readonly Candle[];
}

/** What to ask the history for at a time. */
export const seedRange = (nowMs: number): SeedRange => ({
  minutesFromMs: openingAfter('1m', openingOf('1m', nowMs), 1 - KEPT_MINUTES),
  daysFromMs: Math.min(openingOf('1w', nowMs), openingOf('1M', nowMs)),
  todayMs: openingOf('1d', nowMs),
});

export interface SymbolCandlesStart {
  readonly nowMs: number;
  /** Price of the last trade before `nowMs`, 0 when there was none. */
  readonly last: PriceTicks;
}

type ClosedListener = (candle: Candle) => void;

/**
 * The candles of one symbol and price type in every interval: the last minutes, and of each longer interval what is over of its running candle.
 * Time is that of the commands, which never goes back, so a candle that is over is final. What a candle of before the start holds is
 * unknown until `seed`: until then such a candle shows what came since, and is not told as closed.
 */
export class SymbolCandles {
  readonly #listeners = new Map<CandleInterval, Set<ClosedListener>>();
  /** Whole minutes before the running one, without gaps, oldest first. */
  #minutes: Candle[] = [];
  /** Undefined before the first trade of all. */
  #running: Candle | undefined;
  /** Of the running candle of an interval the minutes that are over; undefined when it begins with the running minute. */
  #past = new Map<CandleInterval, Candle | undefined>();
  /** The minutes are complete from here on. */
  #keptFromMs: number;
  /** Every running candle is complete that began here or later. */
  #knownFromMs: number;
  #minuteMs: number;
  #revision = 0;
  #unseeded: { readonly sequence: number; readonly trade: CandleTrade }[] | undefined;
  /** Trades up to this sequence are not among the unseeded any more. */
  #forgottenSequence = 0;

  constructor({ nowMs, last }: SymbolCandlesStart) {
    this.#minuteMs = openingOf('1m', nowMs);
    const hasPast = last !== 0;
    this.#keptFromMs = hasPast ? this.#minuteMs + MINUTE_MS : Number.NEGATIVE_INFINITY;
    this.#knownFromMs = this.#keptFromMs;
    if (!hasPast) return;
    this.#unseeded = [];
    this.#begin(last);
  }

  /** Grows with every change of a running candle. */
  get revision(): number {
    return this.#revision;
  }

  /** Whether trades of before the start are missing. */
  get isSeeded(): boolean {
    return this.#unseeded === undefined;
  }

  /** Takes the next trade, of the command at `sequence`. */
  traded(trade: CandleTrade, sequence: number): void {
    this.#unseeded?.push({ sequence, trade });
    if (this.#unseeded !== undefined && this.#unseeded.length > MAX_UNSEEDED_TRADES) {
      this.#forgottenSequence = this.#unseeded.splice(0, MAX_UNSEEDED_TRADES / 2).at(-1)?.sequence ?? 0;
    }
    this.#add(trade);
  }

  /** Ends the candles that are over at `nowMs`. */
  advance(nowMs: number): void {
    const minuteMs = openingOf('1m', nowMs);
    if (minuteMs <= this.#minuteMs) return;
    const running = this.#running;
    if (running === undefined) {
      this.#minuteMs = minuteMs;
      return;
    }
    for (const interval of CANDLE_INTERVALS) this.#advanceInterval(interval, minuteMs);
    const firstEmptyMs = Math.max(running.openMs + MINUTE_MS, minuteMs - KEPT_MINUTES * MINUTE_MS);
    this.#minutes.push(running);
    for (let openMs = firstEmptyMs; openMs < minuteMs; openMs += MINUTE_MS)
      this.#minutes.push(flatCandle(openMs, running.close));
    this.#forgetMinutes();
    this.#minuteMs = minuteMs;
    this.#running = flatCandle(minuteMs, running.close);
    this.#revision++;
  }

  /** The running candle; undefined before the first trade of all. */
  current(interval: CandleInterval): Candle | undefined {
    if (this.#running === undefined) return undefined;
    const past = this.#past.get(interval);
    return past === undefined ? this.#running : joined(past, this.#running);
  }

  /** The first opening from which `since` gives complete candles; undefined when even the running one is not complete. */
  knownFromMs(interval: CandleInterval): number | undefined {
    const runningMs = openingOf(interval, this.#minuteMs);
    const keptMs = Number.isFinite(this.#keptFromMs) ? openingFrom(interval, this.#keptFromMs) : this.#keptFromMs;
    if (keptMs <= runningMs) return keptMs;
    return runningMs >= this.#knownFromMs ? runningMs : undefined;
  }

  /** All candles from an opening on, oldest first, empty ones and the running one included. */
  since(interval: CandleInterval, fromMs: number): Candle[] {
    const current = this.current(interval);
    if (current === undefined) return [];
    const minutes = this.#minutes.filter(({ openMs }) => openMs >= fromMs && openMs < current.openMs);
    const list = rolledUp(interval, minutes);
    if (current.openMs >= fromMs) list.push(current);
    return list;
  }

  /** Calls the listener with every candle of an interval when it is over. Returns the function that ends it. */
  onClosed(interval: CandleInterval, listener: ClosedListener): () => void {
    const listeners = this.#listeners.get(interval) ?? new Set();
    this.#listeners.set(interval, listeners);
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  /**
   * Puts what the history knows before what came since. False when it is too old: the trades after its position are not all kept.
   */
  seed(seed: CandleSeed): boolean {
    const unseeded = this.#unseeded;
    assert(unseeded !== undefined, 'candles are seeded once');
    if (seed.position < this.#forgottenSequence) return false;
    const nowMs = this.#minuteMs;
    this.#unseeded = undefined;
    this.#knownFromMs = Number.POSITIVE_INFINITY;
    this.#startFrom(seed);
    for (const { sequence, trade } of unseeded) if (sequence > seed.position) this.#add(trade);
    this.advance(nowMs);
    this.#knownFromMs = Number.NEGATIVE_INFINITY;
    this.#revision++;
    return true;
  }

  /** The state at the position of a seed, at its last minute with a trade or the begin of its day. */
  #startFrom({ range, previousClose, minutes, days }: CandleSeed): void {
    const { minutesFromMs, todayMs } = range;
    const last = minutes.at(-1);
    const price = last?.close ?? previousClose;
    assert(price !== 0, 'the history has the trades of before the start');
    this.#minuteMs = Math.max(last?.openMs ?? 0, todayMs);
    this.#begin(price);
    if (last?.openMs === this.#minuteMs) this.#running = last;
    this.#keptFromMs = previousClose === 0 ? Number.NEGATIVE_INFINITY : minutesFromMs;
    const stretch = { interval: '1m', fromMs: minutesFromMs, toMs: this.#minuteMs, previousClose } as const;
    this.#minutes = withEmptyCandles(stretch, minutes);
    this.#forgetMinutes();
    const earlierDays = days.filter(({ openMs }) => openMs < todayMs);
    const minutesOfToday = minutes.filter(({ openMs }) => openMs >= todayMs && openMs < this.#minuteMs);
    for (const [interval, past] of this.#past) {
      if (past === undefined) continue;
      const candles = [...earlierDays, ...minutesOfToday].filter(({ openMs }) => openMs >= past.openMs);
      this.#past.set(interval, candles.reduce(joined, past));
    }
  }

  /** Candles that begin with a price and no trade in the running minute. */
  #begin(price: PriceTicks): void {
    this.#running = flatCandle(this.#minuteMs, price);
    for (const interval of CANDLE_INTERVALS) {
      const openMs = openingOf(interval, this.#minuteMs);
      this.#past.set(interval, openMs === this.#minuteMs ? undefined : flatCandle(openMs, price));
    }
  }

  #add(trade: CandleTrade): void {
    this.advance(trade.atMs);
    assert(trade.atMs >= this.#minuteMs, 'trades come in the order of their time');
    if (this.#running === undefined) this.#begin(trade.price);
    this.#running = withTrade(this.#running ?? flatCandle(this.#minuteMs, trade.price), trade);
    this.#revision++;
  }

  #advanceInterval(interval: CandleInterval, minuteMs: number): void {
    const current = this.current(interval);
    assert(current !== undefined, 'candles have begun');
    const openMs = openingOf(interval, minuteMs);
    if (openMs === current.openMs) {
      this.#past.set(interval, current);
      return;
    }
    this.#tellClosed(interval, current, openMs);
    this.#past.set(interval, openMs === minuteMs ? undefined : flatCandle(openMs, current.close));
  }

  /** The candle that is over and the empty ones between it and the new one, as far back as minutes are kept. */
  #tellClosed(interval: CandleInterval, candle: Candle, newOpenMs: number): void {
    const listeners = this.#listeners.get(interval);
    if (listeners === undefined || listeners.size === 0) return;
    const closed = candle.openMs >= this.#knownFromMs ? [candle] : [];
    const oldestMs = openingAfter(interval, newOpenMs, -KEPT_MINUTES);
    let openMs = Math.max(openingAfter(interval, candle.openMs), oldestMs);
    for (; openMs < newOpenMs; openMs = openingAfter(interval, openMs))
      if (openMs >= this.#knownFromMs) closed.push(flatCandle(openMs, candle.close));
    for (const listener of listeners) for (const each of closed) listener(each);
  }

  #forgetMinutes(): void {
    const excess = this.#minutes.length - KEPT_MINUTES;
    if (excess <= 0) return;
    this.#minutes.splice(0, excess);
    this.#keptFromMs = this.#minutes[0]?.openMs ?? this.#keptFromMs;
  }
}
