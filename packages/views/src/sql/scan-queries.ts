import { strict as assert } from 'node:assert';
import { type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely';
import { toInt8, toText } from './exact-values.ts';
import { MAX_SCAN_ROWS, type ScanFilter, type ScanItems, type ScanKind } from './history-queries.ts';
import { closedPositionOf, conditionOf, fillOf, ledgerEntryOf, orderOf } from './row-records.ts';
import type {
  ClosedPositionTable,
  ConditionHistoryTable,
  FillTable,
  HistoryDatabase,
  LedgerEntryTable,
  OrderHistoryTable,
} from './schema.ts';

type Condition = RawBuilder<SqlBool>;

interface Source<Row, Item> {
  readonly table: keyof HistoryDatabase;
  readonly time: keyof Row & string;
  readonly id: keyof Row & string;
  readonly itemOf: (row: Row) => Item;
}

const ORDERS: Source<OrderHistoryTable, ScanItems['orders']> = {
  table: 'order_history',
  time: 'created_at_ms',
  id: 'order_id',
  itemOf: orderOf,
};
const CONDITIONS: Source<ConditionHistoryTable, ScanItems['conditions']> = {
  table: 'condition_history',
  time: 'created_at_ms',
  id: 'condition_id',
  itemOf: conditionOf,
};
const FILLS: Source<FillTable, ScanItems['fills']> = {
  table: 'fill',
  time: 'created_at_ms',
  id: 'fill_id',
  itemOf: fillOf,
};
const LEDGER: Source<LedgerEntryTable, ScanItems['ledger']> = {
  table: 'ledger_entry',
  time: 'created_at_ms',
  id: 'entry_id',
  itemOf: ledgerEntryOf,
};
const CLOSED_POSITIONS: Source<ClosedPositionTable, ScanItems['closed-positions']> = {
  table: 'closed_position',
  time: 'closed_at_ms',
  id: 'position_id',
  itemOf: closedPositionOf,
};

/** Reads the items of many users, newest first. */
export async function scanItems(
  database: Kysely<HistoryDatabase>,
  kind: ScanKind,
  filter: ScanFilter,
): Promise<readonly ScanItems[ScanKind][]> {
  switch (kind) {
    case 'orders':
      return scan(database, ORDERS, filter);
    case 'conditions':
      return scan(database, CONDITIONS, filter);
    case 'fills':
      return scan(database, FILLS, filter);
    case 'ledger':
      return scan(database, LEDGER, filter);
    case 'closed-positions':
      return scan(database, CLOSED_POSITIONS, filter);
  }
}

async function scan<Row, Item>(
  database: Kysely<HistoryDatabase>,
  source: Source<Row, Item>,
  filter: ScanFilter,
): Promise<readonly Item[]> {
  const { limit } = filter;
  assert(Number.isSafeInteger(limit) && limit >= 1 && limit <= MAX_SCAN_ROWS, `limit out of range: ${limit}`);
  if (filter.userIds.length === 0) return [];
  const { rows } = await sql<Row>`select * from ${sql.table(source.table)}
    where ${sql.join(conditionsOf(source, filter), sql` and `)}
    order by ${sql.ref(source.time)} desc, ${sql.ref(source.id)} desc limit ${toInt8(limit)}`.execute(database);
  return rows.map(source.itemOf);
}

function conditionsOf<Row, Item>(source: Source<Row, Item>, filter: ScanFilter): Condition[] {
  const { userIds, startTimeMs, endTimeMs, orderId, conditionId, statuses, after } = filter;
  const time = sql.ref(source.time);
  const conditions = [sql<SqlBool>`user_id = any(${sql.val(userIds.map(toInt8))}::int8[])`];
  if (startTimeMs !== undefined) conditions.push(sql<SqlBool>`${time} >= ${toInt8(startTimeMs)}`);
  if (endTimeMs !== undefined) conditions.push(sql<SqlBool>`${time} < ${toInt8(endTimeMs)}`);
  if (orderId !== undefined) conditions.push(sql<SqlBool>`order_id = ${toInt8(orderId)}`);
  if (conditionId !== undefined) conditions.push(sql<SqlBool>`condition_id = ${toInt8(conditionId)}`);
  if (statuses !== undefined) conditions.push(sql<SqlBool>`status = any(${sql.val([...statuses])}::text[])`);
  if (after !== undefined) {
    const place = sql`(${toInt8(after.timeMs)}, ${toInt8(after.id)})`;
    conditions.push(sql<SqlBool>`(${time}, ${sql.ref(source.id)}) < ${place}`);
  }
  const texts = {
    symbol: filter.symbol,
    client_order_id: filter.clientOrderId,
    side: filter.side,
    position_side: filter.positionSide,
    change_type: filter.changeType,
  };
  for (const [column, value] of Object.entries(texts)) {
    if (value !== undefined) conditions.push(sql<SqlBool>`${sql.ref(column)} = ${toText(value)}`);
  }
  return conditions;
}
