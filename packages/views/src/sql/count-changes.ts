import type { ClosedPositionRecord, FillRecord, LedgerEntry, OrderRecord } from '@openvenue/core';
import { type Kysely, sql } from 'kysely';
import { openingOf } from '../memory/kline/interval.ts';
import { fromInt8, toInt8 } from './exact-values.ts';
import type { PastCondition } from './history-queries.ts';
import { addCounts, type BulkInsert, insertRows } from './insert-rows.ts';
import type { CountSource, HistoryDatabase } from './schema.ts';
import { COUNT_SHAPE, type CountChange } from './table-shapes.ts';

const COUNTS: BulkInsert<CountChange> = { table: 'history_count', shape: COUNT_SHAPE, onConflict: addCounts };

/** What of a row decides where it is counted. */
interface Counted {
  readonly source: CountSource;
  readonly userId: number;
  readonly timeMs: number;
  readonly symbol?: string;
  readonly side?: string;
  readonly type?: string;
  readonly status?: string;
}

/** An order or a condition order as far as it is counted. */
type CountedOrder = Pick<OrderRecord, 'userId' | 'createdAtMs' | 'symbol' | 'side' | 'type'> & {
  readonly status: string;
};
type CountedCondition = Omit<CountedOrder, 'type'>;

/** The rows of a batch by where they are counted: one change each, however many rows there are. */
export class CountChanges {
  readonly #byKey = new Map<string, CountChange>();

  fill({ userId, symbol, createdAtMs: timeMs }: FillRecord): void {
    this.#add({ source: 'fill', userId, timeMs, symbol }, 1);
  }

  ledger({ userId, changeType: type, createdAtMs: timeMs }: LedgerEntry): void {
    this.#add({ source: 'ledger', userId, timeMs, type }, 1);
  }

  position({ userId, symbol, direction: side, positionSide: type, closedAtMs: timeMs }: ClosedPositionRecord): void {
    this.#add({ source: 'position', userId, timeMs, symbol, side, type }, 1);
  }

  /**
   * Writes the changes, and those of the orders and condition orders of the batch: each moves from where its row is counted now to where
   * it will be. It must run before those rows are written.
   */
  async write(
    database: Kysely<HistoryDatabase>,
    { orders, conditions }: { readonly orders: readonly OrderRecord[]; readonly conditions: readonly PastCondition[] },
  ): Promise<void> {
    for (const order of await knownOrders(database, orders)) this.#order(order, -1);
    for (const order of orders) this.#order(order, 1);
    for (const condition of await knownConditions(database, conditions)) this.#condition(condition, -1);
    for (const condition of conditions) this.#condition(condition, 1);
    const changes = [...this.#byKey.values()].filter(({ rows }) => rows !== 0);
    await insertRows(database, COUNTS, changes);
    await removeEmpty(
      database,
      changes.filter(({ rows }) => rows < 0),
    );
  }

  #order({ userId, createdAtMs: timeMs, symbol, side, type, status }: CountedOrder, rows: 1 | -1): void {
    this.#add({ source: 'order', userId, timeMs, symbol, side, type, status }, rows);
  }

  #condition({ userId, createdAtMs: timeMs, symbol, side, status }: CountedCondition, rows: 1 | -1): void {
    this.#add({ source: 'condition', userId, timeMs, symbol, side, status }, rows);
  }

  #add({ source, userId, timeMs, symbol = '', side = '', type = '', status = '' }: Counted, rows: 1 | -1): void {
    const dayMs = openingOf('1d', timeMs);
    const key = `${source} ${userId} ${dayMs} ${symbol} ${side} ${type} ${status}`;
    const known = this.#byKey.get(key)?.rows ?? 0;
    this.#byKey.set(key, { source, userId, dayMs, symbol, side, type, status, rows: known + rows });
  }
}

async function knownOrders(
  database: Kysely<HistoryDatabase>,
  orders: readonly OrderRecord[],
): Promise<readonly CountedOrder[]> {
  if (orders.length === 0) return [];
  const ids = orders.map(({ orderId }) => toInt8(orderId));
  const { rows } = await sql<
    Pick<HistoryDatabase['order_history'], 'user_id' | 'created_at_ms' | 'symbol' | 'side' | 'type' | 'status'>
  >`
    select user_id, created_at_ms, symbol, side, type, status from order_history
    where order_id = any(${sql.val(ids)}::int8[])`.execute(database);
  return rows.map(({ user_id, created_at_ms, ...kind }) => ({
    ...kind,
    userId: fromInt8(user_id),
    createdAtMs: fromInt8(created_at_ms),
  }));
}

async function knownConditions(
  database: Kysely<HistoryDatabase>,
  conditions: readonly PastCondition[],
): Promise<readonly CountedCondition[]> {
  if (conditions.length === 0) return [];
  const ids = conditions.map(({ conditionId }) => toInt8(conditionId));
  const { rows } = await sql<
    Pick<HistoryDatabase['condition_history'], 'user_id' | 'created_at_ms' | 'symbol' | 'side' | 'status'>
  >`
    select user_id, created_at_ms, symbol, side, status from condition_history
    where condition_id = any(${sql.val(ids)}::int8[])`.execute(database);
  return rows.map(({ user_id, created_at_ms, ...kind }) => ({
    ...kind,
    userId: fromInt8(user_id),
    createdAtMs: fromInt8(created_at_ms),
  }));
}

/** A kind that all rows have left has no row: a history that is rebuilt in other batches would not have it either. */
async function removeEmpty(database: Kysely<HistoryDatabase>, left: readonly CountChange[]): Promise<void> {
  if (left.length === 0) return;
  const columns = Object.entries(COUNT_SHAPE).filter(([name]) => name !== 'row_count');
  const names = sql.join(columns.map(([name]) => sql.ref(name)));
  const arrays = sql.join(columns.map(([, { of, sqlType }]) => sql`${sql.val(left.map(of))}::${sql.raw(sqlType)}[]`));
  await sql`delete from history_count where row_count = 0
    and (${names}) in (select * from unnest(${arrays}))`.execute(database);
}
