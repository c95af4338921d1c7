import { strict as assert } from 'node:assert';
import { type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely';
import { openingAfter, openingOf } from '../memory/kline/interval.ts';
import { areOneOf, type ColumnFilter, isOwnedBy, isWithin, readDays, type TimeRange } from './day-counts.ts';
import { toInt8, toText } from './exact-values.ts';
import { MAX_SCAN_ROWS, MAX_SCAN_USERS, type ScanFilter, type ScanItems, type ScanKind } from './history-queries.ts';
import {
  CLOSED_POSITION_TABLE,
  CONDITION_TABLE,
  FILL_TABLE,
  type HistoryTable,
  LEDGER_TABLE,
  ORDER_TABLE,
} from './history-tables.ts';
import { readLeaderDay } from './leader-sums.ts';
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
  const { userIds } = of;
  assert(userIds.length <= MAX_SCAN_USERS, `too many users: ${userIds.length}`);
  if (userIds.length === 0) return [];
  const fromMs = few.length > 0 ? undefined : await pageStart(database, { table, userIds, columns, filter });
  const conditions = [isOwnedBy(userIds), ...few, ...areOneOf(columns), ...isWithin(table.time, { fromMs })];
  return await readNewest(database, table, { filter, conditions });
}

async function readNewest<Row>(
  database: Kysely<HistoryDatabase>,
  { table, time, key }: HistoryTable<Row>,
  { filter, conditions }: { readonly filter: ScanFilter; readonly conditions: readonly RawBuilder<SqlBool>[] },
): Promise<readonly Row[]> {
  const { startTimeMs, endTimeMs, after, limit } = filter;
  const all = [...conditions, ...isWithin(time, { fromMs: startTimeMs, toMs: endTimeMs })];
  if (after !== undefined) {
    const place = sql`(${toInt8(after.timeMs)}, ${toInt8(after.id)})`;
    // The pair says as much, but the planner does not see in it how few rows are left.
    all.push(sql<SqlBool>`${sql.ref(time)} <= ${toInt8(after.timeMs)}`);
    all.push(sql<SqlBool>`(${sql.ref(time)}, ${sql.ref(key)}) < ${place}`);
  }
  const { rows } = await sql<Row>`select * from ${sql.table(table)} where ${sql.join(all, sql` and `)}
    order by ${sql.ref(time)} desc, ${sql.ref(key)} desc limit ${toInt8(limit)}`.execute(database);
  return rows;
}

/**
 * A day that the items of a page cannot lie before, so that of users with long histories only the newest days are read and sorted.
 * Undefined when all that is older belongs to the page.
 */
async function pageStart<Row>(
  database: Kysely<HistoryDatabase>,
  question: {
    readonly table: HistoryTable<Row>;
    readonly userIds: readonly number[];
    readonly columns: ColumnFilter;
    readonly filter: ScanFilter;
  },
): Promise<number | undefined> {
  const { table, userIds, columns, filter } = question;
  const { fromMs, toMs = openingAfter('1d', await readLeaderDay(database)) } = wholeDays(filter);
  let rows = 0;
  let readMs = toMs;
  for (const count of DAYS_AT_ONCE) {
    const stepMs = Math.max(openingAfter('1d', toMs, -count), fromMs ?? 0, 0);
    const range = { fromMs: stepMs, toMs: readMs };
    const days = await readDays(database, { table: table as HistoryTable<never>, userIds, filter: columns, range });
    for (const day of days) {
      rows += day.rows;
      if (rows >= filter.limit) return day.fromMs;
    }
    readMs = stepMs;
    if (stepMs === 0 || stepMs === fromMs) break;
  }
  return undefined;
}

/** How many days before a page's place are looked at first, and then: most pages lie in a few. The last is all that a venue can have. */
const DAYS_AT_ONCE = [2, 20, 200, 20_000];

/** The whole days before the page's first place. The day of the place itself may have fewer items left than it had, so it counts for none. */
function wholeDays({ startTimeMs, endTimeMs, after }: ScanFilter): TimeRange {
  const ends = [endTimeMs, after?.timeMs].filter((timeMs) => timeMs !== undefined);
  return {
    fromMs: startTimeMs === undefined ? undefined : openingOf('1d', startTimeMs),
    toMs: ends.length === 0 ? undefined : openingOf('1d', Math.min(...ends)),
  };
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
