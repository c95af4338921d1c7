import type { ClosedPositionRecord, Event, FillRecord, LedgerEntry, OrderRecord } from '@openvenue/core';
import { money, priceTicks, quantitySteps } from '@openvenue/money';
import type { PastCondition } from '../../sql/history-queries.ts';

/** An open order with nothing special about it. */
export const orderRecord = (changes: Partial<OrderRecord> = {}): OrderRecord => ({
  orderId: 1,
  userId: 7,
  symbol: 'BTCUSDT',
  clientOrderId: '',
  type: 'LIMIT',
  side: 'BUY',
  positionSide: 'BOTH',
  price: priceTicks(600_000),
  quantity: quantitySteps(100),
  filledQuantity: quantitySteps(0),
  filledTickSteps: 0,
  timeInForce: 'GTC',
  reduceOnly: false,
  makerOnly: false,
  closePosition: false,
  placeType: '',
  status: 'PENDING',
  rejectReason: '',
  handlingFee: money(0n),
  realizedPnl: money(0n),
  leverage: 20,
  marginMode: 'CROSS',
  createdAtMs: 1_772_000_000_000,
  updatedAtMs: 1_772_000_000_000,
  ...changes,
});

/** A stop that waits, with nothing special about it. */
export const pastCondition = (changes: Partial<PastCondition> = {}): PastCondition => ({
  conditionId: 1,
  userId: 7,
  symbol: 'BTCUSDT',
  clientOrderId: '',
  type: 'STOP_MARKET',
  side: 'SELL',
  positionSide: 'BOTH',
  price: priceTicks(0),
  quantity: quantitySteps(100),
  stopPrice: priceTicks(590_000),
  workingType: 'CONTRACT_PRICE',
  priceProtect: false,
  activatePrice: priceTicks(0),
  callbackRate: 0,
  watermark: priceTicks(0),
  triggerPrice: priceTicks(590_000),
  timeInForce: 'GTC',
  reduceOnly: false,
  closePosition: false,
  status: 'PENDING',
  rejectReason: '',
  generatedOrderId: 0,
  strategyId: 0,
  leverage: 20,
  marginMode: 'CROSS',
  createdAtMs: 1_772_000_000_000,
  updatedAtMs: 1_772_000_000_000,
  ...changes,
});

export const fillRecord = (changes: Partial<FillRecord> = {}): FillRecord => ({
  fillId: 1,
  tradeId: 1,
  orderId: 1,
  positionId: 1,
  userId: 7,
  symbol: 'BTCUSDT',
  side: 'BUY',
  positionSide: 'BOTH',
  role: 'taker',
  price: priceTicks(600_000),
  quantity: quantitySteps(100),
  tradeValue: money(600_000_000_000n),
  handlingFee: money(300_000_000n),
  realizedPnl: money(0n),
  createdAtMs: 1_772_000_000_000,
  ...changes,
});

export const ledgerEntry = (changes: Partial<LedgerEntry> = {}): LedgerEntry => ({
  entryId: 1,
  userId: 7,
  changeType: 'HANDLING_FEE',
  amount: money(-300_000_000n),
  walletBefore: money(100_000_000_000n),
  walletAfter: money(99_700_000_000n),
  frozenBefore: money(0n),
  frozenAfter: money(0n),
  symbol: 'BTCUSDT',
  referenceId: 1,
  createdAtMs: 1_772_000_000_000,
  ...changes,
});

/** A long that was opened and closed with one fill each. */
export const closedPosition = (changes: Partial<ClosedPositionRecord> = {}): ClosedPositionRecord => ({
  positionId: 1,
  userId: 7,
  symbol: 'BTCUSDT',
  positionSide: 'BOTH',
  direction: 'long',
  leverage: 20,
  marginMode: 'CROSS',
  maxQuantity: quantitySteps(100),
  closedQuantity: 100n,
  openedValue: money(600_000_000_000n),
  closedValue: money(601_000_000_000n),
  entryPrice: 6_000_000_000_000n,
  closePrice: 6_010_000_000_000n,
  realizedPnl: money(1_000_000_000n),
  roe: 3_333_333n,
  fundingFeeAccum: money(-10_000_000n),
  closeTrigger: 'MANUAL',
  openedAtMs: 1_772_000_000_000,
  closedAtMs: 1_772_000_060_000,
  ...changes,
});

export const orderUpdated = (order: OrderRecord, fill?: FillRecord): Event => ({
  type: 'order-updated',
  userSequence: 1,
  executionType: fill === undefined ? 'NEW' : 'TRADE',
  order,
  ...(fill === undefined ? {} : { fill }),
});

export const conditionUpdated = ({ leverage, marginMode, ...condition }: PastCondition): Event => ({
  type: 'condition-updated',
  userSequence: 1,
  condition,
  leverage,
  marginMode,
});

export const positionClosed = (closed: ClosedPositionRecord): Event => ({ type: 'position-closed', closed });

export const booked = (entry: LedgerEntry): Event => ({ type: 'ledger', entry });
