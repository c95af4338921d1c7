import type {
  ClosedPositionRecord,
  ConditionRecord,
  ConditionStatus,
  Event,
  FillRecord,
  LedgerEntry,
  MarginMode,
  OrderRecord,
  OrderStatus,
  PositionSide,
} from '@openvenue/core';
import type { Money, PriceTicks } from '@openvenue/money';
import type { Candle } from '../memory/kline/candle.ts';
import type { CandleInterval } from '../memory/kline/interval.ts';
import type { CandlesName } from '../memory/kline/price-type.ts';
import type { CandleSeed, SeedRange } from '../memory/kline/symbol-candles.ts';
import type { FlowSpan } from './schema.ts';

/** Largest `limit` of a page. */
export const MAX_PAGE_ROWS = 100;

/** Rows to skip and to give. */
export interface HistoryPage {
  readonly offset: number;
  /** 1 to {@link MAX_PAGE_ROWS}. */
  readonly limit: number;
}

/** One page, newest first. */
export interface Listing<Item> {
  readonly list: readonly Item[];
  /** Everything that matches, on all pages. */
  readonly total: number;
}

/** What every question may say. */
export interface HistorySpan {
  /** Created at this time or later, Unix ms. */
  readonly startTimeMs?: number | undefined;
  /** Created before this time. */
  readonly endTimeMs?: number | undefined;
  /**
   * The answer knows everything up to this log sequence. Default: all that was durable when the question was asked, so that users find
   * what was just answered to them; 0 takes the history as it stands.
   */
  readonly atLeastSequence?: number | undefined;
}

export interface OrderFilter extends HistorySpan {
  readonly symbol?: string | undefined;
  readonly orderId?: number | undefined;
  readonly clientOrderId?: string | undefined;
  readonly type?: OrderRecord['type'] | undefined;
  readonly side?: OrderRecord['side'] | undefined;
  readonly status?: OrderRecord['status'] | undefined;
}

/** A condition order with its user's leverage and margin mode when it changed last. */
export interface PastCondition extends ConditionRecord {
  readonly leverage: number;
  readonly marginMode: MarginMode;
}

export interface ConditionFilter extends HistorySpan {
  readonly symbol?: string | undefined;
  readonly side?: ConditionRecord['side'] | undefined;
  readonly status?: ConditionStatus | undefined;
}

export interface FillFilter extends HistorySpan {
  readonly symbol?: string | undefined;
  readonly orderId?: number | undefined;
}

export interface LedgerFilter extends HistorySpan {
  /** A kind that the core does not book matches nothing. */
  readonly changeType?: string | undefined;
}

/** Times are those of the end. */
export interface ClosedPositionFilter extends HistorySpan {
  readonly symbol?: string | undefined;
  readonly direction?: ClosedPositionRecord['direction'] | undefined;
}

/** What the core has said of a symbol's funding when it was settled. */
export type FundingSettlement = Omit<Extract<Event, { readonly type: 'funding-settled' }>, 'type'>;

export interface FundingFilter extends HistorySpan {
  readonly symbol: string;
}

/** Names one order by all that is given. */
export interface OrderLookup {
  readonly symbol: string;
  readonly orderId?: number | undefined;
  readonly clientOrderId?: string | undefined;
  /** See {@link HistorySpan}. */
  readonly atLeastSequence?: number | undefined;
}

/** Largest `limit` of {@link CandleFilter}. */
export const MAX_CANDLES = 1_000;

export interface CandleFilter extends CandlesName, Pick<HistorySpan, 'atLeastSequence'> {
  readonly interval: CandleInterval;
  /** First opening. */
  readonly fromMs: number;
  /** Opening after the last one. */
  readonly toMs: number;
  /** 1 to {@link MAX_CANDLES}, empty candles counted: the oldest of the stretch. */
  readonly limit: number;
}

/** Candles of trades, or of index or mark prices. */
export interface PastCandles {
  /** Price before `fromMs`, 0 for none. */
  readonly previousClose: PriceTicks;
  /** Those with any price, oldest first. */
  readonly candles: readonly Candle[];
}

export interface CandleSeedQuestion extends CandlesName, Pick<HistorySpan, 'atLeastSequence'> {
  readonly range: SeedRange;
}

/** What a user's trades and wallet came to in a time. All wallet changes are in here: the wallet is the sum of `netPnl + transferIn - transferOut`. */
export interface AccountFlow {
  /** Value of the user's fills in both roles. */
  readonly tradedValue: Money;
  /** Of what was closed, before fees and funding (the ledger's REALIZED_PNL and ADL). */
  readonly realizedPnl: Money;
  /** Trading fees paid less rebates. */
  readonly tradingFee: Money;
  /** Everything that trading did to the wallet: realised profit and loss, fees, funding, and what liquidation took or the insurance fund paid. */
  readonly netPnl: Money;
  /** What came into the wallet otherwise, and what left it so; neither is negative. */
  readonly transferIn: Money;
  readonly transferOut: Money;
}

/** An hour or day that had anything. */
export interface AccountFlowOfSpan extends AccountFlow {
  readonly openMs: number;
}

export interface AccountFlowFilter extends Pick<HistorySpan, 'atLeastSequence'> {
  readonly span: FlowSpan;
  /** An opening of the span; as many spans come back, at most, as there are from it on. */
  readonly fromMs: number;
}

export interface AccountFlows {
  /** Of all the time before; undefined when there was nothing. */
  readonly before: AccountFlow | undefined;
  /** Oldest first. */
  readonly spans: readonly AccountFlowOfSpan[];
}

/** Largest `ranked` of {@link LeaderboardFilter}. */
export const MAX_RANKED = 10_000;
/** Largest `shown` of {@link LeaderboardFilter}. */
export const MAX_LEADERS = 100;

export interface LeaderboardFilter extends Pick<HistorySpan, 'atLeastSequence'> {
  /** The first day. */
  readonly fromMs: number;
  /** How many of the best have a place, and how many of those are told of. */
  readonly ranked: number;
  readonly shown: number;
}

/** A user who has made money in the days of a leaderboard. */
export interface Leader extends Pick<AccountFlow, 'tradedValue' | 'realizedPnl'> {
  readonly userId: number;
  /** What was in the wallet before the first day, and all that came in since. */
  readonly capital: Money;
}

/** Users by realised profit, best first; at one profit by traded value, then by id. Without profit there is no place. */
export interface Leaderboard {
  readonly leaders: readonly Leader[];
  /** The users with a place. */
  readonly ranking: readonly number[];
}

/** Largest `limit` of a scan: a page of a thousand, and one more that shows whether there is another. */
export const MAX_SCAN_ROWS = 1_001;

/** What a scan of each kind gives. */
export interface ScanItems {
  readonly orders: OrderRecord;
  readonly conditions: PastCondition;
  readonly fills: FillRecord;
  readonly ledger: LedgerEntry;
  /** Their time is that of their end. */
  readonly 'closed-positions': ClosedPositionRecord;
}

export type ScanKind = keyof ScanItems;

/** A place in a scan: after the item with this time and id. */
export interface ScanPlace {
  readonly timeMs: number;
  readonly id: number;
}

/** Most users that a scan may name. */
export const MAX_SCAN_USERS = 100;

/** Whose items: of up to {@link MAX_SCAN_USERS} users, or of all users of an agent, which condition orders and fills cannot be asked by. */
export type ScanOwners = { readonly userIds: readonly number[] } | { readonly agentId: number };

/** Asks for the items of many users, newest first, from a place on. Filters that the kind is not asked by are errors. */
export interface ScanFilter extends HistorySpan {
  readonly of: ScanOwners;
  readonly after?: ScanPlace | undefined;
  /** 1 to {@link MAX_SCAN_ROWS}. */
  readonly limit: number;
  readonly symbol?: string | undefined;
  readonly orderId?: number | undefined;
  readonly conditionId?: number | undefined;
  readonly clientOrderId?: string | undefined;
  readonly side?: OrderRecord['side'] | undefined;
  readonly statuses?: readonly (OrderStatus | ConditionStatus)[] | undefined;
  readonly positionSide?: PositionSide | undefined;
  readonly changeType?: string | undefined;
}

/**
 * What the history can be asked. Pages outside their limits are assertion failures: the edge has checked them.
 *
 * @throws HistoryLaggingError when the history did not get as far as `atLeastSequence` in time.
 * @throws HistoryUnavailableError when it cannot be asked now.
 * @throws HistoryOverloadedError when too many questions are waiting.
 */
export interface HistoryQueries {
  /** Open and ended orders. */
  orders(userId: number, filter: OrderFilter, page: HistoryPage): Promise<Listing<OrderRecord>>;
  /** The user's newest order that fits. */
  order(userId: number, lookup: OrderLookup): Promise<OrderRecord | undefined>;
  /** Open and ended condition orders. */
  conditions(userId: number, filter: ConditionFilter, page: HistoryPage): Promise<Listing<PastCondition>>;
  fills(userId: number, filter: FillFilter, page: HistoryPage): Promise<Listing<FillRecord>>;
  ledger(userId: number, filter: LedgerFilter, page: HistoryPage): Promise<Listing<LedgerEntry>>;
  closedPositions(
    userId: number,
    filter: ClosedPositionFilter,
    page: HistoryPage,
  ): Promise<Listing<ClosedPositionRecord>>;
  /** Settled fundings of a symbol. */
  fundings(filter: FundingFilter, page: HistoryPage): Promise<Listing<FundingSettlement>>;
  /** Items of many users, newest first. */
  scan<Kind extends ScanKind>(kind: Kind, filter: ScanFilter): Promise<readonly ScanItems[Kind][]>;
  /** What a user's trades and wallet came to, by hours or days. */
  accountFlows(userId: number, filter: AccountFlowFilter): Promise<AccountFlows>;
  leaderboard(filter: LeaderboardFilter): Promise<Leaderboard>;
  /** The candles of a stretch. When there was no price before it, its limit counts from the first candle with one. */
  candles(filter: CandleFilter): Promise<PastCandles>;
  /** What a symbol's candles in memory need to know of the time before the start. */
  candleSeed(question: CandleSeedQuestion): Promise<CandleSeed>;
}
