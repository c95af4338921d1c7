import type { ClosedPositionRecord, FillRecord, LedgerEntry, OrderRecord } from '@openvenue/core';
import type { Candle } from '../memory/kline/candle.ts';
import type { CandlesName } from '../memory/kline/price-type.ts';
import { type ArrayParameter, boolArray, int8Array, numericArray, textArray } from './array-parameters.ts';
import type { AccountFlow, FundingSettlement, PastCondition } from './history-queries.ts';
import type {
  AccountFlowTable,
  CandleSpan,
  CandleTable,
  ClosedPositionTable,
  ConditionHistoryTable,
  CountSource,
  FillTable,
  FlowSpan,
  FundingSettlementTable,
  HistoryCountTable,
  LedgerEntryTable,
  OrderHistoryTable,
} from './schema.ts';

/** How one column is filled from records, and as which array type its values travel. */
export interface Column<Source> {
  readonly sqlType: 'int8' | 'numeric' | 'text' | 'bool';
  readonly arrayOf: (rows: readonly Source[]) => ArrayParameter;
}

/** The columns of a table by name; the compiler holds them complete. */
export type TableShape<Table, Source> = { readonly [Name in keyof Table]: Column<Source> };

const int8 = <Source>(of: (source: Source) => number): Column<Source> => ({
  sqlType: 'int8',
  arrayOf: (rows) => int8Array(rows, of),
});
const numeric = <Source>(of: (source: Source) => bigint): Column<Source> => ({
  sqlType: 'numeric',
  arrayOf: (rows) => numericArray(rows, of),
});
const text = <Source>(of: (source: Source) => string): Column<Source> => ({
  sqlType: 'text',
  arrayOf: (rows) => textArray(rows, of),
});
const bool = <Source>(of: (source: Source) => boolean): Column<Source> => ({
  sqlType: 'bool',
  arrayOf: (rows) => boolArray(rows, of),
});

/** An order after the command at `sequence`. */
export interface OrderChange {
  readonly sequence: number;
  /** Whose user it is, 0 for nobody's; so below. */
  readonly agentId: number;
  readonly order: OrderRecord;
}

export const ORDER_SHAPE: TableShape<OrderHistoryTable, OrderChange> = {
  order_id: int8(({ order }) => order.orderId),
  user_id: int8(({ order }) => order.userId),
  symbol: text(({ order }) => order.symbol),
  client_order_id: text(({ order }) => order.clientOrderId),
  type: text(({ order }) => order.type),
  side: text(({ order }) => order.side),
  position_side: text(({ order }) => order.positionSide),
  price_ticks: int8(({ order }) => order.price),
  quantity_steps: int8(({ order }) => order.quantity),
  filled_quantity_steps: int8(({ order }) => order.filledQuantity),
  filled_tick_steps: int8(({ order }) => order.filledTickSteps),
  time_in_force: text(({ order }) => order.timeInForce),
  reduce_only: bool(({ order }) => order.reduceOnly),
  maker_only: bool(({ order }) => order.makerOnly),
  close_position: bool(({ order }) => order.closePosition),
  place_type: text(({ order }) => order.placeType),
  status: text(({ order }) => order.status),
  reject_reason: text(({ order }) => order.rejectReason),
  handling_fee: numeric(({ order }) => order.handlingFee),
  realized_pnl: numeric(({ order }) => order.realizedPnl),
  created_at_ms: int8(({ order }) => order.createdAtMs),
  updated_at_ms: int8(({ order }) => order.updatedAtMs),
  leverage: int8(({ order }) => order.leverage),
  margin_mode: text(({ order }) => order.marginMode),
  strategy_id: int8(({ order }) => order.strategyId ?? 0),
  condition_id: int8(({ order }) => order.conditionId ?? 0),
  sequence: int8(({ sequence }) => sequence),
  agent_id: int8(({ agentId }) => agentId),
};

/** A condition order after the command at `sequence`. */
export interface ConditionChange {
  readonly sequence: number;
  readonly condition: PastCondition;
}

export const CONDITION_SHAPE: TableShape<ConditionHistoryTable, ConditionChange> = {
  condition_id: int8(({ condition }) => condition.conditionId),
  user_id: int8(({ condition }) => condition.userId),
  symbol: text(({ condition }) => condition.symbol),
  client_order_id: text(({ condition }) => condition.clientOrderId),
  type: text(({ condition }) => condition.type),
  side: text(({ condition }) => condition.side),
  position_side: text(({ condition }) => condition.positionSide),
  price_ticks: int8(({ condition }) => condition.price),
  quantity_steps: int8(({ condition }) => condition.quantity),
  stop_price_ticks: int8(({ condition }) => condition.stopPrice),
  working_type: text(({ condition }) => condition.workingType),
  price_protect: bool(({ condition }) => condition.priceProtect),
  activate_price_ticks: int8(({ condition }) => condition.activatePrice),
  callback_rate: int8(({ condition }) => condition.callbackRate),
  watermark_ticks: int8(({ condition }) => condition.watermark),
  trigger_price_ticks: int8(({ condition }) => condition.triggerPrice),
  time_in_force: text(({ condition }) => condition.timeInForce),
  reduce_only: bool(({ condition }) => condition.reduceOnly),
  close_position: bool(({ condition }) => condition.closePosition),
  status: text(({ condition }) => condition.status),
  reject_reason: text(({ condition }) => condition.rejectReason),
  generated_order_id: int8(({ condition }) => condition.generatedOrderId),
  strategy_id: int8(({ condition }) => condition.strategyId),
  leverage: int8(({ condition }) => condition.leverage),
  margin_mode: text(({ condition }) => condition.marginMode),
  created_at_ms: int8(({ condition }) => condition.createdAtMs),
  updated_at_ms: int8(({ condition }) => condition.updatedAtMs),
  sequence: int8(({ sequence }) => sequence),
};

export const FILL_SHAPE: TableShape<FillTable, FillRecord> = {
  fill_id: int8((fill) => fill.fillId),
  trade_id: int8((fill) => fill.tradeId),
  order_id: int8((fill) => fill.orderId),
  user_id: int8((fill) => fill.userId),
  symbol: text((fill) => fill.symbol),
  side: text((fill) => fill.side),
  position_side: text((fill) => fill.positionSide),
  role: text((fill) => fill.role),
  price_ticks: int8((fill) => fill.price),
  quantity_steps: int8((fill) => fill.quantity),
  trade_value: numeric((fill) => fill.tradeValue),
  handling_fee: numeric((fill) => fill.handlingFee),
  realized_pnl: numeric((fill) => fill.realizedPnl),
  created_at_ms: int8((fill) => fill.createdAtMs),
  position_id: int8((fill) => fill.positionId),
};

export interface LedgerRow {
  readonly agentId: number;
  readonly entry: LedgerEntry;
}

export const LEDGER_SHAPE: TableShape<LedgerEntryTable, LedgerRow> = {
  entry_id: int8(({ entry }) => entry.entryId),
  user_id: int8(({ entry }) => entry.userId),
  change_type: text(({ entry }) => entry.changeType),
  amount: numeric(({ entry }) => entry.amount),
  wallet_before: numeric(({ entry }) => entry.walletBefore),
  wallet_after: numeric(({ entry }) => entry.walletAfter),
  frozen_before: numeric(({ entry }) => entry.frozenBefore),
  frozen_after: numeric(({ entry }) => entry.frozenAfter),
  symbol: text(({ entry }) => entry.symbol),
  reference_id: int8(({ entry }) => entry.referenceId),
  created_at_ms: int8(({ entry }) => entry.createdAtMs),
  agent_id: int8(({ agentId }) => agentId),
};

export interface ClosedPositionRow {
  readonly agentId: number;
  readonly closed: ClosedPositionRecord;
}

export const CLOSED_POSITION_SHAPE: TableShape<ClosedPositionTable, ClosedPositionRow> = {
  position_id: int8(({ closed }) => closed.positionId),
  user_id: int8(({ closed }) => closed.userId),
  symbol: text(({ closed }) => closed.symbol),
  position_side: text(({ closed }) => closed.positionSide),
  direction: text(({ closed }) => closed.direction),
  leverage: int8(({ closed }) => closed.leverage),
  margin_mode: text(({ closed }) => closed.marginMode),
  max_quantity_steps: int8(({ closed }) => closed.maxQuantity),
  closed_quantity_steps: numeric(({ closed }) => closed.closedQuantity),
  opened_value: numeric(({ closed }) => closed.openedValue),
  closed_value: numeric(({ closed }) => closed.closedValue),
  entry_price: numeric(({ closed }) => closed.entryPrice),
  close_price: numeric(({ closed }) => closed.closePrice),
  realized_pnl: numeric(({ closed }) => closed.realizedPnl),
  roe: numeric(({ closed }) => closed.roe),
  funding_fee_accum: numeric(({ closed }) => closed.fundingFeeAccum),
  close_trigger: text(({ closed }) => closed.closeTrigger),
  opened_at_ms: int8(({ closed }) => closed.openedAtMs),
  closed_at_ms: int8(({ closed }) => closed.closedAtMs),
  agent_id: int8(({ agentId }) => agentId),
};

export const FUNDING_SHAPE: TableShape<FundingSettlementTable, FundingSettlement> = {
  symbol: text((settlement) => settlement.symbol),
  at_ms: int8((settlement) => settlement.atMs),
  rate: int8((settlement) => settlement.rate),
  mark_ticks: int8((settlement) => settlement.mark),
  interval_hours: int8((settlement) => settlement.intervalHours),
};

/** Some or all of a span's prices. */
export interface CandleChange extends CandlesName {
  readonly span: CandleSpan;
  readonly candle: Candle;
}

export const CANDLE_SHAPE: TableShape<CandleTable, CandleChange> = {
  symbol: text(({ symbol }) => symbol),
  price_type: text(({ priceType }) => priceType),
  span: text(({ span }) => span),
  open_ms: int8(({ candle }) => candle.openMs),
  open_ticks: int8(({ candle }) => candle.open),
  high_ticks: int8(({ candle }) => candle.high),
  low_ticks: int8(({ candle }) => candle.low),
  close_ticks: int8(({ candle }) => candle.close),
  volume_steps: numeric(({ candle }) => candle.volume),
  turnover_tick_steps: numeric(({ candle }) => candle.turnover),
};

/** Some or all of what a user's hour or day came to. */
export interface AccountFlowChange {
  readonly userId: number;
  readonly span: FlowSpan;
  readonly openMs: number;
  readonly flow: AccountFlow;
}

export const ACCOUNT_FLOW_SHAPE: TableShape<AccountFlowTable, AccountFlowChange> = {
  user_id: int8(({ userId }) => userId),
  span: text(({ span }) => span),
  open_ms: int8(({ openMs }) => openMs),
  traded_value: numeric(({ flow }) => flow.tradedValue),
  realized_pnl: numeric(({ flow }) => flow.realizedPnl),
  trading_fee: numeric(({ flow }) => flow.tradingFee),
  net_pnl: numeric(({ flow }) => flow.netPnl),
  transfer_in: numeric(({ flow }) => flow.transferIn),
  transfer_out: numeric(({ flow }) => flow.transferOut),
};

/** Rows of a history that have come (or gone, negative) in one day of one kind. */
export interface CountChange {
  readonly userId: number;
  readonly source: CountSource;
  readonly dayMs: number;
  readonly symbol: string;
  readonly side: string;
  readonly type: string;
  readonly status: string;
  readonly rows: number;
}

export const COUNT_SHAPE: TableShape<HistoryCountTable, CountChange> = {
  user_id: int8(({ userId }) => userId),
  source: text(({ source }) => source),
  day_ms: int8(({ dayMs }) => dayMs),
  symbol: text(({ symbol }) => symbol),
  side: text(({ side }) => side),
  type: text(({ type }) => type),
  status: text(({ status }) => status),
  row_count: int8(({ rows }) => rows),
};
