export type Side = 'BUY' | 'SELL';
export type PositionSide = 'BOTH' | 'LONG' | 'SHORT';
export type OrderType = 'LIMIT' | 'MARKET';
export type TimeInForce = 'GTC' | 'IOC' | 'FOK';
export type SelfTradePrevention = 'CANCEL_MAKER' | 'CANCEL_TAKER' | 'CANCEL_BOTH';
export type OrderStatus = 'PENDING' | 'PARTIALLY_FILLED' | 'FILLED' | 'CANCELED' | 'PARTIALLY_FILLED_CANCELED';
export type ExecutionType = 'NEW' | 'AMENDED' | 'TRADE' | 'CANCELED' | 'EXPIRED';
export type Role = 'maker' | 'taker';
/** Why an order ended or shrank without its user asking (MAT-15). */
export type OrderEndReason = 'IOC' | 'SELF_TRADE' | 'REDUCE_ONLY' | 'MARGIN' | 'LIQUIDATION' | 'ADL';
/** What closed a position: its user, his take profit or stop loss, or the venue (liquidation, ADL, settlement). */
export type CloseTrigger = 'MANUAL' | 'TAKE_PROFIT' | 'STOP_LOSS' | 'LIQUIDATION';
export type MarginMode = 'CROSS' | 'ISOLATED';
export type SymbolStatus = 'TRADING' | 'REDUCE_ONLY' | 'CANCEL_ONLY' | 'HALTED';
/** Kinds of ledger entries (MRG-1); the contract's `changeType`. */
export type ChangeType =
  | 'TRANSFER_IN'
  | 'TRANSFER_OUT'
  | 'TRANSFER_REVERSE'
  | 'REALIZED_PNL'
  | 'HANDLING_FEE'
  | 'FUNDING_FEE'
  | 'LIQUIDATION_FEE'
  | 'INSURANCE'
  | 'ADL'
  | 'ADJUSTMENT';

export const opposite = (side: Side): Side => (side === 'BUY' ? 'SELL' : 'BUY');
