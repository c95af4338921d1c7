import { KLINES_LIMIT_DEFAULT, type KlinePriceType, operations } from '@openvenue/contract';
import {
  type Candle,
  type CandleInterval,
  type CandlePriceType,
  type CandlesName,
  openingAfter,
  openingFrom,
  type SymbolCandles,
  withEmptyCandles,
} from '@openvenue/views';
import { type Answer, answer } from '../../failure.ts';
import { publicEndpoint } from '../../http/endpoint.ts';
import { klineView } from '../../mapping/kline.ts';
import type { Venue } from '../../venue.ts';
import { askHistory } from '../history.ts';
import { readSymbol } from '../known-symbol.ts';

export const getKlines = publicEndpoint(operations.getKlines, async (venue, { query }) => {
  const { symbol, interval } = query;
  const priceType = query.priceType === undefined ? 'trade' : PRICE_TYPE_OF[query.priceType];
  const known = readSymbol(venue, symbol);
  if (!known.ok) return known;
  const live = venue.market.candles(symbol, priceType);
  const stretch = live === undefined ? undefined : stretchOf(query, live);
  if (live === undefined || stretch === undefined) return answer({ list: [] });
  const candles = await readStretch(venue, { symbol, priceType, interval, live, stretch });
  if (!candles.ok) return candles;
  const { data } = candles;
  const shown = priceType === 'trade' ? data : data.map((candle) => ({ ...candle, volume: NOTHING_TRADED }));
  return answer({ list: shown.map((candle) => klineView(candle, interval, known.parameters)) });
});

const PRICE_TYPE_OF: Readonly<Record<KlinePriceType, CandlePriceType>> = { indexPrice: 'index', markPrice: 'mark' };

/** The volume of candles of index and mark counts prices, which is nobody's concern. */
const NOTHING_TRADED = 0n;

/** Openings from `fromMs` up to but not including `toMs`; of more than `limit` the oldest, or the newest. */
interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
  readonly limit: number;
  readonly keep: 'oldest' | 'newest';
}

/** What a query asks for, no later than the running candle; undefined when that is nothing. */
function stretchOf(
  query: {
    readonly interval: CandleInterval;
    readonly startTime?: number;
    readonly endTime?: number;
    readonly limit?: number;
  },
  live: SymbolCandles,
): Stretch | undefined {
  const { interval, startTime, endTime, limit = KLINES_LIMIT_DEFAULT } = query;
  const current = live.current(interval);
  if (current === undefined) return undefined;
  const endMs = openingAfter(interval, current.openMs);
  const toMs = endTime === undefined || endTime >= endMs ? endMs : openingFrom(interval, endTime);
  if (startTime !== undefined && startTime >= toMs) return undefined;
  return startTime === undefined
    ? { fromMs: openingAfter(interval, toMs, -limit), toMs, limit, keep: 'newest' }
    : { fromMs: openingFrom(interval, startTime), toMs, limit, keep: 'oldest' };
}

/** Memory answers what it has completely, the history what is before. What is in memory is read first: it does not wait. */
async function readStretch(
  venue: Venue,
  {
    symbol,
    priceType,
    interval,
    live,
    stretch,
  }: KlineName & { readonly live: SymbolCandles; readonly stretch: Stretch },
): Promise<Answer<readonly Candle[]>> {
  const { fromMs, toMs, limit, keep } = stretch;
  const liveFromMs = live.knownFromMs(interval) ?? toMs;
  const recent = live.since(interval, Math.max(fromMs, liveFromMs)).filter(({ openMs }) => openMs < toMs);
  const cut = (list: readonly Candle[]) => answer(keep === 'oldest' ? list.slice(0, limit) : list.slice(-limit));
  if (fromMs >= liveFromMs) return cut(recent);
  const past = { interval, fromMs, toMs: Math.min(toMs, liveFromMs) };
  const filter = { symbol, priceType, ...past, limit, atLeastSequence: venue.node.core.sequence };
  const asked = await askHistory(venue.history.candles(filter));
  if (!asked.ok) return asked;
  const { previousClose, candles } = asked.value;
  return cut([...withEmptyCandles({ ...past, previousClose }, candles), ...recent]);
}

interface KlineName extends CandlesName {
  readonly interval: CandleInterval;
}
