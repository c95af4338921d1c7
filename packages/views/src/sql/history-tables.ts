import type {
  ClosedPositionTable,
  ConditionHistoryTable,
  CountSource,
  FillTable,
  HistoryCountTable,
  HistoryDatabase,
  LedgerEntryTable,
  OrderHistoryTable,
} from './schema.ts';

/** What rows are counted by, besides user and day. */
export type CountDimension = keyof Pick<HistoryCountTable, 'symbol' | 'side' | 'type' | 'status'>;

/** A table of users' rows with times, and how its rows are counted. */
export interface HistoryTable<Row> {
  readonly table: keyof HistoryDatabase;
  /** The time that questions select by and answers are ordered by. */
  readonly time: keyof Row & string;
  /** The table's key, which orders what was created in the same millisecond. */
  readonly key: keyof Row & string;
  readonly source: CountSource;
  /** Whether its rows say whose user theirs is. */
  readonly byAgent: boolean;
  /** The columns that rows are counted by, and where the counts have them. */
  readonly counted: { readonly [Column in keyof Row & string]?: CountDimension };
}

export const ORDER_TABLE: HistoryTable<OrderHistoryTable> = {
  table: 'order_history',
  time: 'created_at_ms',
  key: 'order_id',
  source: 'order',
  byAgent: true,
  counted: { symbol: 'symbol', side: 'side', type: 'type', status: 'status' },
};

export const CONDITION_TABLE: HistoryTable<ConditionHistoryTable> = {
  table: 'condition_history',
  time: 'created_at_ms',
  key: 'condition_id',
  source: 'condition',
  byAgent: false,
  counted: { symbol: 'symbol', side: 'side', status: 'status' },
};

export const FILL_TABLE: HistoryTable<FillTable> = {
  table: 'fill',
  time: 'created_at_ms',
  key: 'fill_id',
  source: 'fill',
  byAgent: false,
  counted: { symbol: 'symbol' },
};

export const LEDGER_TABLE: HistoryTable<LedgerEntryTable> = {
  table: 'ledger_entry',
  time: 'created_at_ms',
  key: 'entry_id',
  source: 'ledger',
  byAgent: true,
  counted: { change_type: 'type' },
};

export const CLOSED_POSITION_TABLE: HistoryTable<ClosedPositionTable> = {
  table: 'closed_position',
  time: 'closed_at_ms',
  key: 'position_id',
  source: 'position',
  byAgent: true,
  counted: { symbol: 'symbol', direction: 'side', position_side: 'type' },
};
