import type {
  ChangeType,
  ClosedPositionRecord,
  ConditionRecord,
  FillRecord,
  LedgerEntry,
  OrderRecord,
} from '@openvenue/core';
import type { CandlePriceType } from '../memory/kline/price-type.ts';

/** Every order at its newest state. Prices in ticks, quantities in steps, money in 1e-8 USDT, times in ms. */
export interface OrderHistoryTable {
  order_id: bigint;
  user_id: bigint;
  symbol: string;
  client_order_id: string;
  type: OrderRecord['type'];
  side: OrderRecord['side'];
  position_side: OrderRecord['positionSide'];
  price_ticks: bigint;
  quantity_steps: bigint;
  filled_quantity_steps: bigint;
  filled_tick_steps: bigint;
  time_in_force: OrderRecord['timeInForce'];
  reduce_only: boolean;
  maker_only: boolean;
  close_position: boolean;
  place_type: string;
  status: OrderRecord['status'];
  reject_reason: OrderRecord['rejectReason'];
  handling_fee: string;
  realized_pnl: string;
  created_at_ms: bigint;
  updated_at_ms: bigint;
  /** Of the user and symbol as the order changed last. */
  leverage: bigint;
  margin_mode: OrderRecord['marginMode'];
  /** 0 for none, as below. */
  strategy_id: bigint;
  condition_id: bigint;
  /** Log sequence of the command that changed the order last. */
  sequence: bigint;
  /** Whose user it is, 0 for nobody's; so below. */
  agent_id: bigint;
}

/** Every condition order at its newest state. Units as in {@link OrderHistoryTable}. */
export interface ConditionHistoryTable {
  condition_id: bigint;
  user_id: bigint;
  symbol: string;
  client_order_id: string;
  type: ConditionRecord['type'];
  side: ConditionRecord['side'];
  position_side: ConditionRecord['positionSide'];
  price_ticks: bigint;
  quantity_steps: bigint;
  stop_price_ticks: bigint;
  working_type: ConditionRecord['workingType'];
  price_protect: boolean;
  activate_price_ticks: bigint;
  /** Tenths of a percent. */
  callback_rate: bigint;
  watermark_ticks: bigint;
  trigger_price_ticks: bigint;
  time_in_force: ConditionRecord['timeInForce'];
  reduce_only: boolean;
  close_position: boolean;
  status: ConditionRecord['status'];
  reject_reason: ConditionRecord['rejectReason'];
  generated_order_id: bigint;
  strategy_id: bigint;
  leverage: bigint;
  margin_mode: OrderRecord['marginMode'];
  created_at_ms: bigint;
  updated_at_ms: bigint;
  /** Log sequence of the command that changed the condition order last. */
  sequence: bigint;
}

/** One side of a trade for one user. Units as in {@link OrderHistoryTable}. */
export interface FillTable {
  fill_id: bigint;
  trade_id: bigint;
  order_id: bigint;
  user_id: bigint;
  symbol: string;
  side: FillRecord['side'];
  position_side: FillRecord['positionSide'];
  role: FillRecord['role'];
  price_ticks: bigint;
  quantity_steps: bigint;
  trade_value: string;
  handling_fee: string;
  realized_pnl: string;
  created_at_ms: bigint;
  /** Of a fill that flips: the position that it closes. */
  position_id: bigint;
}

/** A position from its first fill to its last. Units as in {@link OrderHistoryTable}; averages and ROE in 1e-8. */
export interface ClosedPositionTable {
  position_id: bigint;
  user_id: bigint;
  symbol: string;
  position_side: ClosedPositionRecord['positionSide'];
  direction: ClosedPositionRecord['direction'];
  leverage: bigint;
  margin_mode: ClosedPositionRecord['marginMode'];
  max_quantity_steps: bigint;
  closed_quantity_steps: string;
  opened_value: string;
  closed_value: string;
  entry_price: string;
  close_price: string;
  realized_pnl: string;
  roe: string;
  funding_fee_accum: string;
  close_trigger: ClosedPositionRecord['closeTrigger'];
  opened_at_ms: bigint;
  closed_at_ms: bigint;
  agent_id: bigint;
}

/** One change of a wallet. Money in 1e-8 USDT. */
export interface LedgerEntryTable {
  entry_id: bigint;
  user_id: bigint;
  change_type: ChangeType;
  amount: string;
  wallet_before: string;
  wallet_after: string;
  frozen_before: string;
  frozen_after: string;
  symbol: LedgerEntry['symbol'];
  reference_id: bigint;
  created_at_ms: bigint;
  agent_id: bigint;
}

/** A settled funding of a symbol. The mark is in ticks, the rate in 1e-8. */
export interface FundingSettlementTable {
  symbol: string;
  at_ms: bigint;
  rate: bigint;
  mark_ticks: bigint;
  interval_hours: bigint;
}

/** Spans whose candles are kept; those of every other interval are made of them. */
export const CANDLE_SPANS = ['1m', '15m', '1h', '6h', '1d'] as const;
export type CandleSpan = (typeof CANDLE_SPANS)[number];

/** The trades of a symbol in one span of UTC that had any, of all users; or its index or mark prices. */
export interface CandleTable {
  symbol: string;
  price_type: CandlePriceType;
  span: CandleSpan;
  open_ms: bigint;
  open_ticks: bigint;
  high_ticks: bigint;
  low_ticks: bigint;
  close_ticks: bigint;
  /** Of index and mark the number of prices. */
  volume_steps: string;
  /** Sum of price x quantity, in ticks x steps. */
  turnover_tick_steps: string;
}

/** Spans by which a user's flows are kept. */
export const FLOW_SPANS = ['1h', '1d'] as const;
export type FlowSpan = (typeof FLOW_SPANS)[number];

/** What a user's trades and wallet came to in one hour or day of UTC that had anything. Money in 1e-8 USDT. */
export interface AccountFlowTable {
  user_id: bigint;
  span: FlowSpan;
  open_ms: bigint;
  traded_value: string;
  realized_pnl: string;
  trading_fee: string;
  net_pnl: string;
  transfer_in: string;
  transfer_out: string;
}

/** The tables whose rows are counted, by the names that they have in the counts. */
export const COUNT_SOURCES = ['order', 'condition', 'fill', 'ledger', 'position'] as const;
export type CountSource = (typeof COUNT_SOURCES)[number];

/** How many rows of a history a user has of one day of UTC and one kind. What a history is not asked by is ''. There is no row for 0. */
export interface HistoryCountTable {
  user_id: bigint;
  source: CountSource;
  /** When the rows were created; of positions, when they ended. */
  day_ms: bigint;
  symbol: string;
  /** Of positions the direction. */
  side: string;
  /** Of ledger entries the kind of change, of positions their side. */
  type: string;
  status: string;
  row_count: bigint;
}

/** What a user's trades and wallet came to in the days of a leaderboard, but for the hour of the last command. */
export interface LeaderSumTable {
  /** Days of the leaderboard. */
  days: bigint;
  user_id: bigint;
  realized_pnl: string;
  traded_value: string;
  transfer_in: string;
}

/** One row: the log sequence up to which the other tables are complete, written in the transaction that made them so. */
export interface ProjectionPositionTable {
  id: number;
  sequence: bigint;
  /** Time of the last projected command in ms, 0 before the first. */
  time_ms: bigint;
  /** The hour before which `leader_sum` ends, 0 before the first command. */
  leader_hour_ms: bigint;
}

export interface HistoryDatabase {
  order_history: OrderHistoryTable;
  condition_history: ConditionHistoryTable;
  fill: FillTable;
  ledger_entry: LedgerEntryTable;
  closed_position: ClosedPositionTable;
  funding_settlement: FundingSettlementTable;
  candle: CandleTable;
  account_flow: AccountFlowTable;
  history_count: HistoryCountTable;
  leader_sum: LeaderSumTable;
  projection_position: ProjectionPositionTable;
}

/** The key of the one row of `projection_position`. */
export const POSITION_ROW = 1;
