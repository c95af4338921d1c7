import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { HistoryDatabase } from './schema.ts';
import type { Column } from './table-shapes.ts';

export interface BulkInsert<Source> {
  readonly table: keyof HistoryDatabase;
  readonly shape: { readonly [name: string]: Column<Source> };
  /** What a row with an existing key does; without it such a row is an error. */
  readonly onConflict?: RawBuilder<unknown>;
}

/**
 * Inserts all rows with one statement that has one array a column, whatever their number: as fast as COPY for batches of this size, and the
 * same for every PostgreSQL driver.
 */
export async function insertRows<Source>(
  database: Kysely<HistoryDatabase>,
  { table, shape, onConflict = sql`` }: BulkInsert<Source>,
  rows: readonly Source[],
): Promise<void> {
  if (rows.length === 0) return;
  const names = sql.join(Object.keys(shape).map((name) => sql.ref(name)));
  await sql`insert into ${sql.table(table)} (${names}) ${selectRows(shape, rows)} ${onConflict}`.execute(database);
}

/**
 * The rows as a query. Arrays are opened side by side in the select list, value by value; in a `from` the database would first lay each of
 * them down on its own.
 */
export function selectRows<Source>(shape: BulkInsert<Source>['shape'], rows: readonly Source[]): RawBuilder<unknown> {
  const arrays = Object.values(shape).map(
    ({ arrayOf, sqlType }) => sql`unnest(${arrayOf(rows)}::${sql.raw(sqlType)}[])`,
  );
  return sql`select ${sql.join(arrays)}`;
}

/** Replaces the row with the same key unless that one is of a later command. */
export function replaceOlder(
  table: keyof HistoryDatabase,
  key: string,
  columns: readonly string[],
): RawBuilder<unknown> {
  const assignments = sql.join(
    columns.filter((name) => name !== key).map((name) => sql`${sql.ref(name)} = excluded.${sql.ref(name)}`),
  );
  return sql`on conflict (${sql.ref(key)}) do update set ${assignments} where excluded.sequence > ${sql.table(table)}.sequence`;
}

/** Adds later prices of a span to those that are in its row. */
export const joinCandles: RawBuilder<unknown> = sql`on conflict (symbol, price_type, span, open_ms) do update set
  high_ticks = greatest(candle.high_ticks, excluded.high_ticks),
  low_ticks = least(candle.low_ticks, excluded.low_ticks),
  close_ticks = excluded.close_ticks,
  volume_steps = candle.volume_steps + excluded.volume_steps,
  turnover_tick_steps = candle.turnover_tick_steps + excluded.turnover_tick_steps`;

/** Adds what more has come of a user's span to what is in its row. */
export const addFlows: RawBuilder<unknown> = sql`on conflict (user_id, span, open_ms) do update set
  traded_value = account_flow.traded_value + excluded.traded_value,
  realized_pnl = account_flow.realized_pnl + excluded.realized_pnl,
  trading_fee = account_flow.trading_fee + excluded.trading_fee,
  net_pnl = account_flow.net_pnl + excluded.net_pnl,
  transfer_in = account_flow.transfer_in + excluded.transfer_in,
  transfer_out = account_flow.transfer_out + excluded.transfer_out`;

/** Adds rows that have come or gone to those that were counted. */
export const addCounts: RawBuilder<unknown> = sql`on conflict (user_id, source, day_ms, symbol, side, type, status) do update set
  row_count = history_count.row_count + excluded.row_count`;
