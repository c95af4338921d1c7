/** Side of an order. */
export const SIDES = ['BUY', 'SELL'] as const;
export type Side = (typeof SIDES)[number];

/** `BOTH` is one-way mode; `LONG` and `SHORT` are the legs of hedge mode. */
export const POSITION_SIDES = ['BOTH', 'LONG', 'SHORT'] as const;
export type PositionSide = (typeof POSITION_SIDES)[number];

export const ORDER_TYPES = ['LIMIT', 'MARKET'] as const;
export type OrderType = (typeof ORDER_TYPES)[number];

export const CONDITION_TYPES = [
  'STOP_MARKET',
  'STOP_LIMIT',
  'TAKE_PROFIT_MARKET',
  'TAKE_PROFIT_LIMIT',
  'TRAILING_STOP',
] as const;
export type ConditionType = (typeof CONDITION_TYPES)[number];

export const TIMES_IN_FORCE = ['GTC', 'IOC', 'FOK', 'GTE_GTC'] as const;
export type TimeInForce = (typeof TIMES_IN_FORCE)[number];

/** What a placed order may ask for; `GTE_GTC` belongs to closing conditions alone. */
export const PLACE_TIMES_IN_FORCE = ['GTC', 'IOC', 'FOK'] as const;
export type PlaceTimeInForce = (typeof PLACE_TIMES_IN_FORCE)[number];

export const WORKING_TYPES = ['MARK_PRICE', 'CONTRACT_PRICE'] as const;
export type WorkingType = (typeof WORKING_TYPES)[number];

/** `NEW`: accepted and answered. `PENDING`: open in the book. Orders spell CANCELED with one L. */
export const ORDER_STATUSES = [
  'NEW',
  'PENDING',
  'PARTIALLY_FILLED',
  'FILLED',
  'CANCELED',
  'REJECTED',
  'PARTIALLY_FILLED_CANCELED',
] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];

/** Condition orders spell CANCELLED with two L. */
export const CONDITION_STATUSES = [
  'PENDING_ACTIVATION',
  'PENDING',
  'TRIGGERING',
  'TRIGGERED',
  'CANCELLED',
  'REJECTED',
  'FIRED',
] as const;
export type ConditionStatus = (typeof CONDITION_STATUSES)[number];

export const STRATEGY_TYPES = ['OTO', 'OCO', 'OTOCO'] as const;
export type StrategyType = (typeof STRATEGY_TYPES)[number];

export const STRATEGY_STATUSES = ['WORKING', 'ALL_DONE', 'CANCELLED'] as const;
export type StrategyStatus = (typeof STRATEGY_STATUSES)[number];

/** What has to happen to a sub-order for those that depend on it. */
export const DRIVEN_ON = ['PARTIALLY_FILLED_OR_FILLED', 'FILLED', 'TRIGGERED', 'CANCELED'] as const;
export type DrivenOn = (typeof DRIVEN_ON)[number];

/** What then happens to a sub-order that depends on it. */
export const DRIVEN_TRIGGERS = ['PLACE_ORDER', 'CANCEL_ORDER'] as const;
export type DrivenTrigger = (typeof DRIVEN_TRIGGERS)[number];

/** Margin mode where the contract says "string". */
export const MARGIN_MODES = ['CROSS', 'ISOLATED'] as const;
export type MarginMode = (typeof MARGIN_MODES)[number];

/** Margin mode where the contract says "number". */
export const MARGIN_MODE_BY_NUMBER = { 1: 'CROSS', 2: 'ISOLATED' } as const satisfies Record<number, MarginMode>;
export type MarginModeNumber = keyof typeof MARGIN_MODE_BY_NUMBER;

export const CLOSE_TRIGGER_MODE_BY_NUMBER = {
  1: 'MANUAL',
  2: 'TAKE_PROFIT',
  3: 'STOP_LOSS',
  4: 'LIQUIDATION',
} as const;
export type CloseTriggerModeNumber = keyof typeof CLOSE_TRIGGER_MODE_BY_NUMBER;

/** Kinds of changes of the contract wallet. */
export const CHANGE_TYPES = [
  'TRANSFER_IN',
  'TRANSFER_OUT',
  'TRANSFER_REVERSE',
  'FUNDING_TO_CONTRACT',
  'CONTRACT_TO_FUNDING',
  'REALIZED_PNL',
  'HANDLING_FEE',
  'FUNDING_FEE',
  'LIQUIDATION_FEE',
  'INSURANCE',
  'ADL',
  'ORDER_FREEZE',
  'ORDER_UNFREEZE',
  'ADJUSTMENT',
] as const;
export type ChangeType = (typeof CHANGE_TYPES)[number];

/** What a previewed order would run into; with the first, placing it is refused. */
export const PREVIEW_WARNINGS = ['INSUFFICIENT_MARGIN', 'SELF_TRADE', 'QUANTITY_CUT', 'PARTIAL_FILL'] as const;
export type PreviewWarning = (typeof PREVIEW_WARNINGS)[number];

/** What happens when an order would trade against another of the same user. */
export const SELF_TRADE_PREVENTIONS = ['CANCEL_MAKER', 'CANCEL_TAKER', 'CANCEL_BOTH'] as const;
export type SelfTradePrevention = (typeof SELF_TRADE_PREVENTIONS)[number];

export const ROLE_TYPES = ['maker', 'taker'] as const;
export type RoleType = (typeof ROLE_TYPES)[number];

/** What an `ORDER_TRADE_UPDATE` reports. */
export const EXECUTION_TYPES = ['NEW', 'AMENDED', 'TRADE', 'CANCELED', 'REJECTED', 'EXPIRED'] as const;
export type ExecutionType = (typeof EXECUTION_TYPES)[number];

export const SYMBOL_STATUSES = ['TRADING', 'REDUCE_ONLY', 'CANCEL_ONLY', 'HALTED'] as const;
export type SymbolStatus = (typeof SYMBOL_STATUSES)[number];

/** Whether prices come from a replay or from real sources. */
export const MARKET_KINDS = ['simulated', 'live'] as const;
export type MarketKind = (typeof MARKET_KINDS)[number];

export const KLINE_INTERVALS = [
  '1m',
  '3m',
  '5m',
  '15m',
  '30m',
  '1h',
  '2h',
  '4h',
  '6h',
  '12h',
  '1d',
  '1w',
  '1M',
] as const;
export type KlineInterval = (typeof KLINE_INTERVALS)[number];

/** Prices a candle can be made of other than those of trades. */
export const KLINE_PRICE_TYPES = ['indexPrice', 'markPrice'] as const;
export type KlinePriceType = (typeof KLINE_PRICE_TYPES)[number];

/** How the price of a LIMIT order is found. */
export const PRICE_TYPE = {
  GIVEN: 0,
  OPPOSITE_BEST: 1,
  OPPOSITE_FIFTH: 2,
  OWN_BEST: 3,
  OWN_FIFTH: 4,
} as const;
export type PriceType = (typeof PRICE_TYPE)[keyof typeof PRICE_TYPE];

/** What `batch-cancel-all` cancels. */
export const CANCEL_TYPE = { ALL_NORMAL: 0, LIMIT_ONLY: 1, ALL_CONDITION: 2 } as const;
export type CancelType = (typeof CANCEL_TYPE)[keyof typeof CANCEL_TYPE];

/** Bits of an API key's permissions; 4 is reserved. */
export const PERMISSION = { READ: 1, TRADE: 2, WITHDRAW: 4 } as const;
export type Permission = keyof typeof PERMISSION;

/** Numeric `type` filter of the order history. */
export const ORDER_TYPE_BY_FILTER = { 1: 'LIMIT', 2: 'MARKET' } as const satisfies Record<number, OrderType>;
/** Numeric `side` filter of the histories. */
export const SIDE_BY_FILTER = { 1: 'BUY', 2: 'SELL' } as const satisfies Record<number, Side>;
/** Numeric `status` filter of the order history. */
export const ORDER_STATUS_BY_FILTER = {
  1: 'NEW',
  2: 'PENDING',
  3: 'PARTIALLY_FILLED',
  4: 'FILLED',
  5: 'CANCELED',
  6: 'REJECTED',
  7: 'PARTIALLY_FILLED_CANCELED',
} as const satisfies Record<number, OrderStatus>;
/** Numeric `status` filter of the condition history. */
export const CONDITION_STATUS_BY_FILTER = {
  1: 'PENDING_ACTIVATION',
  2: 'PENDING',
  3: 'TRIGGERING',
  4: 'TRIGGERED',
  5: 'CANCELLED',
  6: 'REJECTED',
  7: 'FIRED',
} as const satisfies Record<number, ConditionStatus>;
