import { strict as assert } from 'node:assert';
import { type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely';
import {
  areOneOf,
  type ColumnFilter,
  isOwnedBy,
  isWithin,
  readStretches,
  type Stretch,
  type TimeRange,
} from './day-counts.ts';
import { fromInt8, toInt8 } from './exact-values.ts';
import { type HistoryPage, type Listing, MAX_PAGE_ROWS } from './history-queries.ts';
import type { HistoryTable } from './history-tables.ts';
import type { HistoryDatabase } from './schema.ts';

type Conditions = readonly RawBuilder<SqlBool>[];

export interface ListingQuestion<Row> {
  readonly table: HistoryTable<Row>;
  readonly userId: number;
  readonly range: TimeRange;
  /** Of columns that the table's rows are counted by. */
  readonly filter: ColumnFilter;
  /** Conditions that leave a few rows, such as one order's; without any the rows are not counted one by one. */
  readonly few: Conditions;
}

/** A page of a user's rows, newest first, with how many there are. What it costs depends neither on their number nor on the page's depth. */
export async function readListing<Row>(
  database: Kysely<HistoryDatabase>,
  { table, userId, range, filter, few }: ListingQuestion<Row>,
  page: HistoryPage,
): Promise<Listing<Row>> {
  assertPage(page);
  const owned = [isOwnedBy([userId]), ...areOneOf(filter)];
  if (few.length > 0) {
    return await readCounted(
      database,
      { ...table, conditions: [...owned, ...few, ...isWithin(table.time, range)] },
      page,
    );
  }
  const question = { table: table as HistoryTable<never>, userIds: [userId], filter, range };
  const stretches = await readStretches(database, question);
  const total = stretches.reduce((sum, { rows }) => sum + rows, 0);
  const place = placeOf(stretches, page);
  if (place === undefined) return { list: [], total };
  const conditions = [...owned, ...isWithin(table.time, place)];
  return { list: await readRows<Row>(database, { ...table, conditions }, place), total };
}

/** Rows of a table of which few can match, so that they are counted one by one. */
export async function readCounted<Row>(
  database: Kysely<HistoryDatabase>,
  source: RowSource<Row>,
  page: HistoryPage,
): Promise<Listing<Row>> {
  assertPage(page);
  const { offset, limit } = page;
  const list = await readRows(database, source, page);
  const isLast = list.length < limit && (list.length > 0 || offset === 0);
  if (isLast) return { list, total: offset + list.length };
  const { rows } = await sql<{ total: bigint }>`select count(*) as total from ${sql.table(source.table)}
    where ${sql.join(source.conditions, sql` and `)}`.execute(database);
  return { list, total: fromInt8(rows[0]?.total ?? 0n) };
}

interface RowSource<Row> extends Pick<HistoryTable<Row>, 'table' | 'time' | 'key'> {
  readonly conditions: Conditions;
}

async function readRows<Row>(
  database: Kysely<HistoryDatabase>,
  { table, time, key, conditions }: RowSource<Row>,
  { offset, limit }: HistoryPage,
): Promise<readonly Row[]> {
  const { rows } = await sql<Row>`select * from ${sql.table(table)} where ${sql.join(conditions, sql` and `)}
    order by ${sql.ref(time)} desc, ${sql.ref(key)} desc limit ${toInt8(limit)} offset ${toInt8(offset)}`.execute(
    database,
  );
  return rows;
}

/** The stretches that a page is in, as one time with the rows to skip in it; undefined for a page behind the last row. */
function placeOf(
  stretches: readonly Stretch[],
  { offset, limit }: HistoryPage,
): (HistoryPage & { readonly fromMs: number; readonly toMs: number }) | undefined {
  let skipped = 0;
  let seen = 0;
  let toMs: number | undefined;
  for (const stretch of stretches) {
    seen += stretch.rows;
    if (seen > offset && toMs === undefined) {
      toMs = stretch.toMs;
      skipped = seen - stretch.rows;
    }
    if (toMs !== undefined && seen >= offset + limit) {
      return { fromMs: stretch.fromMs, toMs, offset: offset - skipped, limit };
    }
  }
  const last = stretches.at(-1);
  return toMs === undefined || last === undefined
    ? undefined
    : { fromMs: last.fromMs, toMs, offset: offset - skipped, limit };
}

function assertPage({ offset, limit }: HistoryPage): void {
  assert(Number.isSafeInteger(offset) && offset >= 0, `offset out of range: ${offset}`);
  assert(Number.isSafeInteger(limit) && limit >= 1 && limit <= MAX_PAGE_ROWS, `limit out of range: ${limit}`);
}
