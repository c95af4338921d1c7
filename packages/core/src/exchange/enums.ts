export type Side = 'BUY' | 'SELL';
export type PositionSide = 'BOTH' | 'LONG' | 'SHORT';
export type OrderType = 'LIMIT' | 'MARKET';
export type TimeInForce = 'GTC' | 'IOC' | 'FOK';
export type ConditionType = 'STOP_MARKET' | 'STOP_LIMIT' | 'TAKE_PROFIT_MARKET' | 'TAKE_PROFIT_LIMIT' | 'TRAILING_STOP';
/** GTE_GTC ends with the position it closes (CND-5). */
export type ConditionTimeInForce = TimeInForce | 'GTE_GTC';
export type WorkingType = 'MARK_PRICE' | 'CONTRACT_PRICE';
export type ConditionStatus =
  | 'PENDING_ACTIVATION'
  | 'PENDING'
  | 'TRIGGERING'
  | 'TRIGGERED'
  | 'FIRED'
  | 'REJECTED'
  | 'CANCELLED';
export type StrategyType = 'OTO' | 'OCO' | 'OTOCO';
export type StrategyStatus = 'WORKING' | 'ALL_DONE' | 'CANCELLED';
/** What of its parent a strategy's leg waits for; the contract names more than place a leg. */
export type DrivenOn = 'PARTIALLY_FILLED_OR_FILLED' | 'FILLED' | 'TRIGGERED' | 'CANCELED';
export type DrivenTrigger = 'PLACE_ORDER' | 'CANCEL_ORDER';
export type SelfTradePrevention = 'CANCEL_MAKER' | 'CANCEL_TAKER' | 'CANCEL_BOTH';
/** `NEW`: a strategy's leg that waits for its parent. */
export type OrderStatus =
  | 'NEW'
  | 'PENDING'
  | 'PARTIALLY_FILLED'
  | 'FILLED'
  | 'CANCELED'
  | 'REJECTED'
  | 'PARTIALLY_FILLED_CANCELED';
export type ExecutionType = 'NEW' | 'AMENDED' | 'TRADE' | 'CANCELED' | 'REJECTED' | 'EXPIRED';
export type Role = 'maker' | 'taker';
/** Why an order ended or shrank without its user asking (MAT-15). */
export type OrderEndReason =
  | 'IOC'
  | 'SELF_TRADE'
  | 'REDUCE_ONLY'
  | 'MARGIN'
  | 'OCO'
  | 'POSITION_CLOSED'
  | 'LIQUIDATION'
  | 'ADL'
  | 'SYMBOL'
  | 'DELISTED';
/** What closed a position: its user, his take profit or stop loss, or the venue (liquidation, ADL, settlement). */
export type CloseTrigger = 'MANUAL' | 'TAKE_PROFIT' | 'STOP_LOSS' | 'LIQUIDATION';
export type MarginMode = 'CROSS' | 'ISOLATED';
export type SymbolStatus = 'TRADING' | 'REDUCE_ONLY' | 'CANCEL_ONLY' | 'HALTED';
/** Kinds of ledger entries (MRG-1); the contract's `changeType`. */
export type ChangeType =
  | 'TRANSFER_IN'
  | 'TRANSFER_OUT'
  | 'TRANSFER_REVERSE'
  | 'FUNDING_TO_CONTRACT'
  | 'CONTRACT_TO_FUNDING'
  | 'REALIZED_PNL'
  | 'HANDLING_FEE'
  | 'FUNDING_FEE'
  | 'LIQUIDATION_FEE'
  | 'INSURANCE'
  | 'ADL'
  | 'ADJUSTMENT';

export const opposite = (side: Side): Side => (side === 'BUY' ? 'SELL' : 'BUY');
