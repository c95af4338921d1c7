import type { ChangeType, FillRecord, LedgerEntry, OrderRecord } from '@openvenue/core';

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

export interface FillFilter extends HistorySpan {
  readonly symbol?: string | undefined;
  readonly orderId?: number | undefined;
}

export interface LedgerFilter extends HistorySpan {
  readonly changeType?: ChangeType | undefined;
}

/** Names one order by all that is given. */
export interface OrderLookup {
  readonly symbol: string;
  readonly orderId?: number | undefined;
  readonly clientOrderId?: string | undefined;
  /** See {@link HistorySpan}. */
  readonly atLeastSequence?: number | undefined;
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
  fills(userId: number, filter: FillFilter, page: HistoryPage): Promise<Listing<FillRecord>>;
  ledger(userId: number, filter: LedgerFilter, page: HistoryPage): Promise<Listing<LedgerEntry>>;
}
