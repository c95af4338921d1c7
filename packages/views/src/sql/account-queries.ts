import { strict as assert } from 'node:assert';
import { money } from '@openvenue/money';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { openingOf } from '../memory/kline/interval.ts';
import { fromInt8, toInt8 } from './exact-values.ts';
import {
  type AccountFlow,
  type AccountFlowFilter,
  type AccountFlows,
  type Leader,
  type Leaderboard,
  type LeaderboardFilter,
  MAX_LEADERS,
  MAX_RANKED,
} from './history-queries.ts';
import { firstLeaderDay, LEADERBOARD_DAYS, readLeaderDay } from './leader-sums.ts';
import { accountFlowOf } from './row-records.ts';
import type { AccountFlowTable, FlowSpan, HistoryDatabase } from './schema.ts';

type FlowRow = Omit<AccountFlowTable, 'user_id' | 'span'>;

/** See `HistoryQueries.accountFlows`. */
export async function readAccountFlows(
  database: Kysely<HistoryDatabase>,
  userId: number,
  { span, fromMs }: AccountFlowFilter,
): Promise<AccountFlows> {
  assert(openingOf(span, fromMs) === fromMs, `no opening of ${span}: ${fromMs}`);
  const before = await sumBefore(database, userId, fromMs);
  const { rows } = await sql<FlowRow>`select * from account_flow
    where ${isOf(userId, span)} and open_ms >= ${toInt8(fromMs)} order by open_ms`.execute(database);
  return { before, spans: rows.map((row) => ({ openMs: fromInt8(row.open_ms), ...accountFlowOf(row) })) };
}

/** Whole days, and of the day that the time is in its hours: a year is hundreds of rows and not thousands. */
async function sumBefore(
  database: Kysely<HistoryDatabase>,
  userId: number,
  timeMs: number,
): Promise<AccountFlow | undefined> {
  const dayMs = toInt8(openingOf('1d', timeMs));
  const { rows } = await sql<Omit<FlowRow, 'open_ms'>>`
    select sum(traded_value) as traded_value, sum(realized_pnl) as realized_pnl, sum(trading_fee) as trading_fee,
      sum(net_pnl) as net_pnl, sum(transfer_in) as transfer_in, sum(transfer_out) as transfer_out
    from account_flow
    where (${isOf(userId, '1d')} and open_ms < ${dayMs})
      or (${isOf(userId, '1h')} and open_ms >= ${dayMs} and open_ms < ${toInt8(timeMs)})
    having count(*) > 0`.execute(database);
  const sums = rows[0];
  return sums === undefined ? undefined : accountFlowOf(sums);
}

interface RankedRow {
  readonly user_id: bigint;
  readonly realized_pnl: string;
  readonly traded_value: string;
  readonly transfer_in: string;
}

/** See `HistoryQueries.leaderboard`. */
export async function readLeaderboard(
  database: Kysely<HistoryDatabase>,
  { fromMs, ranked, shown }: LeaderboardFilter,
): Promise<Leaderboard> {
  assert(Number.isSafeInteger(ranked) && ranked >= 1 && ranked <= MAX_RANKED, `ranked out of range: ${ranked}`);
  assert(Number.isSafeInteger(shown) && shown >= 1 && shown <= MAX_LEADERS, `shown out of range: ${shown}`);
  assert(openingOf('1d', fromMs) === fromMs, `no opening of a day: ${fromMs}`);
  const { rows } = await sql<RankedRow>`
    select user_id, sum(realized_pnl) as realized_pnl, sum(traded_value) as traded_value, sum(transfer_in) as transfer_in
    from ${await flowsSince(database, fromMs)}
    group by user_id having sum(realized_pnl) > 0
    order by 2 desc, 3 desc, user_id limit ${toInt8(ranked)}`.execute(database);
  const first = rows.slice(0, shown);
  const wallets = await walletsBefore(
    database,
    first.map((row) => row.user_id),
    fromMs,
  );
  return {
    leaders: first.map((row) => leaderOf(row, wallets.get(row.user_id) ?? 0n)),
    ranking: rows.map((row) => fromInt8(row.user_id)),
  };
}

/** Users' flows since a day: day by day, or for a leaderboard of today as the kept sums with what has come since. */
async function flowsSince(database: Kysely<HistoryDatabase>, fromMs: number): Promise<RawBuilder<unknown>> {
  const todayMs = await readLeaderDay(database);
  const days = LEADERBOARD_DAYS.find((each) => firstLeaderDay(todayMs, each) === fromMs);
  const since = (dayMs: number) => sql`span = '1d' and open_ms >= ${toInt8(dayMs)}`;
  if (days === undefined) return sql`account_flow where ${since(fromMs)}`;
  return sql`(
    select user_id, realized_pnl, traded_value, transfer_in from leader_sum where days = ${toInt8(days)}
    union all
    select user_id, realized_pnl, traded_value, transfer_in from account_flow where ${since(todayMs)}
  ) as flow`;
}

const leaderOf = (row: RankedRow, walletBefore: bigint): Leader => ({
  userId: fromInt8(row.user_id),
  tradedValue: money(BigInt(row.traded_value)),
  realizedPnl: money(BigInt(row.realized_pnl)),
  capital: money(walletBefore + BigInt(row.transfer_in)),
});

async function walletsBefore(
  database: Kysely<HistoryDatabase>,
  userIds: readonly bigint[],
  timeMs: number,
): Promise<ReadonlyMap<bigint, bigint>> {
  const { rows } = await sql<{ readonly user_id: bigint; readonly wallet: string }>`
    select user_id, sum(net_pnl + transfer_in - transfer_out) as wallet from account_flow
    where user_id = any(${sql.val([...userIds])}::int8[]) and span = '1d' and open_ms < ${toInt8(timeMs)}
    group by user_id`.execute(database);
  return new Map(rows.map(({ user_id, wallet }) => [user_id, BigInt(wallet)]));
}

const isOf = (userId: number, span: FlowSpan): RawBuilder<unknown> =>
  sql`user_id = ${toInt8(userId)} and span = ${span}`;
