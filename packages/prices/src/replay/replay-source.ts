import type { SourceQuote } from '@openvenue/core';
import { type PriceTicks, priceTicks } from '@openvenue/money';
import type { PriceSource, SymbolQuotes } from '../price-source.ts';
import { keyOf, mix, Random } from '../random.ts';
import { bundledCandles, type Candle, type PriceGrid } from './candles.ts';
import { minutePath, SECONDS_PER_MINUTE } from './minute-path.ts';

/** The simulated sources and their weights; those of the second and third add up to that of the first. */
const SOURCES = [
  { source: 'sim-a', weight: 2 },
  { source: 'sim-b', weight: 1 },
  { source: 'sim-c', weight: 1 },
] as const;
/** A source is at most this part of the price off the replayed one: 0.01 %. */
const OFFSET_DIVISOR = 10_000;
const MAX_AGE_MS = 400;

/** One symbol's candles; at least one. */
export interface ReplayTrack {
  readonly symbol: string;
  readonly candles: readonly Candle[];
}

/**
 * Replays recorded minutes as prices by the second, endlessly: through the candles, then the same way back, so that both turns
 * happen at one price and nothing jumps. Price and quotes are a pure function of the second and the seed; a minute of the
 * clock is always a whole candle, and a venue that starts again goes on where its clock is.
 */
export class ReplaySource implements PriceSource {
  readonly #tracks: ReadonlyMap<string, Track>;
  readonly #seed: number;

  constructor(options: { readonly tracks: readonly ReplayTrack[]; readonly seed: number }) {
    this.#seed = options.seed;
    this.#tracks = new Map(options.tracks.map((track) => [track.symbol, new Track(track, options.seed)]));
  }

  /** The replayed price. @throws RangeError for a symbol it does not have, and for a second that is no whole number >= 0 */
  priceAt(symbol: string, second: number): PriceTicks {
    if (!Number.isSafeInteger(second) || second < 0) throw new RangeError(`not a second: ${second}`);
    const track = this.#tracks.get(symbol);
    if (track === undefined) throw new RangeError(`no replay of ${symbol}`);
    return priceTicks(track.priceAt(second));
  }

  /** Three sources a symbol, whose deviations cancel out by weight: the index is the replayed price itself. */
  quotesAt(second: number): readonly SymbolQuotes[] {
    return [...this.#tracks.keys()].map((symbol) => {
      const price = this.priceAt(symbol, second);
      const random = new Random([this.#seed, keyOf(symbol), mix([second, 1])]);
      const offsets = balancedOffsets(Math.floor(price / OFFSET_DIVISOR), random);
      const quotes: SourceQuote[] = SOURCES.map(({ source, weight }, i) => ({
        source,
        price: priceTicks(price + (offsets[i] as number)),
        ageMs: random.integer(0, MAX_AGE_MS),
        weight,
      }));
      return { symbol, quotes };
    });
  }
}

/** Offsets of at most `most` ticks each, whose sum by the weights 2, 1, 1 is 0. */
function balancedOffsets(most: number, random: Random): readonly [number, number, number] {
  const third = Math.floor(most / 3);
  const first = random.integer(-third, third);
  const room = most - 2 * Math.abs(first);
  const second = random.integer(-room, room);
  return [first, second, 0 - 2 * first - second];
}

/** The bundled candles of these symbols. @throws RangeError when there are none of one */
export function bundledReplay(grids: readonly PriceGrid[], seed: number): ReplaySource {
  return new ReplaySource({
    tracks: grids.map((grid) => ({ symbol: grid.symbol, candles: bundledCandles(grid) })),
    seed,
  });
}

/** One symbol's candles, unrolled a minute at a time; the minute drawn last is kept, the clock asks for it again and again. */
class Track {
  readonly #candles: readonly Candle[];
  readonly #keys: readonly [number, number];
  #drawn: { readonly minute: number; readonly path: readonly number[] } | undefined;

  constructor(track: ReplayTrack, seed: number) {
    if (track.candles.length === 0) throw new RangeError(`no candles of ${track.symbol}`);
    this.#candles = track.candles;
    this.#keys = [seed, keyOf(track.symbol)];
  }

  priceAt(second: number): number {
    const length = this.#candles.length * SECONDS_PER_MINUTE;
    const turn = second % (2 * length);
    const position = turn < length ? turn : 2 * length - 1 - turn;
    const path = this.#path(Math.floor(position / SECONDS_PER_MINUTE));
    return path[position % SECONDS_PER_MINUTE] as number;
  }

  #path(minute: number): readonly number[] {
    if (this.#drawn?.minute !== minute) {
      const path = minutePath(this.#candles[minute] as Candle, new Random([...this.#keys, minute]));
      this.#drawn = { minute, path };
    }
    return this.#drawn.path;
  }
}
