import type { ClosedPositionRecord, FillRecord, LedgerEntry, OrderRecord } from '@openvenue/core';
import { type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { CandleSeed } from '../memory/kline/symbol-candles.ts';
import { readAccountFlows, readLeaderboard } from './account-queries.ts';
import { readCandleSeed, readCandles } from './candle-queries.ts';
import { type ColumnFilter, isWithin, type TimeRange } from './day-counts.ts';
import { toInt8, toText } from './exact-values.ts';
import type {
  AccountFlowFilter,
  AccountFlows,
  CandleFilter,
  CandleSeedQuestion,
  ClosedPositionFilter,
  ConditionFilter,
  FillFilter,
  FundingFilter,
  FundingSettlement,
  HistoryPage,
  HistoryQueries,
  HistorySpan,
  Leaderboard,
  LeaderboardFilter,
  LedgerFilter,
  Listing,
  OrderFilter,
  OrderLookup,
  PastCandles,
  PastCondition,
  ScanFilter,
  ScanItems,
  ScanKind,
} from './history-queries.ts';
import { CLOSED_POSITION_TABLE, CONDITION_TABLE, FILL_TABLE, LEDGER_TABLE, ORDER_TABLE } from './history-tables.ts';
import { type ListingQuestion, readCounted, readListing } from './read-listing.ts';
import { closedPositionOf, conditionOf, fillOf, fundingSettlementOf, ledgerEntryOf, orderOf } from './row-records.ts';
import { scanItems } from './scan-queries.ts';
import type { FundingSettlementTable, HistoryDatabase } from './schema.ts';

/** Asks the database at the position where it stands; `atLeastSequence` is the caller's to wait for. */
export class SqlHistoryQueries implements HistoryQueries {
  readonly #database: Kysely<HistoryDatabase>;

  constructor(database: Kysely<HistoryDatabase>) {
    this.#database = database;
  }

  async orders(userId: number, filter: OrderFilter, page: HistoryPage): Promise<Listing<OrderRecord>> {
    const { symbol, side, type, status, orderId, clientOrderId } = filter;
    const { list, total } = await this.#ask(
      {
        table: ORDER_TABLE,
        userId,
        range: rangeOf(filter),
        filter: given({ symbol, side, type, status }),
        few: [...equalId('order_id', orderId), ...equalClientId(clientOrderId)],
      },
      page,
    );
    return { list: list.map(orderOf), total };
  }

  async order(userId: number, lookup: OrderLookup): Promise<OrderRecord | undefined> {
    return (await this.orders(userId, lookup, { offset: 0, limit: 1 })).list[0];
  }

  async conditions(userId: number, filter: ConditionFilter, page: HistoryPage): Promise<Listing<PastCondition>> {
    const { symbol, side, status } = filter;
    const { list, total } = await this.#ask(
      { table: CONDITION_TABLE, userId, range: rangeOf(filter), filter: given({ symbol, side, status }), few: [] },
      page,
    );
    return { list: list.map(conditionOf), total };
  }

  async fills(userId: number, filter: FillFilter, page: HistoryPage): Promise<Listing<FillRecord>> {
    const { symbol, orderId } = filter;
    const few = equalId('order_id', orderId);
    const { list, total } = await this.#ask(
      { table: FILL_TABLE, userId, range: rangeOf(filter), filter: given({ symbol }), few },
      page,
    );
    return { list: list.map(fillOf), total };
  }

  async ledger(userId: number, filter: LedgerFilter, page: HistoryPage): Promise<Listing<LedgerEntry>> {
    const { changeType } = filter;
    const { list, total } = await this.#ask(
      { table: LEDGER_TABLE, userId, range: rangeOf(filter), filter: given({ change_type: changeType }), few: [] },
      page,
    );
    return { list: list.map(ledgerEntryOf), total };
  }

  async closedPositions(
    userId: number,
    filter: ClosedPositionFilter,
    page: HistoryPage,
  ): Promise<Listing<ClosedPositionRecord>> {
    const { symbol, direction } = filter;
    const { list, total } = await this.#ask(
      { table: CLOSED_POSITION_TABLE, userId, range: rangeOf(filter), filter: given({ symbol, direction }), few: [] },
      page,
    );
    return { list: list.map(closedPositionOf), total };
  }

  async fundings(filter: FundingFilter, page: HistoryPage): Promise<Listing<FundingSettlement>> {
    const conditions = [sql<SqlBool>`symbol = ${filter.symbol}`, ...isWithin('at_ms', rangeOf(filter))];
    const source = { table: 'funding_settlement', time: 'at_ms', key: 'symbol', conditions } as const;
    const { list, total } = await this.#atOneState((transaction) =>
      readCounted<FundingSettlementTable>(transaction, source, page),
    );
    return { list: list.map(fundingSettlementOf), total };
  }

  async scan<Kind extends ScanKind>(kind: Kind, filter: ScanFilter): Promise<readonly ScanItems[Kind][]> {
    const items = await this.#atOneState((transaction) => scanItems(transaction, kind, filter));
    return items as readonly ScanItems[Kind][];
  }

  accountFlows(userId: number, filter: AccountFlowFilter): Promise<AccountFlows> {
    return this.#atOneState((transaction) => readAccountFlows(transaction, userId, filter));
  }

  leaderboard(filter: LeaderboardFilter): Promise<Leaderboard> {
    return this.#atOneState((transaction) => readLeaderboard(transaction, filter));
  }

  candles(filter: CandleFilter): Promise<PastCandles> {
    return this.#atOneState((transaction) => readCandles(transaction, filter));
  }

  candleSeed(question: CandleSeedQuestion): Promise<CandleSeed> {
    return this.#atOneState((transaction) => readCandleSeed(transaction, question));
  }

  #ask<Row>(question: ListingQuestion<Row>, page: HistoryPage): Promise<Listing<Row>> {
    return this.#atOneState((transaction) => readListing(transaction, question, page));
  }

  /** No command lies between the reads of one question. */
  #atOneState<Result>(read: (transaction: Kysely<HistoryDatabase>) => Promise<Result>): Promise<Result> {
    return this.#database.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(read);
  }
}

/** The last time that a date can have. Nothing is later, and rounded up to a day it is still a safe integer. */
const MAX_TIME_MS = 8_640_000_000_000_000;

const rangeOf = ({ startTimeMs, endTimeMs }: HistorySpan): TimeRange => ({
  fromMs: startTimeMs === undefined ? undefined : Math.min(startTimeMs, MAX_TIME_MS),
  toMs: endTimeMs === undefined ? undefined : Math.min(endTimeMs, MAX_TIME_MS),
});

/** The columns that a filter names. */
const given = (columns: Readonly<Record<string, string | undefined>>): ColumnFilter =>
  Object.fromEntries(
    Object.entries(columns).flatMap(([name, value]) => (value === undefined ? [] : [[name, [toText(value)]]])),
  );

const equalId = (column: string, value: number | undefined): readonly RawBuilder<SqlBool>[] =>
  value === undefined ? [] : [sql<SqlBool>`${sql.ref(column)} = ${toInt8(value)}`];

/** An empty id names no order; saying so lets the index without the empty ones be used. */
const equalClientId = (value: string | undefined): readonly RawBuilder<SqlBool>[] =>
  value === undefined ? [] : [sql<SqlBool>`client_order_id = ${toText(value)} and client_order_id <> ''`];
