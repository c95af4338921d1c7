import { strict as assert } from 'node:assert';
import { type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely';
import { areOneOf, type ColumnFilter, isOwnedBy, isWithin } from './day-counts.ts';
import { fromInt8, toInt8, toText } from './exact-values.ts';
import { MAX_SCAN_ROWS, MAX_SCAN_USERS, type ScanFilter, type ScanItems, type ScanKind } from './history-queries.ts';
import {
  CLOSED_POSITION_TABLE,
  CONDITION_TABLE,
  FILL_TABLE,
  type HistoryTable,
  LEDGER_TABLE,
  ORDER_TABLE,
} from './history-tables.ts';
import { closedPositionOf, conditionOf, fillOf, ledgerEntryOf, orderOf } from './row-records.ts';
import type { HistoryDatabase } from './schema.ts';

/** Reads the items of many users, newest first. */
export async function scanItems(
  database: Kysely<HistoryDatabase>,
  kind: ScanKind,
  filter: ScanFilter,
): Promise<readonly ScanItems[ScanKind][]> {
  switch (kind) {
    case 'orders':
      return (await scan(database, ORDER_TABLE, filter)).map(orderOf);
    case 'conditions':
      return (await scan(database, CONDITION_TABLE, filter)).map(conditionOf);
    case 'fills':
      return (await scan(database, FILL_TABLE, filter)).map(fillOf);
    case 'ledger':
      return (await scan(database, LEDGER_TABLE, filter)).map(ledgerEntryOf);
    case 'closed-positions':
      return (await scan(database, CLOSED_POSITION_TABLE, filter)).map(closedPositionOf);
  }
}

async function scan<Row>(
  database: Kysely<HistoryDatabase>,
  table: HistoryTable<Row>,
  filter: ScanFilter,
): Promise<readonly Row[]> {
  const { limit, of } = filter;
  assert(Number.isSafeInteger(limit) && limit >= 1 && limit <= MAX_SCAN_ROWS, `limit out of range: ${limit}`);
  const few = fewOf(filter);
  const columns = columnsOf(filter);
  for (const column of Object.keys(columns)) assert(column in table.counted, `not asked by ${column}: ${table.table}`);
  if ('agentId' in of) {
    assert(table.byAgent, `not asked by agents: ${table.table}`);
    const isAgents = sql<SqlBool>`agent_id = ${toInt8(of.agentId)} and agent_id <> 0`;
    return await readNewest(database, table, { filter, conditions: [isAgents, ...few, ...areOneOf(columns)] });
  }
  const userIds = [...new Set(of.userIds)];
  assert(userIds.length <= MAX_SCAN_USERS, `too many users: ${userIds.length}`);
  if (userIds.length === 0) return [];
  const conditions = [...few, ...areOneOf(columns)];
  if (few.length > 0)
    return await readNewest(database, table, { filter, conditions: [isOwnedBy(userIds), ...conditions] });
  return await readNewestOfUsers(database, {
    table,
    userIds,
    limit,
    conditions: [...conditions, ...inPage(table, filter)],
  });
}

async function readNewest<Row>(
  database: Kysely<HistoryDatabase>,
  table: HistoryTable<Row>,
  { filter, conditions }: { readonly filter: ScanFilter; readonly conditions: readonly RawBuilder<SqlBool>[] },
): Promise<readonly Row[]> {
  const all = [...conditions, ...inPage(table, filter)];
  const { rows } = await sql<Row>`select * from ${sql.table(table.table)} where ${sql.join(all, sql` and `)}
    ${newestFirst(table)} limit ${toInt8(filter.limit)}`.execute(database);
  return rows;
}

interface UsersQuestion<Row> {
  readonly table: HistoryTable<Row>;
  readonly userIds: readonly number[];
  readonly conditions: readonly RawBuilder<SqlBool>[];
  readonly limit: number;
}

/** Each user's newest come by an index in their order, so that only about as many are read as the page has. */
async function readNewestOfUsers<Row>(
  database: Kysely<HistoryDatabase>,
  question: UsersQuestion<Row>,
): Promise<readonly Row[]> {
  const { table, userIds, limit } = question;
  // The planner takes every user for one of the average, whose rows it would rather sort than read in order; a busy one has a thousand times
  // as many. What it must sort all the same it then takes for so costly that it would compile the statement.
  await sql`set local enable_sort = off`.execute(database);
  await sql`set local jit = off`.execute(database);
  const fromMs = userIds.length === 1 ? undefined : await pageStart(database, question);
  const conditions = [...question.conditions, ...isWithin(table.time, { fromMs })];
  const { rows } =
    await sql<Row>`select newest.* from ${newestOfEach({ ...question, conditions }, { what: sql`*`, each: limit })}
    ${newestFirst(table)} limit ${toInt8(limit)}`.execute(database);
  return rows;
}

/**
 * A time that the items of a page cannot lie before: that of the last of so many items as the page has. Looked for among a few of the newest
 * of each user, and among more when those are too few. Undefined when all that there is belongs to the page.
 */
async function pageStart<Row>(
  database: Kysely<HistoryDatabase>,
  question: UsersQuestion<Row>,
): Promise<number | undefined> {
  const { table, userIds, limit } = question;
  const fair = Math.ceil(limit / userIds.length);
  for (const each of [2 * fair, 16 * fair, limit].map((count) => Math.min(count, limit))) {
    const what = sql`${sql.ref(table.time)} as time_ms, row_number() over (${newestFirst(table)}) as place`;
    const { rows } = await sql<Candidates>`
      select (array_agg(time_ms order by time_ms desc))[${sql.lit(limit)}] as start_ms, max(place) as most
      from ${newestOfEach(question, { what, each })}`.execute(database);
    const { start_ms = null, most = null } = rows[0] ?? {};
    if (start_ms !== null) return fromInt8(start_ms);
    if (fromInt8(most ?? 0n) < each) return undefined;
  }
  return undefined;
}

interface Candidates {
  /** Null when there are fewer than the page has. */
  readonly start_ms: bigint | null;
  /** Items of the user with the most; null without any. */
  readonly most: bigint | null;
}

const newestOfEach = <Row>(
  { table, userIds, conditions }: UsersQuestion<Row>,
  { what, each }: { readonly what: RawBuilder<unknown>; readonly each: number },
): RawBuilder<unknown> => sql`unnest(${sql.val(userIds.map(toInt8))}::int8[]) as owner (id) cross join lateral (
  select ${what} from ${sql.table(table.table)} where ${sql.join([sql<SqlBool>`user_id = owner.id`, ...conditions], sql` and `)}
  ${newestFirst(table)} limit ${toInt8(each)}) as newest`;

const newestFirst = <Row>({ time, key }: HistoryTable<Row>): RawBuilder<unknown> =>
  sql`order by ${sql.ref(time)} desc, ${sql.ref(key)} desc`;

/** What the filter says of the times of a page's items. */
function inPage<Row>(
  { time, key }: HistoryTable<Row>,
  { startTimeMs, endTimeMs, after }: ScanFilter,
): RawBuilder<SqlBool>[] {
  const conditions = isWithin(time, { fromMs: startTimeMs, toMs: endTimeMs });
  if (after === undefined) return conditions;
  const place = sql`(${toInt8(after.timeMs)}, ${toInt8(after.id)})`;
  // The pair says as much, but the planner does not see in it how few rows are left.
  conditions.push(sql<SqlBool>`${sql.ref(time)} <= ${toInt8(after.timeMs)}`);
  conditions.push(sql<SqlBool>`(${sql.ref(time)}, ${sql.ref(key)}) < ${place}`);
  return conditions;
}

/** Conditions that leave few rows. */
function fewOf({ orderId, conditionId, clientOrderId }: ScanFilter): RawBuilder<SqlBool>[] {
  const conditions: RawBuilder<SqlBool>[] = [];
  if (orderId !== undefined) conditions.push(sql<SqlBool>`order_id = ${toInt8(orderId)}`);
  if (conditionId !== undefined) conditions.push(sql<SqlBool>`condition_id = ${toInt8(conditionId)}`);
  if (clientOrderId !== undefined) {
    conditions.push(sql<SqlBool>`client_order_id = ${toText(clientOrderId)} and client_order_id <> ''`);
  }
  return conditions;
}

function columnsOf({ symbol, side, statuses, positionSide, changeType }: ScanFilter): ColumnFilter {
  const columns = {
    symbol: symbol === undefined ? undefined : [toText(symbol)],
    side: side === undefined ? undefined : [side],
    status: statuses,
    position_side: positionSide === undefined ? undefined : [positionSide],
    change_type: changeType === undefined ? undefined : [toText(changeType)],
  };
  return Object.fromEntries(
    Object.entries(columns).flatMap(([name, values]) => (values === undefined ? [] : [[name, values]])),
  );
}
