import { Core } from '@openvenue/core';
import { BTC, SeededRandom, TestVenue } from '@openvenue/core/testing';
import type { Kysely } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { HistoryLaggingError } from '../../sql/history-errors.ts';
import type { HistoryQueries } from '../../sql/history-queries.ts';
import { Projector } from '../../sql/projector.ts';
import type { HistoryDatabase } from '../../sql/schema.ts';
import { SqlHistoryQueries } from '../../sql/sql-history-queries.ts';
import type { LoggedCommand } from '../../sql/worker/history-source.ts';
import { emptyHistory, openMemoryDatabase } from '../../testing/sql/memory-database.ts';
import type { CommittedEvents } from '../committed-events.ts';
import { MemoryViews } from '../memory-views.ts';
import { CANDLE_INTERVALS } from './interval.ts';
import { CANDLE_PRICE_TYPES } from './price-type.ts';
import { seedCandles } from './seed-candles.ts';

const SYMBOL = 'BTCUSDT';
const ALL = CANDLE_PRICE_TYPES.map((priceType) => ({ symbol: SYMBOL, priceType }));
const RESTART_AT = 150;
const NEVER = new AbortController().signal;

/** Two traders over some days: a price and an order a turn, and often a trade. */
function journalOfDays(): readonly LoggedCommand[] {
  const venue = new TestVenue([BTC]);
  const random = new SeededRandom(3);
  venue.price('60000');
  const users = [venue.user('1000000'), venue.user('1000000')];
  for (let turn = 0; turn < 120; turn++) {
    venue.timeMs += random.chance(1, 20) ? 30_000_000 : 20_000;
    venue.price(String(60_000 + random.integer(-3, 3)));
    const price = String(random.integer(59_998, 60_002));
    const side = random.pick(['BUY', 'SELL'] as const);
    venue.place(random.pick(users), { side, price, quantity: `0.00${random.integer(1, 9)}` });
  }
  return venue.journal;
}

const JOURNAL = journalOfDays();

let database: Kysely<HistoryDatabase>;
let projector: Projector;
beforeAll(async () => {
  database = await openMemoryDatabase();
  projector = new Projector({ database, keep: () => true, agentOf: () => 0 });
});
beforeEach(() => emptyHistory(database));
afterAll(() => database.destroy());

/** A venue that ran through, and one whose views began at the restart. */
function venues() {
  const core = new Core();
  const committed: CommittedEvents[] = JOURNAL.slice(0, 1).map((first) => run(core, first));
  const through = new MemoryViews(core);
  for (const each of JOURNAL.slice(1, RESTART_AT)) committed.push(run(core, each));
  through.apply(committed.slice(1));
  const restarted = new MemoryViews(Core.restore(core.snapshot()));
  const later = JOURNAL.slice(RESTART_AT).map((each) => run(core, each));
  return { through, restarted, committed, later };
}

function run(core: Core, { sequence, timeMs, command }: LoggedCommand): CommittedEvents {
  return { sequence, timeMs, events: core.apply(sequence, timeMs, command).events };
}

function expectEqual(restarted: MemoryViews, through: MemoryViews): void {
  for (const priceType of CANDLE_PRICE_TYPES) {
    const [ours, theirs] = [restarted.candles(SYMBOL, priceType), through.candles(SYMBOL, priceType)];
    expect(theirs?.current('1M')?.volume).toBeGreaterThan(0n);
    for (const interval of CANDLE_INTERVALS) {
      const fromMs = ours?.knownFromMs(interval) ?? Number.POSITIVE_INFINITY;
      expect(ours?.current(interval)).toEqual(theirs?.current(interval));
      expect(ours?.since(interval, fromMs)).toEqual(theirs?.since(interval, fromMs));
    }
  }
  const { open, high, low, volume, turnover } = through.ticker(SYMBOL) ?? {};
  expect(volume).toBeGreaterThan(0n);
  expect(restarted.ticker(SYMBOL)).toMatchObject({ open, high, low, volume, turnover });
}

test('after a restart candles and the ticker’s day are what they were, and go on', async () => {
  const { through, restarted, committed, later } = venues();
  await projector.project(committed);
  expect(restarted.unseededCandles()).toEqual(ALL);
  await seedCandles({ views: restarted, history: new SqlHistoryQueries(database), signal: NEVER });
  expect(restarted.unseededCandles()).toEqual([]);
  expectEqual(restarted, through);
  through.apply(later);
  restarted.apply(later);
  expectEqual(restarted, through);
});

test('a history that lags is asked again, and what came meanwhile counts once', async () => {
  const { through, restarted, committed, later } = venues();
  await projector.project(committed);
  const sqlQueries = new SqlHistoryQueries(database);
  let asked = 0;
  const history: Pick<HistoryQueries, 'candleSeed'> = {
    candleSeed: async (question) => {
      asked++;
      const some = later.slice(20 * (asked - 1), 20 * asked);
      through.apply(some);
      restarted.apply(some);
      if (asked < 3) throw new HistoryLaggingError(0, 1);
      await projector.project(later.slice(0, 20 * asked - 10));
      return sqlQueries.candleSeed(question);
    },
  };
  await seedCandles({ views: restarted, history, signal: NEVER, retryDelayMs: 1 });
  expect(asked).toBe(2 + ALL.length);
  expectEqual(restarted, through);
});

test('ends with the signal, and with an error that does not pass', async () => {
  const { restarted } = venues();
  const ending = new AbortController();
  const lagging = {
    candleSeed: async () => {
      ending.abort();
      throw new HistoryLaggingError(0, 1);
    },
  };
  await seedCandles({ views: restarted, history: lagging, signal: ending.signal, retryDelayMs: 600_000 });
  expect(restarted.unseededCandles()).toEqual(ALL);
  const failing = { candleSeed: () => Promise.reject(new Error('no such table')) };
  await expect(seedCandles({ views: restarted, history: failing, signal: NEVER })).rejects.toThrow('no such table');
});
