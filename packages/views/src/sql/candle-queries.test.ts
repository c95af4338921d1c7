import type { PriceTicks } from '@openvenue/money';
import fc from 'fast-check';
import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { withEmptyCandles } from '../memory/kline/candle.ts';
import { CANDLE_INTERVALS, openingAfter, openingOf } from '../memory/kline/interval.ts';
import { seedRange } from '../memory/kline/symbol-candles.ts';
import { allCandles, tradedCandles, tradeEvent } from '../testing/kline/oracle.ts';
import { emptyHistory, openMemoryDatabase } from '../testing/sql/memory-database.ts';
import { MAX_CANDLES } from './history-queries.ts';
import { Projector } from './projector.ts';
import type { HistoryDatabase } from './schema.ts';
import { SqlHistoryQueries } from './sql-history-queries.ts';

const START_MS = Date.parse('2026-01-28T23:50:00Z');
const DAY_MS = 86_400_000;
const SYMBOL = 'BTCUSDT';
const TRADES = { symbol: SYMBOL, priceType: 'trade' } as const;
const NO_PRICE = 0 as PriceTicks;

let database: Kysely<HistoryDatabase>;
let queries: SqlHistoryQueries;
beforeAll(async () => {
  database = await openMemoryDatabase();
  queries = new SqlHistoryQueries(database);
});
beforeEach(() => emptyHistory(database));
afterAll(() => database.destroy());

const step = fc.record({
  pause: fc.oneof(
    { weight: 30, arbitrary: fc.nat(90_000) },
    { weight: 5, arbitrary: fc.nat(5 * 3_600_000) },
    { weight: 1, arbitrary: fc.nat(20 * DAY_MS) },
  ),
  price: fc.integer({ min: 1, max: 1_000 }),
  quantity: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
  isOther: fc.nat(4).map((n) => n === 0),
});
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

function tradesOf(steps: readonly Step[]) {
  let atMs = START_MS;
  return steps.map(({ pause, price, quantity, isOther }) => {
    atMs += pause;
    return tradeEvent({ price, quantity, atMs, symbol: isOther ? 'ETHUSDT' : SYMBOL });
  });
}

/** Nobody's orders are kept, three trades a command, in transactions of `batchSize` commands. */
async function project(trades: ReturnType<typeof tradesOf>, batchSize: number): Promise<number> {
  await emptyHistory(database);
  const projector = new Projector({ database, keep: () => false, agentOf: () => 0 });
  const commands = Array.from({ length: Math.ceil(trades.length / 3) }, (_, n) => {
    const events = trades.slice(3 * n, 3 * n + 3);
    return { sequence: n + 1, timeMs: events[0]?.atMs ?? 0, events };
  });
  for (let from = 0; from < commands.length; from += batchSize)
    await projector.project(commands.slice(from, from + batchSize));
  return commands.length;
}

test('candles of every interval and stretch are those of the oracle, however the trades came in', async () => {
  const scenario = fc.record({
    steps: fc.array(step, { minLength: 1, maxLength: 40 }),
    batchSize: fc.integer({ min: 1, max: 5 }),
    from: fc.nat(60),
    count: fc.integer({ min: 1, max: 90 }),
    limit: fc.integer({ min: 1, max: 60 }),
  });
  await fc.assert(
    fc.asyncProperty(scenario, async ({ steps, batchSize, from, count, limit }) => {
      const all = tradesOf(steps);
      await project(all, batchSize);
      const trades = all.filter(({ symbol }) => symbol === SYMBOL);
      for (const interval of CANDLE_INTERVALS) {
        const fromMs = openingAfter(interval, openingOf(interval, START_MS), from - 20);
        const toMs = openingAfter(interval, fromMs, count);
        const answer = await queries.candles({ ...TRADES, interval, fromMs, toMs, limit });
        const before = trades.findLast(({ atMs }) => atMs < fromMs);
        expect(answer.previousClose).toBe(before?.price ?? NO_PRICE);
        const inside = tradedCandles(interval, trades).filter(({ openMs }) => openMs >= fromMs && openMs < toMs);
        const firstMs = before === undefined ? (inside[0]?.openMs ?? toMs) : fromMs;
        const endMs = openingAfter(interval, firstMs, limit);
        expect(answer.candles).toEqual(inside.filter(({ openMs }) => openMs < endMs));
        const stretch = { interval, fromMs, toMs, previousClose: answer.previousClose };
        const expected = allCandles(interval, trades, { nowMs: toMs - 1, limit: count });
        expect(withEmptyCandles(stretch, answer.candles).slice(0, limit)).toEqual(expected.slice(0, limit));
      }
    }),
    { numRuns: 25 },
  );
}, 60_000);

test('a seed is the minutes and days of one position', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 40 }), async (steps) => {
      const all = tradesOf(steps);
      const position = await project(all, 2);
      const trades = all.filter(({ symbol }) => symbol === SYMBOL);
      const range = seedRange(all.at(-1)?.atMs ?? 0);
      expect(await queries.candleSeed({ ...TRADES, range })).toEqual({
        range,
        position,
        previousClose: trades.findLast(({ atMs }) => atMs < range.minutesFromMs)?.price ?? NO_PRICE,
        minutes: tradedCandles('1m', trades).filter(({ openMs }) => openMs >= range.minutesFromMs),
        days: tradedCandles('1d', trades).filter(({ openMs }) => openMs >= range.daysFromMs),
      });
    }),
    { numRuns: 15 },
  );
}, 60_000);

test('a stretch outside the limits is the caller’s error', async () => {
  const filter = { ...TRADES, interval: '1h', fromMs: 0, toMs: DAY_MS, limit: 1 } as const;
  for (const wrong of [{ limit: 0 }, { limit: MAX_CANDLES + 1 }, { limit: 0.5 }])
    await expect(queries.candles({ ...filter, ...wrong })).rejects.toThrow('out of range');
  await expect(queries.candles({ ...filter, fromMs: 1 })).rejects.toThrow('no opening');
  expect(await queries.candles({ ...filter, limit: MAX_CANDLES })).toEqual({ previousClose: 0, candles: [] });
});

test('a stretch comes from the key', async () => {
  await sql`set enable_seqscan = off`.execute(database);
  const plan = await sql<{ 'QUERY PLAN': string }>`explain select close_ticks from candle
    where symbol = ${SYMBOL} and price_type = 'trade' and span = '1m' and open_ms < 5 order by open_ms desc limit 1`.execute(
    database,
  );
  await sql`set enable_seqscan = on`.execute(database);
  const text = plan.rows.map((row) => row['QUERY PLAN']).join('\n');
  expect(text).toContain('candle_pkey');
  expect(text).not.toContain('Sort');
});

test('index and mark have candles of their own, whose volume is the number of prices', async () => {
  const projector = new Projector({ database, keep: () => false, agentOf: () => 0 });
  const prices = [
    [0, 100, 101],
    [1_000, 104, 99],
    [200_000, 90, 95],
  ] as const;
  const commands = prices.map(([afterMs, index, mark], n) => {
    const atMs = START_MS + afterMs;
    const event = {
      type: 'prices-updated',
      symbol: SYMBOL,
      index: index as PriceTicks,
      mark: mark as PriceTicks,
      state: 'LIVE',
      atMs,
    } as const;
    const events = [event, ...(n === 0 ? [tradeEvent({ price: 7, quantity: 5, atMs })] : [])];
    return { sequence: n + 1, timeMs: atMs, events };
  });
  for (const command of commands) await projector.project([command]);
  const candles = async (priceType: 'trade' | 'index' | 'mark', fromMs = START_MS) => {
    const filter = { symbol: SYMBOL, priceType, interval: '1m', fromMs, toMs: START_MS + DAY_MS, limit: 10 } as const;
    return (await queries.candles(filter)).candles.map(({ openMs, open, high, low, close, volume }) => [
      (openMs - START_MS) / 60_000,
      open,
      high,
      low,
      close,
      volume,
    ]);
  };
  expect(await candles('index')).toEqual([
    [0, 100, 104, 100, 104, 2n],
    [3, 90, 90, 90, 90, 1n],
  ]);
  expect(await candles('mark')).toEqual([
    [0, 101, 101, 99, 99, 2n],
    [3, 95, 95, 95, 95, 1n],
  ]);
  expect(await candles('trade')).toEqual([[0, 7, 7, 7, 7, 5n]]);
  const range = seedRange(START_MS + 200_000);
  const seeds = await Promise.all(
    (['trade', 'index', 'mark'] as const).map((priceType) => queries.candleSeed({ symbol: SYMBOL, priceType, range })),
  );
  expect(seeds.map(({ days }) => days.at(-1)?.close)).toEqual([7, 90, 95]);
});
