import { type Kysely, sql } from 'kysely';
import { openingAfter, openingOf } from '../memory/kline/interval.ts';
import { fromInt8, toInt8 } from './exact-values.ts';
import { type HistoryDatabase, POSITION_ROW } from './schema.ts';

/** How many days a leaderboard may cover, today among them, for its answer to be quick. */
export const LEADERBOARD_DAYS = [7, 30, 90] as const;

/** First day of a leaderboard of so many days that ends on the day of `todayMs`. */
export const firstLeaderDay = (todayMs: number, days: number): number =>
  openingAfter('1d', openingOf('1d', todayMs), 1 - days);

/** Start of the day up to which users' sums are kept, 0 before the first command. */
export async function readLeaderDay(database: Kysely<HistoryDatabase>): Promise<number> {
  const row = await database
    .selectFrom('projection_position')
    .select('leader_day_ms')
    .where('id', '=', POSITION_ROW)
    .executeTakeFirstOrThrow();
  return fromInt8(row.leader_day_ms);
}

/**
 * Brings, when the first command of a day has come, what each user made in the days of each leaderboard before that day: adds the days
 * that are over and takes away those that have left. Days that are over do not change any more, so the sums are the same whenever and in
 * whatever steps they are made, and through the day a leaderboard needs to add only the day's own flows.
 */
export async function keepLeaderSums(database: Kysely<HistoryDatabase>, timeMs: number): Promise<void> {
  const dayMs = openingOf('1d', timeMs);
  const previousMs = await readLeaderDay(database);
  if (dayMs <= previousMs) return;
  for (const days of LEADERBOARD_DAYS) {
    const firstMs = firstLeaderDay(dayMs, days);
    const previousFirstMs = firstLeaderDay(previousMs, days);
    await addDays(database, { days, sign: 1, fromMs: Math.max(previousMs, firstMs), toMs: dayMs });
    await addDays(database, { days, sign: -1, fromMs: previousFirstMs, toMs: Math.min(previousMs, firstMs) });
  }
  await sql`delete from leader_sum where realized_pnl = 0 and traded_value = 0 and transfer_in = 0`.execute(database);
  await database
    .updateTable('projection_position')
    .set({ leader_day_ms: toInt8(dayMs) })
    .where('id', '=', POSITION_ROW)
    .execute();
}

async function addDays(
  database: Kysely<HistoryDatabase>,
  {
    days,
    sign,
    fromMs,
    toMs,
  }: { readonly days: number; readonly sign: 1 | -1; readonly fromMs: number; readonly toMs: number },
): Promise<void> {
  if (fromMs >= toMs) return;
  const sum = (column: string) => sql`${sql.lit(sign)} * sum(${sql.ref(column)})`;
  await sql`insert into leader_sum (days, user_id, realized_pnl, traded_value, transfer_in)
    select ${toInt8(days)}::int8, user_id, ${sum('realized_pnl')}, ${sum('traded_value')}, ${sum('transfer_in')}
    from account_flow where span = '1d' and open_ms >= ${toInt8(fromMs)} and open_ms < ${toInt8(toMs)} group by user_id
    on conflict (days, user_id) do update set
      realized_pnl = leader_sum.realized_pnl + excluded.realized_pnl,
      traded_value = leader_sum.traded_value + excluded.traded_value,
      transfer_in = leader_sum.transfer_in + excluded.transfer_in`.execute(database);
}
