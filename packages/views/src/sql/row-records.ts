import type { ClosedPositionRecord, FillRecord, LedgerEntry, OrderRecord } from '@openvenue/core';
import { money, priceTicks, quantitySteps, type Rate } from '@openvenue/money';
import type { Candle } from '../memory/kline/candle.ts';
import { fromInt8 } from './exact-values.ts';
import type { FundingSettlement, PastCondition } from './history-queries.ts';
import type {
  CandleTable,
  ClosedPositionTable,
  ConditionHistoryTable,
  FillTable,
  FundingSettlementTable,
  LedgerEntryTable,
  OrderHistoryTable,
} from './schema.ts';

const toMoney = (text: string) => money(BigInt(text));
const toTicks = (value: bigint) => priceTicks(fromInt8(value));
const toSteps = (value: bigint) => quantitySteps(fromInt8(value));

export const orderOf = (row: Omit<OrderHistoryTable, 'sequence'>): OrderRecord => ({
  orderId: fromInt8(row.order_id),
  userId: fromInt8(row.user_id),
  symbol: row.symbol,
  clientOrderId: row.client_order_id,
  type: row.type,
  side: row.side,
  positionSide: row.position_side,
  price: toTicks(row.price_ticks),
  quantity: toSteps(row.quantity_steps),
  filledQuantity: toSteps(row.filled_quantity_steps),
  filledTickSteps: fromInt8(row.filled_tick_steps),
  timeInForce: row.time_in_force,
  reduceOnly: row.reduce_only,
  makerOnly: row.maker_only,
  closePosition: row.close_position,
  placeType: row.place_type,
  status: row.status,
  rejectReason: row.reject_reason,
  handlingFee: toMoney(row.handling_fee),
  realizedPnl: toMoney(row.realized_pnl),
  leverage: fromInt8(row.leverage),
  marginMode: row.margin_mode,
  ...(row.strategy_id === 0n ? {} : { strategyId: fromInt8(row.strategy_id) }),
  ...(row.condition_id === 0n ? {} : { conditionId: fromInt8(row.condition_id) }),
  createdAtMs: fromInt8(row.created_at_ms),
  updatedAtMs: fromInt8(row.updated_at_ms),
});

export const conditionOf = (row: Omit<ConditionHistoryTable, 'sequence'>): PastCondition => ({
  conditionId: fromInt8(row.condition_id),
  userId: fromInt8(row.user_id),
  symbol: row.symbol,
  clientOrderId: row.client_order_id,
  type: row.type,
  side: row.side,
  positionSide: row.position_side,
  price: toTicks(row.price_ticks),
  quantity: toSteps(row.quantity_steps),
  stopPrice: toTicks(row.stop_price_ticks),
  workingType: row.working_type,
  priceProtect: row.price_protect,
  activatePrice: toTicks(row.activate_price_ticks),
  callbackRate: fromInt8(row.callback_rate),
  watermark: toTicks(row.watermark_ticks),
  triggerPrice: toTicks(row.trigger_price_ticks),
  timeInForce: row.time_in_force,
  reduceOnly: row.reduce_only,
  closePosition: row.close_position,
  status: row.status,
  rejectReason: row.reject_reason,
  generatedOrderId: fromInt8(row.generated_order_id),
  strategyId: fromInt8(row.strategy_id),
  leverage: fromInt8(row.leverage),
  marginMode: row.margin_mode,
  createdAtMs: fromInt8(row.created_at_ms),
  updatedAtMs: fromInt8(row.updated_at_ms),
});

export const fillOf = (row: FillTable): FillRecord => ({
  fillId: fromInt8(row.fill_id),
  tradeId: fromInt8(row.trade_id),
  orderId: fromInt8(row.order_id),
  positionId: fromInt8(row.position_id),
  userId: fromInt8(row.user_id),
  symbol: row.symbol,
  side: row.side,
  positionSide: row.position_side,
  role: row.role,
  price: toTicks(row.price_ticks),
  quantity: toSteps(row.quantity_steps),
  tradeValue: toMoney(row.trade_value),
  handlingFee: toMoney(row.handling_fee),
  realizedPnl: toMoney(row.realized_pnl),
  createdAtMs: fromInt8(row.created_at_ms),
});

export const ledgerEntryOf = (row: LedgerEntryTable): LedgerEntry => ({
  entryId: fromInt8(row.entry_id),
  userId: fromInt8(row.user_id),
  changeType: row.change_type,
  amount: toMoney(row.amount),
  walletBefore: toMoney(row.wallet_before),
  walletAfter: toMoney(row.wallet_after),
  frozenBefore: toMoney(row.frozen_before),
  frozenAfter: toMoney(row.frozen_after),
  symbol: row.symbol,
  referenceId: fromInt8(row.reference_id),
  createdAtMs: fromInt8(row.created_at_ms),
});

export const closedPositionOf = (row: ClosedPositionTable): ClosedPositionRecord => ({
  positionId: fromInt8(row.position_id),
  userId: fromInt8(row.user_id),
  symbol: row.symbol,
  positionSide: row.position_side,
  direction: row.direction,
  leverage: fromInt8(row.leverage),
  marginMode: row.margin_mode,
  maxQuantity: toSteps(row.max_quantity_steps),
  closedQuantity: BigInt(row.closed_quantity_steps),
  openedValue: toMoney(row.opened_value),
  closedValue: toMoney(row.closed_value),
  entryPrice: BigInt(row.entry_price),
  closePrice: BigInt(row.close_price),
  realizedPnl: toMoney(row.realized_pnl),
  roe: BigInt(row.roe),
  fundingFeeAccum: toMoney(row.funding_fee_accum),
  closeTrigger: row.close_trigger,
  openedAtMs: fromInt8(row.opened_at_ms),
  closedAtMs: fromInt8(row.closed_at_ms),
});

export const fundingSettlementOf = (row: FundingSettlementTable): FundingSettlement => ({
  symbol: row.symbol,
  rate: fromInt8(row.rate) as Rate,
  mark: toTicks(row.mark_ticks),
  intervalHours: fromInt8(row.interval_hours),
  atMs: fromInt8(row.at_ms),
});

export const candleOf = (row: Omit<CandleTable, 'symbol' | 'span'>): Candle => ({
  openMs: fromInt8(row.open_ms),
  open: toTicks(row.open_ticks),
  high: toTicks(row.high_ticks),
  low: toTicks(row.low_ticks),
  close: toTicks(row.close_ticks),
  volume: BigInt(row.volume_steps),
  turnover: BigInt(row.turnover_tick_steps),
});
