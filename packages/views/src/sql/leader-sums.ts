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
 * Sums up, when the first command of a day has come, what each user made in the days of each leaderboard before that day. Those days are
 * over, so the sums are the same whenever they are made, and through the day a leaderboard needs to add only the day's own flows.
 */
export async function keepLeaderSums(database: Kysely<HistoryDatabase>, timeMs: number): Promise<void> {
  const dayMs = openingOf('1d', timeMs);
  if (dayMs <= (await readLeaderDay(database))) return;
  await sql`truncate leader_sum`.execute(database);
  for (const days of LEADERBOARD_DAYS) {
    await sql`insert into leader_sum (days, user_id, realized_pnl, traded_value, transfer_in)
      select ${toInt8(days)}::int8, user_id, sum(realized_pnl), sum(traded_value), sum(transfer_in) from account_flow
      where span = '1d' and open_ms >= ${toInt8(firstLeaderDay(dayMs, days))} and open_ms < ${toInt8(dayMs)}
      group by user_id`.execute(database);
  }
  await database
    .updateTable('projection_position')
    .set({ leader_day_ms: toInt8(dayMs) })
    .where('id', '=', POSITION_ROW)
    .execute();
}
