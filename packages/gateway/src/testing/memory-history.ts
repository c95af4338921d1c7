import type { FillRecord, OrderRecord } from '@openvenue/core';
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
  rolledUp,
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
  readonly #fills: FillRecord[] = [];
  readonly #trades: TradeEvent[] = [];
  #refusal: Error | undefined;

  /** The next question is refused with this error. */
  refuseNext(error: Error): void {
    this.#refusal = error;
  }

  take(batch: readonly Committed[]): void {
    for (const event of batch.flatMap(({ events }) => events)) {
      if (event.type === 'trade') this.#trades.push(event);
      if (event.type !== 'order-updated') continue;
      this.#orders.set(event.order.orderId, event.order);
      if (event.fill !== undefined) this.#fills.push(event.fill);
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
