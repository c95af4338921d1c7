import type { OrderRecord } from '@openvenue/core';
import { type Kysely, sql } from 'kysely';
import { int8Array } from './array-parameters.ts';
import { fromInt8 } from './exact-values.ts';
import type { HistoryDatabase } from './schema.ts';

/** An order or a condition order as far as it is counted. */
export type CountedOrder = Pick<OrderRecord, 'userId' | 'createdAtMs' | 'symbol' | 'side' | 'type'> & {
  readonly status: string;
};
export type CountedCondition = Omit<CountedOrder, 'type'>;

/**
 * Which of the orders have a row, by id, with what the row says. Each is looked for in the index, and those that are newer than all rows are
 * not looked for: asked for many ids at once, the planner would rather read the whole table as long as it is not large.
 */
export async function knownOrders(
  database: Kysely<HistoryDatabase>,
  orderIds: readonly number[],
): Promise<ReadonlyMap<number, CountedOrder>> {
  if (orderIds.length === 0) return new Map();
  const ids = int8Array(orderIds, (id) => id);
  const { rows } = await sql<
    Pick<
      HistoryDatabase['order_history'],
      'order_id' | 'user_id' | 'created_at_ms' | 'symbol' | 'side' | 'type' | 'status'
    >
  >`
    select known.* from unnest(${ids}::int8[]) as asked (id) cross join lateral (
      select order_id, user_id, created_at_ms, symbol, side, type, status from order_history where order_id = asked.id limit 1
    ) as known where asked.id <= (select max(order_id) from order_history)`.execute(database);
  return new Map(
    rows.map(({ order_id, user_id, created_at_ms, ...kind }) => [
      fromInt8(order_id),
      { ...kind, userId: fromInt8(user_id), createdAtMs: fromInt8(created_at_ms) },
    ]),
  );
}

/** The same of condition orders. */
export async function knownConditions(
  database: Kysely<HistoryDatabase>,
  conditionIds: readonly number[],
): Promise<ReadonlyMap<number, CountedCondition>> {
  if (conditionIds.length === 0) return new Map();
  const ids = int8Array(conditionIds, (id) => id);
  const { rows } = await sql<
    Pick<
      HistoryDatabase['condition_history'],
      'condition_id' | 'user_id' | 'created_at_ms' | 'symbol' | 'side' | 'status'
    >
  >`
    select known.* from unnest(${ids}::int8[]) as asked (id) cross join lateral (
      select condition_id, user_id, created_at_ms, symbol, side, status from condition_history where condition_id = asked.id limit 1
    ) as known where asked.id <= (select max(condition_id) from condition_history)`.execute(database);
  return new Map(
    rows.map(({ condition_id, user_id, created_at_ms, ...kind }) => [
      fromInt8(condition_id),
      { ...kind, userId: fromInt8(user_id), createdAtMs: fromInt8(created_at_ms) },
    ]),
  );
}
