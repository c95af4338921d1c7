import { strict as assert } from 'node:assert';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { openingOf } from '../memory/kline/interval.ts';
import { fromInt8, toInt8 } from './exact-values.ts';
import type { AccountFlow, AccountFlowFilter, AccountFlows } from './history-queries.ts';
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

const isOf = (userId: number, span: FlowSpan): RawBuilder<unknown> =>
  sql`user_id = ${toInt8(userId)} and span = ${span}`;
