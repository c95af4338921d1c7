import type { ClosedPositionRecord, FillRecord, LedgerEntry } from '@openvenue/core';
import { type Kysely, sql } from 'kysely';
import { openingOf } from '../memory/kline/interval.ts';
import { addCounts, type BulkInsert, insertRows, selectRows } from './insert-rows.ts';
import type { CountedCondition, CountedOrder } from './known-orders.ts';
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

  /** An order of the batch: it moves from where its row is counted, if it has one, to where it will be. */
  order(order: CountedOrder, known: CountedOrder | undefined): void {
    if (known !== undefined) this.#order(known, -1);
    this.#order(order, 1);
  }

  /** The same for a condition order. */
  condition(condition: CountedCondition, known: CountedCondition | undefined): void {
    if (known !== undefined) this.#condition(known, -1);
    this.#condition(condition, 1);
  }

  async write(database: Kysely<HistoryDatabase>): Promise<void> {
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

/** A kind that all rows have left has no row: a history that is rebuilt in other batches would not have it either. */
async function removeEmpty(database: Kysely<HistoryDatabase>, left: readonly CountChange[]): Promise<void> {
  if (left.length === 0) return;
  const { row_count: _, ...kind } = COUNT_SHAPE;
  const names = sql.join(Object.keys(kind).map((name) => sql.ref(name)));
  await sql`delete from history_count where row_count = 0 and (${names}) in (${selectRows(kind, left)})`.execute(
    database,
  );
}
