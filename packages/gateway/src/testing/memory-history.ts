import type { ClosedPositionRecord, FillRecord, LedgerEntry, OrderRecord } from '@openvenue/core';
import { money } from '@openvenue/money';
import type { Committed } from '@openvenue/sequencer';
import {
  AccountChanges,
  type AccountFlow,
  type AccountFlowFilter,
  type AccountFlows,
  type Candle,
  type CandleFilter,
  type ClosedPositionFilter,
  type ConditionFilter,
  type FillFilter,
  type FundingFilter,
  type FundingSettlement,
  type HistoryPage,
  type HistorySpan,
  type Leaderboard,
  type LeaderboardFilter,
  type LedgerFilter,
  type Listing,
  NO_FLOW,
  type OrderFilter,
  type OrderLookup,
  type PastCandles,
  type PastCondition,
  type PriceSample,
  rolledUp,
  type ScanFilter,
  type ScanItems,
  type ScanKind,
  type ScanPlace,
  samplesOf,
  sumOf,
  walletChange,
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
  readonly #flows = new AccountChanges();
  readonly #samples: PriceSample[] = [];
  readonly #agents = new Map<number, number>();
  #refusal: Error | undefined;

  /** The next question is refused with this error. */
  refuseNext(error: Error): void {
    this.#refusal = error;
  }

  take(batch: readonly Committed[]): void {
    for (const event of batch.flatMap(({ events }) => events)) {
      if (event.type === 'trade' || event.type === 'prices-updated') this.#samples.push(...samplesOf(event));
      if (event.type === 'user-bound') this.#agents.set(event.userId, event.agentId);
      if (event.type === 'ledger') {
        this.#ledger.push(event.entry);
        this.#flows.booked(event.entry);
      }
      if (event.type === 'funding-settled') this.#fundings.push(event);
      if (event.type === 'position-closed') this.#closed.push(event.closed);
      if (event.type === 'condition-updated') {
        const { condition, leverage, marginMode } = event;
        this.#conditions.set(condition.conditionId, { ...condition, leverage, marginMode });
      }
      if (event.type !== 'order-updated') continue;
      const { order, fill } = event;
      this.#orders.set(order.orderId, order);
      if (fill === undefined) continue;
      this.#fills.push(fill);
      this.#flows.filled(fill);
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
      .filter((row) => this.#isOwned(row, filter) && isScanned(row, filter))
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

  async accountFlows(userId: number, { span, fromMs }: AccountFlowFilter): Promise<AccountFlows> {
    this.#refuse();
    const own = this.#flowsOf(userId, span);
    const earlier = own.filter(({ openMs }) => openMs < fromMs);
    return {
      before: earlier.length === 0 ? undefined : totalOf(earlier),
      spans: own.filter(({ openMs }) => openMs >= fromMs).map(({ openMs, flow }) => ({ openMs, ...flow })),
    };
  }

  async leaderboard({ fromMs, ranked, shown }: LeaderboardFilter): Promise<Leaderboard> {
    this.#refuse();
    const users = [...new Set(this.#flows.list().map(({ userId }) => userId))];
    const leaders = users
      .map((userId) => {
        const days = this.#flowsOf(userId, '1d');
        const inside = totalOf(days.filter(({ openMs }) => openMs >= fromMs));
        const before = walletChange(totalOf(days.filter(({ openMs }) => openMs < fromMs)));
        return { userId, ...inside, capital: money(before + inside.transferIn) };
      })
      .filter(({ realizedPnl }) => realizedPnl > 0n)
      .toSorted((a, b) => Number(b.realizedPnl - a.realizedPnl))
      .slice(0, ranked);
    return { leaders: leaders.slice(0, shown), ranking: leaders.map(({ userId }) => userId) };
  }

  #flowsOf(userId: number, span: AccountFlowFilter['span']) {
    return this.#flows.list().filter((each) => each.userId === userId && each.span === span);
  }

  async candles({ symbol, priceType, interval, fromMs, toMs, limit }: CandleFilter): Promise<PastCandles> {
    this.#refuse();
    const trades = this.#samples
      .filter((sample) => sample.symbol === symbol && sample.priceType === priceType)
      .map(candleOfOne);
    const previousClose = trades.findLast(({ openMs }) => openMs < fromMs)?.close ?? (0 as Candle['close']);
    const inside = trades.filter(({ openMs }) => openMs >= fromMs && openMs < toMs);
    return { previousClose, candles: rolledUp(interval, inside).slice(0, limit) };
  }

  #isOwned({ item: { userId } }: ScanRow, { of }: ScanFilter): boolean {
    return 'agentId' in of ? this.#agents.get(userId) === of.agentId : of.userIds.includes(userId);
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
  const { of: _of, limit: _limit, after, startTimeMs = 0, endTimeMs = Infinity, statuses, ...fields } = filter;
  const values = new Map<string, unknown>(Object.entries(item));
  const isInTime = place.timeMs >= startTimeMs && place.timeMs < endTimeMs;
  const isLater =
    after === undefined || place.timeMs < after.timeMs || (place.timeMs === after.timeMs && place.id < after.id);
  const hasStatus = statuses === undefined || statuses.some((status) => status === values.get('status'));
  return isInTime && isLater && hasStatus && fitsAll(values, fields);
}

const fitsAll = (values: ReadonlyMap<string, unknown>, fields: object): boolean =>
  Object.entries(fields).every(([name, wanted]) => wanted === undefined || values.get(name) === wanted);

const totalOf = (spans: readonly { readonly flow: AccountFlow }[]): AccountFlow =>
  spans.reduce<AccountFlow>((sum, { flow }) => sumOf(sum, flow), NO_FLOW);

const candleOfOne = ({ atMs, price, quantity }: PriceSample): Candle => ({
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
