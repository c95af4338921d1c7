import type { ClosedPositionRecord, FillRecord, LedgerEntry, OrderRecord } from '@openvenue/core';
import type { Committed } from '@openvenue/sequencer';
import {
  type Candle,
  type CandleFilter,
  type ClosedPositionFilter,
  type ConditionFilter,
  type FillFilter,
  type FundingFilter,
  type FundingSettlement,
  type HistoryPage,
  type HistorySpan,
  type LedgerFilter,
  type Listing,
  type OrderFilter,
  type OrderLookup,
  type PastCandles,
  type PastCondition,
  rolledUp,
  type ScanFilter,
  type ScanItems,
  type ScanKind,
  type ScanPlace,
  type TradeEvent,
} from '@openvenue/views';
import type { HistoryQueries } from '../ports.ts';

interface Row {
  readonly userId: number;
  readonly symbol: string;
  readonly orderId: number;
  readonly createdAtMs: number;
}

/** The history of one test, kept as the events tell it. */
export class MemoryHistory implements HistoryQueries {
  readonly #orders = new Map<number, OrderRecord>();
  readonly #conditions = new Map<number, PastCondition>();
  readonly #fills: FillRecord[] = [];
  readonly #ledger: LedgerEntry[] = [];
  readonly #closed: ClosedPositionRecord[] = [];
  readonly #fundings: FundingSettlement[] = [];
  readonly #trades: TradeEvent[] = [];
  #refusal: Error | undefined;

  /** The next question is refused with this error. */
  refuseNext(error: Error): void {
    this.#refusal = error;
  }

  take(batch: readonly Committed[]): void {
    for (const event of batch.flatMap(({ events }) => events)) {
      if (event.type === 'trade') this.#trades.push(event);
      if (event.type === 'ledger') this.#ledger.push(event.entry);
      if (event.type === 'funding-settled') this.#fundings.push(event);
      if (event.type === 'position-closed') this.#closed.push(event.closed);
      if (event.type === 'condition-updated') {
        const { condition, leverage, marginMode } = event;
        this.#conditions.set(condition.conditionId, { ...condition, leverage, marginMode });
      }
      if (event.type !== 'order-updated') continue;
      const { order, fill } = event;
      this.#orders.set(order.orderId, order);
      if (fill !== undefined) this.#fills.push(fill);
    }
  }

  async orders(userId: number, filter: OrderFilter, page: HistoryPage): Promise<Listing<OrderRecord>> {
    this.#refuse();
    const rows = [...this.#orders.values()].filter(
      (row) => isWanted(row, userId, filter) && fits(row, filter, ['clientOrderId', 'type', 'side', 'status']),
    );
    return listing(rows.toReversed(), page);
  }

  async order(userId: number, lookup: OrderLookup): Promise<OrderRecord | undefined> {
    return (await this.orders(userId, lookup, { offset: 0, limit: 1 })).list[0];
  }

  async conditions(userId: number, filter: ConditionFilter, page: HistoryPage): Promise<Listing<PastCondition>> {
    this.#refuse();
    const rows = [...this.#conditions.values()].filter(
      (row) => isOwnInTime(row, userId, filter) && fits(row, filter, ['symbol', 'side', 'status']),
    );
    return listing(rows.toReversed(), page);
  }

  async fills(userId: number, filter: FillFilter, page: HistoryPage): Promise<Listing<FillRecord>> {
    this.#refuse();
    return listing(this.#fills.filter((row) => isWanted(row, userId, filter)).toReversed(), page);
  }

  async ledger(userId: number, filter: LedgerFilter, page: HistoryPage): Promise<Listing<LedgerEntry>> {
    this.#refuse();
    const rows = this.#ledger.filter(
      (row) => isOwnInTime(row, userId, filter) && (filter.changeType ?? row.changeType) === row.changeType,
    );
    return listing(rows.toReversed(), page);
  }

  async closedPositions(
    userId: number,
    filter: ClosedPositionFilter,
    page: HistoryPage,
  ): Promise<Listing<ClosedPositionRecord>> {
    this.#refuse();
    const rows = this.#closed.filter(
      (row) =>
        isOwnInTime({ userId: row.userId, createdAtMs: row.closedAtMs }, userId, filter) &&
        fits(row, filter, ['symbol', 'direction']),
    );
    return listing(rows.toReversed(), page);
  }

  async fundings(filter: FundingFilter, page: HistoryPage): Promise<Listing<FundingSettlement>> {
    this.#refuse();
    const { startTimeMs = 0, endTimeMs = Number.POSITIVE_INFINITY } = filter;
    const rows = this.#fundings.filter(
      ({ symbol, atMs }) => symbol === filter.symbol && atMs >= startTimeMs && atMs < endTimeMs,
    );
    return listing(rows.toReversed(), page);
  }

  async scan<Kind extends ScanKind>(kind: Kind, filter: ScanFilter): Promise<readonly ScanItems[Kind][]> {
    this.#refuse();
    return this.#rowsOf(kind)
      .filter((row) => isScanned(row, filter))
      .toSorted((a, b) => b.place.timeMs - a.place.timeMs || b.place.id - a.place.id)
      .slice(0, filter.limit)
      .map(({ item }) => item) as unknown as readonly ScanItems[Kind][];
  }

  #rowsOf(kind: ScanKind): readonly ScanRow[] {
    switch (kind) {
      case 'orders':
        return [...this.#orders.values()].map((item) => {
          return { item, place: { timeMs: item.createdAtMs, id: item.orderId } };
        });
      case 'conditions':
        return [...this.#conditions.values()].map((item) => {
          return { item, place: { timeMs: item.createdAtMs, id: item.conditionId } };
        });
      case 'fills':
        return this.#fills.map((item) => ({ item, place: { timeMs: item.createdAtMs, id: item.fillId } }));
      case 'ledger':
        return this.#ledger.map((item) => ({ item, place: { timeMs: item.createdAtMs, id: item.entryId } }));
      case 'closed-positions':
        return this.#closed.map((item) => ({ item, place: { timeMs: item.closedAtMs, id: item.positionId } }));
    }
  }

  async candles({ symbol, interval, fromMs, toMs, limit }: CandleFilter): Promise<PastCandles> {
    this.#refuse();
    const trades = this.#trades.filter((trade) => trade.symbol === symbol).map(candleOfOne);
    const previousClose = trades.findLast(({ openMs }) => openMs < fromMs)?.close ?? (0 as Candle['close']);
    const inside = trades.filter(({ openMs }) => openMs >= fromMs && openMs < toMs);
    return { previousClose, candles: rolledUp(interval, inside).slice(0, limit) };
  }

  #refuse(): void {
    const refusal = this.#refusal;
    this.#refusal = undefined;
    if (refusal !== undefined) throw refusal;
  }
}

interface ScanRow {
  /** Filters name its fields. */
  readonly item: ScanItems[ScanKind];
  readonly place: ScanPlace;
}

function isScanned({ item, place }: ScanRow, filter: ScanFilter): boolean {
  const { userIds, limit: _limit, after, startTimeMs = 0, endTimeMs = Infinity, statuses, ...fields } = filter;
  const values = new Map<string, unknown>(Object.entries(item));
  const isInTime = place.timeMs >= startTimeMs && place.timeMs < endTimeMs;
  const isLater =
    after === undefined || place.timeMs < after.timeMs || (place.timeMs === after.timeMs && place.id < after.id);
  const hasStatus = statuses === undefined || statuses.some((status) => status === values.get('status'));
  const isOwned = userIds.includes(item.userId);
  return isOwned && isInTime && isLater && hasStatus && fitsAll(values, fields);
}

const fitsAll = (values: ReadonlyMap<string, unknown>, fields: object): boolean =>
  Object.entries(fields).every(([name, wanted]) => wanted === undefined || values.get(name) === wanted);

const candleOfOne = ({ atMs, price, quantity }: TradeEvent): Candle => ({
  openMs: atMs,
  open: price,
  high: price,
  low: price,
  close: price,
  volume: BigInt(quantity),
  turnover: BigInt(price) * BigInt(quantity),
});

function isOwnInTime(row: Pick<Row, 'userId' | 'createdAtMs'>, userId: number, filter: HistorySpan): boolean {
  const { startTimeMs = 0, endTimeMs = Number.POSITIVE_INFINITY } = filter;
  return row.userId === userId && row.createdAtMs >= startTimeMs && row.createdAtMs < endTimeMs;
}

function isWanted(row: Row, userId: number, filter: HistorySpan & Partial<Pick<OrderFilter, 'symbol' | 'orderId'>>) {
  return isOwnInTime(row, userId, filter) && fits(row, filter, ['symbol', 'orderId']);
}

function fits<T extends object, Key extends keyof T>(
  row: T,
  filter: { [K in Key]?: T[K] | undefined },
  keys: readonly Key[],
) {
  return keys.every((key) => filter[key] === undefined || filter[key] === row[key]);
}

const listing = <T>(rows: readonly T[], { offset, limit }: HistoryPage): Listing<T> => ({
  list: rows.slice(offset, offset + limit),
  total: rows.length,
});
