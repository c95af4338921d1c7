import { type Kysely, sql } from 'kysely';
import { openingAfter, openingOf } from '../memory/kline/interval.ts';
import { fromInt8, toInt8 } from './exact-values.ts';
import { type FlowSpan, type HistoryDatabase, POSITION_ROW } from './schema.ts';

/** How many days a leaderboard may cover, today among them, for its answer to be quick. */
export const LEADERBOARD_DAYS = [7, 30, 90] as const;

/** First day of a leaderboard of so many days that ends on the day of `todayMs`. */
export const firstLeaderDay = (todayMs: number, days: number): number =>
  openingAfter('1d', openingOf('1d', todayMs), 1 - days);

/** Start of the hour up to which users' sums are kept, 0 before the first command. */
export async function readLeaderHour(database: Kysely<HistoryDatabase>): Promise<number> {
  const row = await database
    .selectFrom('projection_position')
    .select('leader_hour_ms')
    .where('id', '=', POSITION_ROW)
    .executeTakeFirstOrThrow();
  return fromInt8(row.leader_hour_ms);
}

/**
 * Brings, when the first command of an hour has come, what each user made in the days of each leaderboard before that hour: adds the hours
 * that are over and takes away the days that have left. What is over does not change any more, so the sums are the same whenever and in
 * whatever steps they are made, and through the hour a leaderboard needs to add only the hour's own flows. `previousMs` is what
 * {@link readLeaderHour} gives.
 */
export async function keepLeaderSums(
  database: Kysely<HistoryDatabase>,
  { previousMs, timeMs }: { readonly previousMs: number; readonly timeMs: number },
): Promise<void> {
  const hourMs = openingOf('1h', timeMs);
  if (hourMs <= previousMs) return;
  for (const days of LEADERBOARD_DAYS) {
    const firstMs = firstLeaderDay(hourMs, days);
    if (firstMs >= previousMs) await sql`delete from leader_sum where days = ${toInt8(days)}`.execute(database);
    else
      await addFlows(database, { days, sign: -1, span: '1d', fromMs: firstLeaderDay(previousMs, days), toMs: firstMs });
    await addFlows(database, { days, sign: 1, span: '1h', fromMs: Math.max(previousMs, firstMs), toMs: hourMs });
  }
  await sql`delete from leader_sum where realized_pnl = 0 and traded_value = 0 and transfer_in = 0`.execute(database);
  await database
    .updateTable('projection_position')
    .set({ leader_hour_ms: toInt8(hourMs) })
    .where('id', '=', POSITION_ROW)
    .execute();
}

interface FlowsOf {
  readonly days: number;
  readonly sign: 1 | -1;
  readonly span: FlowSpan;
  readonly fromMs: number;
  readonly toMs: number;
}

async function addFlows(database: Kysely<HistoryDatabase>, { days, sign, span, fromMs, toMs }: FlowsOf): Promise<void> {
  if (fromMs >= toMs) return;
  const sum = (column: string) => sql`${sql.lit(sign)} * sum(${sql.ref(column)})`;
  await sql`insert into leader_sum (days, user_id, realized_pnl, traded_value, transfer_in)
    select ${toInt8(days)}::int8, user_id, ${sum('realized_pnl')}, ${sum('traded_value')}, ${sum('transfer_in')}
    from account_flow where span = ${sql.lit(span)} and open_ms >= ${toInt8(fromMs)} and open_ms < ${toInt8(toMs)} group by user_id
    on conflict (days, user_id) do update set
      realized_pnl = leader_sum.realized_pnl + excluded.realized_pnl,
      traded_value = leader_sum.traded_value + excluded.traded_value,
      transfer_in = leader_sum.transfer_in + excluded.transfer_in`.execute(database);
}
