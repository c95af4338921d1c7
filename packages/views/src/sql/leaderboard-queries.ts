import { strict as assert } from 'node:assert';
import { money } from '@openvenue/money';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { openingOf } from '../memory/kline/interval.ts';
import { fromInt8, toInt8 } from './exact-values.ts';
import { type Leader, type Leaderboard, type LeaderboardFilter, MAX_LEADERS, MAX_RANKED } from './history-queries.ts';
import { firstLeaderDay, LEADERBOARD_DAYS, readLeaderHour } from './leader-sums.ts';
import type { HistoryDatabase } from './schema.ts';

/** A user with a place. Only those that are told of come with their figures: a ranking is long, and its ids alone come quickly. */
interface RankedRow {
  readonly user_id: bigint;
  readonly realized_pnl: string | null;
  readonly traded_value: string | null;
  readonly transfer_in: string | null;
}

/** See `HistoryQueries.leaderboard`. */
export async function readLeaderboard(
  database: Kysely<HistoryDatabase>,
  { fromMs, ranked, shown }: LeaderboardFilter,
): Promise<Leaderboard> {
  assert(Number.isSafeInteger(ranked) && ranked >= 1 && ranked <= MAX_RANKED, `ranked out of range: ${ranked}`);
  assert(Number.isSafeInteger(shown) && shown >= 1 && shown <= MAX_LEADERS, `shown out of range: ${shown}`);
  assert(openingOf('1d', fromMs) === fromMs, `no opening of a day: ${fromMs}`);
  const hourMs = await readLeaderHour(database);
  const days = LEADERBOARD_DAYS.find((each) => firstLeaderDay(hourMs, each) === fromMs);
  const sums = days === undefined ? sumsSince(fromMs) : keptSums({ days, hourMs, ranked });
  const figure = (column: string) =>
    sql`case when place <= ${toInt8(shown)} then ${sql.ref(column)} end as ${sql.ref(column)}`;
  const { rows } = await sql<RankedRow>`
    select user_id, ${figure('realized_pnl')}, ${figure('traded_value')}, ${figure('transfer_in')}
    from (
      select *, row_number() over (order by realized_pnl desc, traded_value desc, user_id) as place
      from (${sums}) as summed where realized_pnl > 0
    ) as placed
    where place <= ${toInt8(ranked)} order by place`.execute(database);
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

const sumsSince = (fromMs: number): RawBuilder<unknown> => sql`
  select user_id, sum(realized_pnl) as realized_pnl, sum(traded_value) as traded_value, sum(transfer_in) as transfer_in
  from account_flow where span = '1d' and open_ms >= ${toInt8(fromMs)} group by user_id`;

/**
 * The kept sums of a leaderboard that ends today: those of users to whom nothing has come this hour as the index ranks them, as many as can
 * have a place, and those of the others with what has come.
 */
function keptSums({ days, hourMs, ranked }: KeptQuestion): RawBuilder<unknown> {
  const sum = (column: string) =>
    sql`recent.${sql.ref(column)} + coalesce(kept.${sql.ref(column)}, 0) as ${sql.ref(column)}`;
  return sql`
    with recent as materialized (
      select user_id, realized_pnl, traded_value, transfer_in from account_flow
      where span = '1h' and open_ms = ${toInt8(hourMs)}
    )
    select recent.user_id, ${sum('realized_pnl')}, ${sum('traded_value')}, ${sum('transfer_in')}
    from recent left join lateral (
      select realized_pnl, traded_value, transfer_in from leader_sum
      where days = ${toInt8(days)} and user_id = recent.user_id limit 1
    ) as kept on true
    union all
    (select user_id, realized_pnl, traded_value, transfer_in from leader_sum as kept
      where days = ${toInt8(days)} and realized_pnl > 0 and kept.user_id not in (select user_id from recent)
      order by realized_pnl desc, traded_value desc, user_id limit ${toInt8(ranked)})`;
}

interface KeptQuestion {
  readonly days: number;
  readonly hourMs: number;
  readonly ranked: number;
}

const leaderOf = (row: RankedRow, walletBefore: bigint): Leader => ({
  userId: fromInt8(row.user_id),
  tradedValue: money(BigInt(row.traded_value ?? 0)),
  realizedPnl: money(BigInt(row.realized_pnl ?? 0)),
  capital: money(walletBefore + BigInt(row.transfer_in ?? 0)),
});

/** What was in the wallets after their last change before a time. */
async function walletsBefore(
  database: Kysely<HistoryDatabase>,
  userIds: readonly bigint[],
  timeMs: number,
): Promise<ReadonlyMap<bigint, bigint>> {
  const { rows } = await sql<{ readonly user_id: bigint; readonly wallet_after: string }>`
    select user_id, wallet_after from unnest(${sql.val([...userIds])}::int8[]) as leader (user_id) cross join lateral (
      select wallet_after from ledger_entry where ledger_entry.user_id = leader.user_id and created_at_ms < ${toInt8(timeMs)}
      order by created_at_ms desc, entry_id desc limit 1
    ) as newest`.execute(database);
  return new Map(rows.map(({ user_id, wallet_after }) => [user_id, BigInt(wallet_after)]));
}
