import type { HistoryQueries as AllHistoryQueries, MemoryViews } from '@openvenue/views';

/** Orders, condition orders, fills, wallet changes, closed positions, fundings and candles of all time. A user reads what he has written: every question names the sequence it must know. */
export type HistoryQueries = Pick<
  AllHistoryQueries,
  'orders' | 'order' | 'conditions' | 'fills' | 'ledger' | 'closedPositions' | 'fundings' | 'candles' | 'scan'
>;

/** What everyone may see of the market beyond the core's reads: tickers, candles, and the last trades, newest first. */
export type MarketViews = Pick<MemoryViews, 'ticker' | 'tickers' | 'candles' | 'trades'>;
