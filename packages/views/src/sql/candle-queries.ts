import { strict as assert } from 'node:assert';
import type { PriceTicks } from '@openvenue/money';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Candle } from '../memory/kline/candle.ts';
import { type CandleInterval, openingAfter, openingOf } from '../memory/kline/interval.ts';
import type { CandlesName } from '../memory/kline/price-type.ts';
import type { CandleSeed } from '../memory/kline/symbol-candles.ts';
import { fromInt8, toInt8 } from './exact-values.ts';
import { type CandleFilter, type CandleSeedQuestion, MAX_CANDLES, type PastCandles } from './history-queries.ts';
import { readPosition } from './projector.ts';
import { candleOf } from './row-records.ts';
import type { CandleSpan, CandleTable, HistoryDatabase } from './schema.ts';

type CandleRow = Omit<CandleTable, 'symbol' | 'price_type' | 'span'>;

/** The longest kept span that every interval is a whole number of: an answer reads at most five rows a candle, of weeks seven, of months 31. */
const SPAN_OF: Readonly<Record<CandleInterval, CandleSpan>> = {
  '1m': '1m',
  '3m': '1m',
  '5m': '1m',
  '15m': '15m',
  '30m': '15m',
  '1h': '1h',
  '2h': '1h',
  '4h': '1h',
  '6h': '6h',
  '12h': '6h',
  '1d': '1d',
  '1w': '1d',
  '1M': '1d',
};

const NO_PRICE = 0 as PriceTicks;

/** See `HistoryQueries.candles`. */
export async function readCandles(database: Kysely<HistoryDatabase>, filter: CandleFilter): Promise<PastCandles> {
  const { symbol, priceType, interval, fromMs, toMs, limit } = filter;
  const name = { symbol, priceType };
  assert(Number.isSafeInteger(limit) && limit >= 1 && limit <= MAX_CANDLES, `limit out of range: ${limit}`);
  assert(openingOf(interval, fromMs) === fromMs, `no opening of ${interval}: ${fromMs}`);
  const previousClose = await closeBefore(database, name, fromMs);
  const firstMs = previousClose === NO_PRICE ? await firstOpening(database, { ...name, fromMs, toMs }) : fromMs;
  if (firstMs === undefined) return { previousClose, candles: [] };
  const endMs = Math.min(toMs, openingAfter(interval, openingOf(interval, firstMs), limit));
  return { previousClose, candles: await readRolledUp(database, { ...name, interval, fromMs, toMs: endMs }) };
}

/** See `HistoryQueries.candleSeed`. */
export async function readCandleSeed(
  database: Kysely<HistoryDatabase>,
  { symbol, priceType, range }: CandleSeedQuestion,
): Promise<CandleSeed> {
  const name = { symbol, priceType };
  const all = { ...name, toMs: Number.MAX_SAFE_INTEGER };
  return {
    range,
    position: await readPosition(database),
    previousClose: await closeBefore(database, name, range.minutesFromMs),
    minutes: await readRolledUp(database, { ...all, interval: '1m', fromMs: range.minutesFromMs }),
    days: await readRolledUp(database, { ...all, interval: '1d', fromMs: range.daysFromMs }),
  };
}

interface Range extends CandlesName {
  readonly fromMs: number;
  readonly toMs: number;
}

const isOf = ({ symbol, priceType }: CandlesName, span: CandleSpan): RawBuilder<unknown> =>
  sql`symbol = ${symbol} and price_type = ${priceType} and span = ${span}`;

async function readRolledUp(
  database: Kysely<HistoryDatabase>,
  { interval, fromMs, toMs, ...name }: Range & { readonly interval: CandleInterval },
): Promise<readonly Candle[]> {
  const { rows } = await sql<CandleRow>`
    select bucket_ms as open_ms,
      (array_agg(open_ticks order by open_ms))[1] as open_ticks,
      max(high_ticks) as high_ticks,
      min(low_ticks) as low_ticks,
      (array_agg(close_ticks order by open_ms desc))[1] as close_ticks,
      sum(volume_steps) as volume_steps,
      sum(turnover_tick_steps) as turnover_tick_steps
    from (
      select *, ${openingSql(interval)} as bucket_ms from candle
      where ${isOf(name, SPAN_OF[interval])} and open_ms >= ${toInt8(fromMs)} and open_ms < ${toInt8(toMs)}
    ) as kept
    group by bucket_ms order by bucket_ms`.execute(database);
  return rows.map(candleOf);
}

/** `openingOf` of the column `open_ms`. */
function openingSql(interval: CandleInterval): RawBuilder<unknown> {
  if (interval === '1M') {
    return sql`(extract(epoch from date_trunc('month', to_timestamp(open_ms / 1000.0) at time zone 'UTC')) * 1000)::int8`;
  }
  const length = sql.lit(openingAfter(interval, 0));
  const shift = sql.lit(-openingOf(interval, 0));
  return sql`open_ms - (open_ms + ${shift}) % ${length}`;
}

async function closeBefore(database: Kysely<HistoryDatabase>, name: CandlesName, timeMs: number): Promise<PriceTicks> {
  const { rows } = await sql<Pick<CandleTable, 'close_ticks'>>`
    select close_ticks from candle where ${isOf(name, '1m')} and open_ms < ${toInt8(timeMs)}
    order by open_ms desc limit 1`.execute(database);
  return fromInt8(rows[0]?.close_ticks ?? 0n) as PriceTicks;
}

async function firstOpening(
  database: Kysely<HistoryDatabase>,
  { fromMs, toMs, ...name }: Range,
): Promise<number | undefined> {
  const { rows } = await sql<Pick<CandleTable, 'open_ms'>>`
    select open_ms from candle
    where ${isOf(name, '1m')} and open_ms >= ${toInt8(fromMs)} and open_ms < ${toInt8(toMs)}
    order by open_ms limit 1`.execute(database);
  const first = rows[0]?.open_ms;
  return first === undefined ? undefined : fromInt8(first);
}
