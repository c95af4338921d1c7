import { type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely';
import { readAccountFlows } from './account-queries.ts';
import { readCandleSeed, readCandles } from './candle-queries.ts';
import { type ColumnFilter, isWithin, type TimeRange } from './day-counts.ts';
import { toInt8, toText } from './exact-values.ts';
import type {
  HistoryPage,
  HistoryQueries,
  HistorySpan,
  Listing,
  ScanFilter,
  ScanItems,
  ScanKind,
} from './history-queries.ts';
import { CLOSED_POSITION_TABLE, CONDITION_TABLE, FILL_TABLE, LEDGER_TABLE, ORDER_TABLE } from './history-tables.ts';
import { readLeaderboard } from './leaderboard-queries.ts';
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

  readonly orders: HistoryQueries['orders'] = async (userId, filter, page) => {
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
  };

  readonly order: HistoryQueries['order'] = async (userId, lookup) => {
    return (await this.orders(userId, lookup, { offset: 0, limit: 1 })).list[0];
  };

  readonly conditions: HistoryQueries['conditions'] = async (userId, filter, page) => {
    const { symbol, side, status } = filter;
    const { list, total } = await this.#ask(
      { table: CONDITION_TABLE, userId, range: rangeOf(filter), filter: given({ symbol, side, status }), few: [] },
      page,
    );
    return { list: list.map(conditionOf), total };
  };

  readonly fills: HistoryQueries['fills'] = async (userId, filter, page) => {
    const { symbol, orderId } = filter;
    const few = equalId('order_id', orderId);
    const { list, total } = await this.#ask(
      { table: FILL_TABLE, userId, range: rangeOf(filter), filter: given({ symbol }), few },
      page,
    );
    return { list: list.map(fillOf), total };
  };

  readonly ledger: HistoryQueries['ledger'] = async (userId, filter, page) => {
    const { changeType } = filter;
    const { list, total } = await this.#ask(
      { table: LEDGER_TABLE, userId, range: rangeOf(filter), filter: given({ change_type: changeType }), few: [] },
      page,
    );
    return { list: list.map(ledgerEntryOf), total };
  };

  readonly closedPositions: HistoryQueries['closedPositions'] = async (userId, filter, page) => {
    const { symbol, direction } = filter;
    const { list, total } = await this.#ask(
      { table: CLOSED_POSITION_TABLE, userId, range: rangeOf(filter), filter: given({ symbol, direction }), few: [] },
      page,
    );
    return { list: list.map(closedPositionOf), total };
  };

  readonly fundings: HistoryQueries['fundings'] = async (filter, page) => {
    const conditions = [sql<SqlBool>`symbol = ${filter.symbol}`, ...isWithin('at_ms', rangeOf(filter))];
    const source = { table: 'funding_settlement', time: 'at_ms', key: 'symbol', conditions } as const;
    const { list, total } = await this.#atOneState((transaction) =>
      readCounted<FundingSettlementTable>(transaction, source, page),
    );
    return { list: list.map(fundingSettlementOf), total };
  };

  async scan<Kind extends ScanKind>(kind: Kind, filter: ScanFilter): Promise<readonly ScanItems[Kind][]> {
    const items = await this.#atOneState((transaction) => scanItems(transaction, kind, filter));
    return items as readonly ScanItems[Kind][];
  }

  readonly accountFlows: HistoryQueries['accountFlows'] = (userId, filter) =>
    this.#atOneState((transaction) => readAccountFlows(transaction, userId, filter));

  readonly leaderboard: HistoryQueries['leaderboard'] = (filter) =>
    this.#atOneState((transaction) => readLeaderboard(transaction, filter));

  readonly candles: HistoryQueries['candles'] = (filter) =>
    this.#atOneState((transaction) => readCandles(transaction, filter));

  readonly candleSeed: HistoryQueries['candleSeed'] = (question) =>
    this.#atOneState((transaction) => readCandleSeed(transaction, question));

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
