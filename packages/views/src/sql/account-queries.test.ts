import { Core } from '@openvenue/core';
import { SeededRandom, tightCommand, tightMarket } from '@openvenue/core/testing';
import { money } from '@openvenue/money';
import fc from 'fast-check';
import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openingOf } from '../memory/kline/interval.ts';
import { emptyHistory, openMemoryDatabase } from '../testing/sql/memory-database.ts';
import { booked, fillRecord, ledgerEntry, orderRecord, orderUpdated } from '../testing/sql/records.ts';
import { type AccountFlow, MAX_LEADERS, MAX_RANKED } from './history-queries.ts';
import { firstLeaderDay, LEADERBOARD_DAYS } from './leader-sums.ts';
import { type ProjectedCommand, Projector } from './projector.ts';
import { FLOW_SPANS, type HistoryDatabase } from './schema.ts';
import { SqlHistoryQueries } from './sql-history-queries.ts';
import { tableDigest } from './table-digest.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const START_MS = Date.parse('2026-02-25T22:30:00Z');
const START_DAY_MS = openingOf('1d', START_MS);

let database: Kysely<HistoryDatabase>;
let queries: SqlHistoryQueries;
beforeAll(async () => {
  database = await openMemoryDatabase();
  queries = new SqlHistoryQueries(database);
});
beforeEach(() => emptyHistory(database));
afterAll(() => database.destroy());

const KINDS = [
  'TRANSFER_IN',
  'TRANSFER_OUT',
  'REALIZED_PNL',
  'ADL',
  'HANDLING_FEE',
  'FUNDING_FEE',
  'INSURANCE',
] as const;
const happening = fc.record({
  pauseMs: fc.oneof({ weight: 6, arbitrary: fc.nat(HOUR_MS) }, { weight: 1, arbitrary: fc.nat(3 * DAY_MS) }),
  userId: fc.integer({ min: 1, max: 3 }),
  kind: fc.constantFrom('FILL' as const, ...KINDS),
  amount: fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }),
});
type Happening = typeof happening extends fc.Arbitrary<infer Value> ? Value : never;
interface Timed extends Omit<Happening, 'pauseMs'> {
  readonly atMs: number;
}

function timed(happenings: readonly Happening[]): readonly Timed[] {
  let atMs = START_MS;
  return happenings.map(({ pauseMs, amount, ...rest }) => {
    atMs += pauseMs;
    const size = amount < 0n ? -amount : amount;
    const signed =
      rest.kind === 'TRANSFER_OUT' ? -size : rest.kind === 'TRANSFER_IN' || rest.kind === 'FILL' ? size : amount;
    return { ...rest, amount: signed, atMs };
  });
}

async function project(all: readonly Timed[], batchSize: number): Promise<void> {
  const projector = new Projector({ database, keep: () => true, agentOf: () => 0 });
  const wallets = new Map<number, bigint>();
  const commands = all.map(({ userId, kind, amount, atMs }, n): ProjectedCommand => {
    const at = { userId, createdAtMs: atMs };
    const walletBefore = money(wallets.get(userId) ?? 0n);
    const walletAfter = money(walletBefore + amount);
    if (kind !== 'FILL') wallets.set(userId, walletAfter);
    const event =
      kind === 'FILL'
        ? orderUpdated(orderRecord({ orderId: n }), fillRecord({ ...at, fillId: n, tradeValue: money(amount) }))
        : booked(
            ledgerEntry({ ...at, entryId: n, changeType: kind, amount: money(amount), walletBefore, walletAfter }),
          );
    return { sequence: n + 1, timeMs: atMs, events: [event] };
  });
  for (let from = 0; from < commands.length; from += batchSize)
    await projector.project(commands.slice(from, from + batchSize));
}

/** The same, by looking at everything. */
function flowOf(happenings: readonly Timed[]): AccountFlow {
  const sum = (...kinds: readonly string[]) =>
    happenings.filter(({ kind }) => kinds.includes(kind)).reduce((total, { amount }) => total + amount, 0n);
  return {
    tradedValue: money(sum('FILL')),
    realizedPnl: money(sum('REALIZED_PNL', 'ADL')),
    tradingFee: money(-sum('HANDLING_FEE')),
    netPnl: money(sum('REALIZED_PNL', 'ADL', 'HANDLING_FEE', 'FUNDING_FEE', 'INSURANCE')),
    transferIn: money(sum('TRANSFER_IN')),
    transferOut: money(-sum('TRANSFER_OUT')),
  };
}

const scenario = fc.record({
  happenings: fc.array(happening, { maxLength: 40 }),
  batchSize: fc.integer({ min: 1, max: 9 }),
  from: fc.nat(4 * 24),
});

describe('account flows', () => {
  test('by hour and by day, and all of the time before, however they came in', async () => {
    await fc.assert(
      fc.asyncProperty(scenario, async ({ happenings, batchSize, from }) => {
        await emptyHistory(database);
        const all = timed(happenings);
        await project(all, batchSize);
        for (const span of FLOW_SPANS) {
          const fromMs = openingOf(span, START_DAY_MS + from * HOUR_MS);
          const own = all.filter(({ userId }) => userId === 1);
          const earlier = own.filter(({ atMs }) => atMs < fromMs);
          const later = own.filter(({ atMs }) => atMs >= fromMs);
          const openings = [...new Set(later.map(({ atMs }) => openingOf(span, atMs)))];
          expect(await queries.accountFlows(1, { span, fromMs })).toEqual({
            before: earlier.length === 0 ? undefined : flowOf(earlier),
            spans: openings.map((openMs) => ({
              openMs,
              ...flowOf(later.filter(({ atMs }) => openingOf(span, atMs) === openMs)),
            })),
          });
        }
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  test('sum to the wallet, through liquidations, funding and auto-deleveraging', async () => {
    const core = new Core();
    const commands: ProjectedCommand[] = [];
    const apply = core.apply.bind(core);
    core.apply = (sequence, timeMs, command) => {
      const outcome = apply(sequence, timeMs, command);
      commands.push({ sequence, timeMs, events: outcome.events });
      return outcome;
    };
    const { traders } = tightMarket(core);
    const random = new SeededRandom(1);
    for (let i = 0; i < 1_000; i++) {
      const timeMs = core.timeMs + (i % 40 === 0 ? 9 * HOUR_MS : random.integer(0, 400));
      core.apply(core.sequence + 1, timeMs, tightCommand(core, random, traders));
    }
    await new Projector({ database, keep: () => true, agentOf: () => 0 }).project(commands);
    const kinds = new Set(
      commands.flatMap(({ events }) => events.flatMap((e) => (e.type === 'ledger' ? [e.entry.changeType] : []))),
    );
    for (const kind of ['REALIZED_PNL', 'ADL', 'HANDLING_FEE', 'FUNDING_FEE', 'LIQUIDATION_FEE'])
      expect(kinds).toContain(kind);
    for (const { userId } of core.identity.users()) {
      const { before, spans } = await queries.accountFlows(userId, { span: '1d', fromMs: 0 });
      expect(before).toBeUndefined();
      const wallet = spans.reduce(
        (sum, { netPnl, transferIn, transferOut }) => sum + netPnl + transferIn - transferOut,
        0n,
      );
      expect(wallet).toBe(core.exchange.account(userId).wallet);
    }
  });

  test('a time that opens no span is the caller’s error', async () => {
    await expect(queries.accountFlows(1, { span: '1d', fromMs: HOUR_MS })).rejects.toThrow('no opening');
  });
});

describe('the leaderboard', () => {
  test('of the days up to today is that of all flows since, in whatever steps its sums were kept', async () => {
    const paused = fc.record({ happening, pauseDays: fc.constantFrom(0, 0, 0, 1, 2, 8, 40) });
    const steps = fc.array(paused, { minLength: 1, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(steps, fc.integer({ min: 1, max: 30 }), async (happenings, batchSize) => {
        await emptyHistory(database);
        const all = timed(
          happenings.map((each) => ({
            ...each.happening,
            pauseMs: each.happening.pauseMs + each.pauseDays * DAY_MS,
          })),
        );
        await project(all, batchSize);
        for (const days of LEADERBOARD_DAYS) {
          const fromMs = firstLeaderDay(all.at(-1)?.atMs ?? 0, days);
          const recent = all.filter(({ atMs }) => atMs >= fromMs);
          const profits = [1, 2, 3].map((userId) => ({
            userId,
            flow: flowOf(recent.filter((each) => each.userId === userId)),
          }));
          const { leaders } = await queries.leaderboard({ fromMs, ranked: 3, shown: 3 });
          const shown = leaders.map(({ userId, realizedPnl, tradedValue }) => ({ userId, realizedPnl, tradedValue }));
          const expected = profits.flatMap(({ userId, flow: { realizedPnl, tradedValue } }) =>
            realizedPnl > 0n ? [{ userId, realizedPnl, tradedValue }] : [],
          );
          expect(shown.toSorted((a, b) => a.userId - b.userId)).toEqual(expected);
        }
        const digest = await tableDigest(database, 'leader_sum');
        await emptyHistory(database);
        await project(all, all.length);
        expect(await tableDigest(database, 'leader_sum')).toBe(digest);
      }),
      { numRuns: 25 },
    );
  });

  test('ranks by realised profit, then value, then id, and knows what was there to trade with', async () => {
    await fc.assert(
      fc.asyncProperty(scenario, async ({ happenings, batchSize, from }) => {
        await emptyHistory(database);
        const all = timed(happenings);
        await project(all, batchSize);
        const fromMs = openingOf('1d', START_DAY_MS + from * HOUR_MS);
        const users = [1, 2, 3].map((userId) => {
          const own = all.filter((each) => each.userId === userId);
          const [earlier, later] = [
            flowOf(own.filter(({ atMs }) => atMs < fromMs)),
            flowOf(own.filter(({ atMs }) => atMs >= fromMs)),
          ];
          const capital = earlier.netPnl + earlier.transferIn - earlier.transferOut + later.transferIn;
          const { tradedValue, realizedPnl } = later;
          return { userId, realizedPnl, tradedValue, capital };
        });
        const order = (a: bigint, b: bigint) => (a > b ? -1 : a < b ? 1 : 0);
        const ranked = users
          .filter(({ realizedPnl }) => realizedPnl > 0n)
          .toSorted(
            (a, b) => order(a.realizedPnl, b.realizedPnl) || order(a.tradedValue, b.tradedValue) || a.userId - b.userId,
          );
        expect(await queries.leaderboard({ fromMs, ranked: 2, shown: 1 })).toEqual({
          leaders: ranked.slice(0, 1),
          ranking: ranked.slice(0, 2).map(({ userId }) => userId),
        });
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  test('outside the limits is the caller’s error', async () => {
    const filter = { fromMs: 0, ranked: 1, shown: 1 };
    for (const wrong of [{ ranked: 0 }, { ranked: MAX_RANKED + 1 }, { shown: 0 }, { shown: MAX_LEADERS + 1 }])
      await expect(queries.leaderboard({ ...filter, ...wrong })).rejects.toThrow('out of range');
    await expect(queries.leaderboard({ ...filter, fromMs: 1 })).rejects.toThrow('no opening');
    expect(await queries.leaderboard({ fromMs: 0, ranked: MAX_RANKED, shown: MAX_LEADERS })).toEqual({
      leaders: [],
      ranking: [],
    });
  });

  test('comes from the index of days', async () => {
    await sql`set enable_seqscan = off`.execute(database);
    const plan = await sql<{ 'QUERY PLAN': string }>`explain select user_id, sum(realized_pnl) from account_flow
      where span = '1d' and open_ms >= 5 group by user_id`.execute(database);
    await sql`set enable_seqscan = on`.execute(database);
    expect(plan.rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('account_flow_by_day');
  });
});
