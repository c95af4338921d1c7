import type { ClosedPositionRecord, FillRecord, LedgerEntry, OrderRecord } from '@openvenue/core';
import type { CandleSeed } from '../../memory/kline/symbol-candles.ts';
import type {
  CandleFilter,
  CandleSeedQuestion,
  ClosedPositionFilter,
  ConditionFilter,
  FillFilter,
  FundingFilter,
  FundingSettlement,
  HistoryPage,
  LedgerFilter,
  Listing,
  OrderFilter,
  PastCandles,
  PastCondition,
  ScanFilter,
  ScanItems,
  ScanKind,
} from '../history-queries.ts';
import type { RebuildReason } from '../store/history-store.ts';

/** A question with all of its parameters. */
export type HistoryQuestion =
  | { readonly kind: 'orders'; readonly userId: number; readonly filter: OrderFilter; readonly page: HistoryPage }
  | {
      readonly kind: 'conditions';
      readonly userId: number;
      readonly filter: ConditionFilter;
      readonly page: HistoryPage;
    }
  | { readonly kind: 'fills'; readonly userId: number; readonly filter: FillFilter; readonly page: HistoryPage }
  | { readonly kind: 'ledger'; readonly userId: number; readonly filter: LedgerFilter; readonly page: HistoryPage }
  | {
      readonly kind: 'closed-positions';
      readonly userId: number;
      readonly filter: ClosedPositionFilter;
      readonly page: HistoryPage;
    }
  | { readonly kind: 'fundings'; readonly filter: FundingFilter; readonly page: HistoryPage }
  | { readonly kind: 'scan'; readonly of: ScanKind; readonly filter: ScanFilter }
  | { readonly kind: 'candles'; readonly filter: CandleFilter }
  | { readonly kind: 'candle-seed'; readonly filter: CandleSeedQuestion };

export type HistoryAnswer =
  | Listing<OrderRecord>
  | Listing<PastCondition>
  | Listing<FillRecord>
  | Listing<LedgerEntry>
  | Listing<ClosedPositionRecord>
  | Listing<FundingSettlement>
  | readonly ScanItems[ScanKind][]
  | PastCandles
  | CandleSeed;

/** What the main thread tells the worker. The first message is `durable`: the worker opens nothing before it knows the log's end. */
export type ToWorker =
  | { readonly type: 'durable'; readonly sequence: number }
  | {
      readonly type: 'query';
      readonly id: number;
      readonly question: HistoryQuestion;
      readonly atLeastSequence: number;
    }
  /** Nobody waits for the answer any more. */
  | { readonly type: 'forget'; readonly id: number }
  | { readonly type: 'close' };

export type FromWorker =
  /** `cause` is the message of what damaged the database, '' for none. */
  | {
      readonly type: 'opened';
      readonly position: number;
      readonly rebuilt: RebuildReason | undefined;
      readonly cause: string;
    }
  /** Everything up to here can be read. */
  | { readonly type: 'position'; readonly sequence: number }
  | { readonly type: 'answer'; readonly id: number; readonly answer: HistoryAnswer }
  | { readonly type: 'refused'; readonly id: number; readonly message: string };
