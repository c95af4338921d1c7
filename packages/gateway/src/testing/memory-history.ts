import type { FillRecord, LedgerEntry, OrderRecord } from '@openvenue/core';
import type { Committed } from '@openvenue/sequencer';
import {
  type Candle,
  type CandleFilter,
  type FillFilter,
  type HistoryPage,
  type HistorySpan,
  type Listing,
  type OrderFilter,
  type OrderLookup,
  type PastCandles,
  type PastFill,
  type PastOrder,
  PositionChanges,
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
  readonly #pastOrders = new Map<number, PastOrder>();
  readonly #fills: FillRecord[] = [];
  readonly #pastFills: PastFill[] = [];
  readonly #ledger: LedgerEntry[] = [];
  readonly #positions = new PositionChanges([], []);
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
      if (event.type === 'leverage-changed') this.#positions.setLeverage(event);
      if (event.type !== 'order-updated') continue;
      const { order, fill } = event;
      this.#orders.set(order.orderId, order);
      this.#pastOrders.set(order.orderId, { order, leverage: this.#positions.leverageOf(order) });
      if (fill === undefined) continue;
      this.#fills.push(fill);
      this.#pastFills.push({ fill, positionId: this.#positions.fill(fill) });
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

  async fills(userId: number, filter: FillFilter, page: HistoryPage): Promise<Listing<FillRecord>> {
    this.#refuse();
    return listing(this.#fills.filter((row) => isWanted(row, userId, filter)).toReversed(), page);
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
        return [...this.#pastOrders.values()].map((item) => {
          const { orderId: id, createdAtMs: timeMs } = item.order;
          return { item, record: item.order, place: { timeMs, id } };
        });
      case 'fills':
        return this.#pastFills.map((item) => {
          const { fillId: id, createdAtMs: timeMs } = item.fill;
          return { item, record: item.fill, place: { timeMs, id } };
        });
      case 'ledger':
        return this.#ledger.map((item) => {
          const { entryId: id, createdAtMs: timeMs } = item;
          return { item, record: item, place: { timeMs, id } };
        });
      case 'open-positions':
        return this.#positions.changedPositions
          .filter(({ quantity }) => quantity !== 0)
          .map((item) => ({ item, record: item, place: { timeMs: item.openedAtMs, id: item.positionId } }));
      case 'closed-positions':
        return this.#positions.closed.map((item) => {
          return { item, record: item, place: { timeMs: item.closedAtMs, id: item.positionId } };
        });
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
  readonly item: ScanItems[ScanKind];
  /** Whose fields the filters name. */
  readonly record: object & { readonly userId: number };
  readonly place: ScanPlace;
}

function isScanned({ record, place }: ScanRow, filter: ScanFilter): boolean {
  const { userIds, limit: _limit, after, startTimeMs = 0, endTimeMs = Infinity, statuses, ...fields } = filter;
  const values = new Map<string, unknown>(Object.entries(record));
  const isInTime = place.timeMs >= startTimeMs && place.timeMs < endTimeMs;
  const isLater =
    after === undefined || place.timeMs < after.timeMs || (place.timeMs === after.timeMs && place.id < after.id);
  const hasStatus = statuses === undefined || statuses.some((status) => status === values.get('status'));
  const isOwned = userIds.includes(record.userId);
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

function isWanted(row: Row, userId: number, filter: HistorySpan & Partial<Pick<OrderFilter, 'symbol' | 'orderId'>>) {
  const { startTimeMs = 0, endTimeMs = Number.POSITIVE_INFINITY } = filter;
  const isInTime = row.createdAtMs >= startTimeMs && row.createdAtMs < endTimeMs;
  return row.userId === userId && isInTime && fits(row, filter, ['symbol', 'orderId']);
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
