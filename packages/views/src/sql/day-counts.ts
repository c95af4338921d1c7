import { strict as assert } from 'node:assert';
import { type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely';
import { openingAfter, openingFrom, openingOf } from '../memory/kline/interval.ts';
import { fromInt8, toInt8 } from './exact-values.ts';
import type { HistoryTable } from './history-tables.ts';
import type { HistoryDatabase } from './schema.ts';

/** Milliseconds from the first to before the second; open where undefined. */
export interface TimeRange {
  readonly fromMs?: number | undefined;
  readonly toMs?: number | undefined;
}

/** Rows that match, of one stretch of time that is a day or less. */
export interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
  readonly rows: number;
}

/** Columns with the values that they may have. */
export type ColumnFilter = Readonly<Record<string, readonly string[]>>;

export interface CountQuestion {
  readonly table: HistoryTable<never>;
  readonly userIds: readonly number[];
  /** Columns that the table is counted by. */
  readonly filter: ColumnFilter;
  readonly range: TimeRange;
}

/** The days in the range, newest first, each with how many rows match; days without any are left out. The range is of whole days. */
export async function readDays(
  database: Kysely<HistoryDatabase>,
  { table, userIds, filter, range }: CountQuestion,
): Promise<readonly Stretch[]> {
  const dimensions: Readonly<Record<string, string | undefined>> = table.counted;
  const kinds = Object.entries(filter).map(([column, values]) => {
    const dimension = dimensions[column];
    assert(dimension !== undefined, `not counted by ${column}: ${table.table}`);
    return isOneOf(dimension, values);
  });
  const conditions = [
    isOwnedBy(userIds),
    sql<SqlBool>`source = ${table.source}`,
    ...isWithin('day_ms', range),
    ...kinds,
  ];
  const { rows } = await sql<{ readonly day_ms: bigint; readonly rows: bigint }>`
    select day_ms, sum(row_count)::int8 as rows from history_count where ${sql.join(conditions, sql` and `)}
    group by day_ms order by day_ms desc`.execute(database);
  return rows.map(({ day_ms, rows: count }) => {
    const fromMs = fromInt8(day_ms);
    return { fromMs, toMs: openingAfter('1d', fromMs), rows: fromInt8(count) };
  });
}

/**
 * All stretches with rows that match, newest first: whole days from the counts, and what the range has of the days that it begins and ends
 * in, counted row by row.
 */
export async function readStretches(
  database: Kysely<HistoryDatabase>,
  question: CountQuestion,
): Promise<readonly Stretch[]> {
  const { fromMs, toMs } = question.range;
  if (fromMs !== undefined && toMs !== undefined && fromMs >= toMs) return [];
  const firstDayMs = fromMs === undefined ? undefined : openingFrom('1d', fromMs);
  const endDayMs = toMs === undefined ? undefined : openingOf('1d', toMs);
  if (fromMs !== undefined && toMs !== undefined && openingOf('1d', fromMs) === endDayMs) {
    return await countRows(database, question, { fromMs, toMs });
  }
  const stretches: Stretch[] = [];
  if (toMs !== undefined && endDayMs !== undefined) {
    stretches.push(...(await countRows(database, question, { fromMs: endDayMs, toMs })));
  }
  stretches.push(...(await readDays(database, { ...question, range: { fromMs: firstDayMs, toMs: endDayMs } })));
  if (fromMs !== undefined && firstDayMs !== undefined) {
    stretches.push(...(await countRows(database, question, { fromMs, toMs: firstDayMs })));
  }
  return stretches;
}

async function countRows(
  database: Kysely<HistoryDatabase>,
  { table, userIds, filter }: CountQuestion,
  range: { readonly fromMs: number; readonly toMs: number },
): Promise<readonly Stretch[]> {
  if (range.fromMs === range.toMs) return [];
  const conditions = [isOwnedBy(userIds), ...isWithin(table.time, range), ...areOneOf(filter)];
  const { rows } = await sql<{ readonly rows: bigint }>`
    select count(*) as rows from ${sql.table(table.table)} where ${sql.join(conditions, sql` and `)}`.execute(database);
  const count = fromInt8(rows[0]?.rows ?? 0n);
  return count === 0 ? [] : [{ ...range, rows: count }];
}

/** Whose rows: one user's by equality, so that an index gives them in order. */
export const isOwnedBy = (userIds: readonly number[]): RawBuilder<SqlBool> =>
  userIds.length === 1
    ? sql<SqlBool>`user_id = ${toInt8(userIds[0] ?? 0)}`
    : sql<SqlBool>`user_id = any(${sql.val(userIds.map(toInt8))}::int8[])`;

export function isWithin(column: string, { fromMs, toMs }: TimeRange): RawBuilder<SqlBool>[] {
  const conditions: RawBuilder<SqlBool>[] = [];
  if (fromMs !== undefined) conditions.push(sql<SqlBool>`${sql.ref(column)} >= ${toInt8(fromMs)}`);
  if (toMs !== undefined) conditions.push(sql<SqlBool>`${sql.ref(column)} < ${toInt8(toMs)}`);
  return conditions;
}

export const areOneOf = (filter: ColumnFilter): RawBuilder<SqlBool>[] =>
  Object.entries(filter).map(([column, values]) => isOneOf(column, values));

const isOneOf = (column: string, values: readonly string[]): RawBuilder<SqlBool> =>
  values.length === 1
    ? sql<SqlBool>`${sql.ref(column)} = ${values[0]}`
    : sql<SqlBool>`${sql.ref(column)} = any(${sql.val([...values])}::text[])`;
