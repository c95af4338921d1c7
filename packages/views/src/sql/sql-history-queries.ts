import { strict as assert } from 'node:assert';
import type { ClosedPositionRecord, FillRecord, LedgerEntry, OrderRecord } from '@openvenue/core';
import { type Expression, type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { CandleSeed } from '../memory/kline/symbol-candles.ts';
import { readCandleSeed, readCandles } from './candle-queries.ts';
import { fromInt8, toInt8 } from './exact-values.ts';
import {
  type CandleFilter,
  type CandleSeedQuestion,
  type ClosedPositionFilter,
  type ConditionFilter,
  type FillFilter,
  type FundingFilter,
  type FundingSettlement,
  type HistoryPage,
  type HistoryQueries,
  type HistorySpan,
  type LedgerFilter,
  type Listing,
  MAX_PAGE_ROWS,
  type OrderFilter,
  type OrderLookup,
  type PastCandles,
  type PastCondition,
  type ScanFilter,
  type ScanItems,
  type ScanKind,
} from './history-queries.ts';
import { closedPositionOf, conditionOf, fillOf, fundingSettlementOf, ledgerEntryOf, orderOf } from './row-records.ts';
import { scanItems } from './scan-queries.ts';
import type {
  ClosedPositionTable,
  ConditionHistoryTable,
  FillTable,
  FundingSettlementTable,
  HistoryDatabase,
  LedgerEntryTable,
  OrderHistoryTable,
} from './schema.ts';

interface Question<Row> {
  readonly table:
    | 'order_history'
    | 'condition_history'
    | 'fill'
    | 'ledger_entry'
    | 'closed_position'
    | 'funding_settlement';
  /** The time that questions select by and answers are ordered by. */
  readonly time: keyof Row & string;
  /** The table's key, which orders what was created in the same millisecond. */
  readonly key: keyof Row & string;
  readonly conditions: readonly Expression<SqlBool>[];
}

/** Asks the database at the position where it stands; `atLeastSequence` is the caller's to wait for. */
export class SqlHistoryQueries implements HistoryQueries {
  readonly #database: Kysely<HistoryDatabase>;

  constructor(database: Kysely<HistoryDatabase>) {
    this.#database = database;
  }

  async orders(userId: number, filter: OrderFilter, page: HistoryPage): Promise<Listing<OrderRecord>> {
    const conditions = [
      ...ownedIn(userId, filter),
      ...equal('symbol', filter.symbol),
      ...equalId('order_id', filter.orderId),
      ...equal('client_order_id', filter.clientOrderId),
      ...equal('type', filter.type),
      ...equal('side', filter.side),
      ...equal('status', filter.status),
    ];
    const question = { table: 'order_history', time: CREATED, key: 'order_id', conditions } as const;
    const { list, total } = await this.#ask<OrderHistoryTable>(question, page);
    return { list: list.map(orderOf), total };
  }

  async order(userId: number, lookup: OrderLookup): Promise<OrderRecord | undefined> {
    return (await this.orders(userId, lookup, { offset: 0, limit: 1 })).list[0];
  }

  async conditions(userId: number, filter: ConditionFilter, page: HistoryPage): Promise<Listing<PastCondition>> {
    const conditions = [
      ...ownedIn(userId, filter),
      ...equal('symbol', filter.symbol),
      ...equal('side', filter.side),
      ...equal('status', filter.status),
    ];
    const question = { table: 'condition_history', time: CREATED, key: 'condition_id', conditions } as const;
    const { list, total } = await this.#ask<ConditionHistoryTable>(question, page);
    return { list: list.map(conditionOf), total };
  }

  async fills(userId: number, filter: FillFilter, page: HistoryPage): Promise<Listing<FillRecord>> {
    const conditions = [
      ...ownedIn(userId, filter),
      ...equal('symbol', filter.symbol),
      ...equalId('order_id', filter.orderId),
    ];
    const { list, total } = await this.#ask<FillTable>(
      { table: 'fill', time: CREATED, key: 'fill_id', conditions },
      page,
    );
    return { list: list.map(fillOf), total };
  }

  async ledger(userId: number, filter: LedgerFilter, page: HistoryPage): Promise<Listing<LedgerEntry>> {
    const conditions = [...ownedIn(userId, filter), ...equal('change_type', filter.changeType)];
    const question = { table: 'ledger_entry', time: CREATED, key: 'entry_id', conditions } as const;
    const { list, total } = await this.#ask<LedgerEntryTable>(question, page);
    return { list: list.map(ledgerEntryOf), total };
  }

  async closedPositions(
    userId: number,
    filter: ClosedPositionFilter,
    page: HistoryPage,
  ): Promise<Listing<ClosedPositionRecord>> {
    const conditions = [
      ...ownedIn(userId, filter, 'closed_at_ms'),
      ...equal('symbol', filter.symbol),
      ...equal('direction', filter.direction),
    ];
    const question = { table: 'closed_position', time: 'closed_at_ms', key: 'position_id', conditions } as const;
    const { list, total } = await this.#ask<ClosedPositionTable>(question, page);
    return { list: list.map(closedPositionOf), total };
  }

  async fundings(filter: FundingFilter, page: HistoryPage): Promise<Listing<FundingSettlement>> {
    const conditions = [...equal('symbol', filter.symbol), ...inTime(filter, 'at_ms')];
    const question = { table: 'funding_settlement', time: 'at_ms', key: 'symbol', conditions } as const;
    const { list, total } = await this.#ask<FundingSettlementTable>(question, page);
    return { list: list.map(fundingSettlementOf), total };
  }

  scan<Kind extends ScanKind>(kind: Kind, filter: ScanFilter): Promise<readonly ScanItems[Kind][]> {
    return scanItems(this.#database, kind, filter) as Promise<readonly ScanItems[Kind][]>;
  }

  candles(filter: CandleFilter): Promise<PastCandles> {
    return this.#atOneState((transaction) => readCandles(transaction, filter));
  }

  candleSeed(question: CandleSeedQuestion): Promise<CandleSeed> {
    return this.#atOneState((transaction) => readCandleSeed(transaction, question));
  }

  async #ask<Row>(
    { table, time, key, conditions }: Question<Row>,
    { offset, limit }: HistoryPage,
  ): Promise<Listing<Row>> {
    assert(Number.isSafeInteger(offset) && offset >= 0, `offset out of range: ${offset}`);
    assert(Number.isSafeInteger(limit) && limit >= 1 && limit <= MAX_PAGE_ROWS, `limit out of range: ${limit}`);
    const matching = sql`from ${sql.table(table)} where ${sql.join(conditions, sql` and `)}`;
    return await this.#atOneState(async (transaction) => {
      const { rows } = await sql<Row>`select * ${matching} order by ${sql.ref(time)} desc, ${sql.ref(key)} desc
        limit ${toInt8(limit)} offset ${toInt8(offset)}`.execute(transaction);
      const isLast = rows.length < limit && (rows.length > 0 || offset === 0);
      if (isLast) return { list: rows, total: offset + rows.length };
      const counted = await sql<{ total: bigint }>`select count(*) as total ${matching}`.execute(transaction);
      return { list: rows, total: fromInt8(counted.rows[0]?.total ?? 0n) };
    });
  }

  /** No command lies between the reads of one question. */
  #atOneState<Result>(read: (transaction: Kysely<HistoryDatabase>) => Promise<Result>): Promise<Result> {
    return this.#database.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(read);
  }
}

const CREATED = 'created_at_ms';

type Conditions = readonly RawBuilder<SqlBool>[];

const ownedIn = (userId: number, span: HistorySpan, time = CREATED): Conditions => [
  sql<SqlBool>`user_id = ${toInt8(userId)}`,
  ...inTime(span, time),
];

function inTime({ startTimeMs, endTimeMs }: HistorySpan, time: string): Conditions {
  const conditions: RawBuilder<SqlBool>[] = [];
  if (startTimeMs !== undefined) conditions.push(sql<SqlBool>`${sql.ref(time)} >= ${toInt8(startTimeMs)}`);
  if (endTimeMs !== undefined) conditions.push(sql<SqlBool>`${sql.ref(time)} < ${toInt8(endTimeMs)}`);
  return conditions;
}

const equal = (column: string, value: string | undefined): Conditions =>
  value === undefined ? [] : [sql<SqlBool>`${sql.ref(column)} = ${value}`];

const equalId = (column: string, value: number | undefined): Conditions =>
  value === undefined ? [] : [sql<SqlBool>`${sql.ref(column)} = ${toInt8(value)}`];
