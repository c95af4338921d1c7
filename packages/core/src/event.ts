import type { Money, PriceTicks, QuantitySteps, Rate } from '@openvenue/money';
import type { AgencyEvent } from './agency/event.ts';
import type {
  ChangeType,
  CloseTrigger,
  ConditionStatus,
  ConditionTimeInForce,
  ConditionType,
  DrivenOn,
  ExecutionType,
  MarginMode,
  OrderEndReason,
  OrderStatus,
  OrderType,
  PositionSide,
  Role,
  Side,
  StrategyStatus,
  StrategyType,
  TimeInForce,
  WorkingType,
} from './exchange/enums.ts';
import type { LiquidationEvent } from './exchange/liquidation/liquidation-event.ts';
import type { IdentityEvent } from './identity/event.ts';
import type { RejectReason } from './reject.ts';

/** An order as it stands; the record of every order event and of every read. */
export interface OrderRecord {
  readonly orderId: number;
  readonly userId: number;
  readonly symbol: string;
  readonly clientOrderId: string;
  readonly type: OrderType;
  readonly side: Side;
  readonly positionSide: PositionSide;
  /** 0 for MARKET. */
  readonly price: PriceTicks;
  readonly quantity: QuantitySteps;
  readonly filledQuantity: QuantitySteps;
  /** Sum of price x quantity over the fills, in ticks x steps; with `filledQuantity` it gives the average price. */
  readonly filledTickSteps: number;
  readonly timeInForce: TimeInForce;
  readonly reduceOnly: boolean;
  readonly makerOnly: boolean;
  readonly closePosition: boolean;
  readonly placeType: string;
  readonly status: OrderStatus;
  /** Of a strategy's leg that was refused when it was placed, the reason of the refusal. */
  readonly rejectReason: OrderEndReason | RejectReason | '';
  /** Paid is plus, a rebate is minus (SYM-6). */
  readonly handlingFee: Money;
  readonly realizedPnl: Money;
  /** Of its user and symbol when it changed last. */
  readonly leverage: number;
  readonly marginMode: MarginMode;
  /** Left out for an order that is in no strategy. */
  readonly strategyId?: number;
  /** The condition order that placed it; left out for none. */
  readonly conditionId?: number;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
}

/** A condition order as it stands. Numbers that do not belong to its type are 0. */
export interface ConditionRecord {
  readonly conditionId: number;
  readonly userId: number;
  readonly symbol: string;
  readonly clientOrderId: string;
  readonly type: ConditionType;
  readonly side: Side;
  readonly positionSide: PositionSide;
  readonly price: PriceTicks;
  /** 0 with `closePosition`, and for a strategy's leg that waits. */
  readonly quantity: QuantitySteps;
  readonly stopPrice: PriceTicks;
  readonly workingType: WorkingType;
  readonly priceProtect: boolean;
  readonly activatePrice: PriceTicks;
  /** Tenths of a percent. */
  readonly callbackRate: number;
  /** Extreme of the prices since a trailing stop is active (CND-2). */
  readonly watermark: PriceTicks;
  /** The first price that fires it: the stop price, or what a trailing stop's watermark makes of it. */
  readonly triggerPrice: PriceTicks;
  readonly timeInForce: ConditionTimeInForce;
  readonly reduceOnly: boolean;
  readonly closePosition: boolean;
  readonly status: ConditionStatus;
  /** Why it was rejected, or ended without its user asking. */
  readonly rejectReason: RejectReason | OrderEndReason | '';
  readonly generatedOrderId: number;
  /** 0 for none. */
  readonly strategyId: number;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
}

/** One order of a strategy: a normal one, or a condition with the order that it placed. */
export interface SubOrderRecord {
  readonly strategySubId: number;
  /** What of its parent it waits for; left out for an order that waits for none. */
  readonly drivenOn?: DrivenOn;
  readonly order?: OrderRecord;
  readonly condition?: ConditionRecord;
}

export interface StrategyRecord {
  readonly strategyId: number;
  readonly userId: number;
  readonly symbol: string;
  readonly type: StrategyType;
  readonly status: StrategyStatus;
  readonly subOrders: readonly SubOrderRecord[];
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
}

/** One side of a trade, booked for one user. */
export interface FillRecord {
  readonly fillId: number;
  readonly tradeId: number;
  readonly orderId: number;
  /** The position it opened or closed; of a flip the one it closed. */
  readonly positionId: number;
  readonly userId: number;
  readonly symbol: string;
  readonly side: Side;
  readonly positionSide: PositionSide;
  readonly role: Role;
  readonly price: PriceTicks;
  readonly quantity: QuantitySteps;
  readonly tradeValue: Money;
  readonly handlingFee: Money;
  readonly realizedPnl: Money;
  readonly createdAtMs: number;
}

export interface LedgerEntry {
  readonly entryId: number;
  readonly userId: number;
  readonly changeType: ChangeType;
  /** Wallet change: paid is minus (SYM-6). */
  readonly amount: Money;
  readonly walletBefore: Money;
  readonly walletAfter: Money;
  readonly frozenBefore: Money;
  readonly frozenAfter: Money;
  readonly symbol: string;
  /** The fill or transfer that caused it, 0 for none. */
  readonly referenceId: number;
  readonly createdAtMs: number;
}

/** A position as it is booked; what moves with the mark is derived by the reader. */
export interface PositionRecord {
  readonly userId: number;
  readonly symbol: string;
  readonly positionSide: PositionSide;
  /** 0 when closed. */
  readonly positionId: number;
  /** Negative for a short, 0 when closed. */
  readonly quantity: QuantitySteps;
  readonly cost: Money;
  /** Isolated margin; 0 for a cross position. */
  readonly margin: Money;
}

/** A position from its first to its last fill (POS-6). Averages and ROE are in 1e-8, half up, for display only. */
export interface ClosedPositionRecord {
  readonly positionId: number;
  readonly userId: number;
  readonly symbol: string;
  readonly positionSide: PositionSide;
  readonly direction: 'long' | 'short';
  /** Leverage and margin mode at the close. */
  readonly leverage: number;
  readonly marginMode: MarginMode;
  readonly maxQuantity: QuantitySteps;
  /** Steps over all closing fills, as many as over all opening ones; beyond 2^53 in a long life. */
  readonly closedQuantity: bigint;
  readonly openedValue: Money;
  readonly closedValue: Money;
  readonly entryPrice: bigint;
  readonly closePrice: bigint;
  /** Sum over the closing fills; excludes fees and funding. */
  readonly realizedPnl: Money;
  readonly roe: bigint;
  readonly fundingFeeAccum: Money;
  readonly closeTrigger: CloseTrigger;
  readonly openedAtMs: number;
  readonly closedAtMs: number;
}

export interface AccountFigures {
  readonly wallet: Money;
  readonly frozen: Money;
  readonly used: Money;
  readonly available: Money;
}

export type ExchangeEvent =
  /** `fill` is set when the execution type is TRADE. `userSequence` counts a user's private events without gaps. */
  | {
      readonly type: 'order-updated';
      readonly userSequence: number;
      readonly executionType: ExecutionType;
      readonly order: OrderRecord;
      readonly fill?: FillRecord;
    }
  /**
   * A condition has come, gone, or changed its status or quantity; a watermark that moves is no event. Leverage and margin mode
   * are its user's in its symbol then.
   */
  | {
      readonly type: 'condition-updated';
      readonly userSequence: number;
      readonly condition: ConditionRecord;
      readonly leverage: number;
      readonly marginMode: MarginMode;
    }
  /** A strategy has begun or ended; what happens to its orders in between is in their own events. */
  | { readonly type: 'strategy-updated'; readonly userSequence: number; readonly strategy: StrategyRecord }
  | {
      readonly type: 'trade';
      readonly symbol: string;
      readonly tradeId: number;
      readonly price: PriceTicks;
      readonly quantity: QuantitySteps;
      readonly takerSide: Side;
      readonly makerOrderId: number;
      readonly takerOrderId: number;
      readonly atMs: number;
    }
  /** Total resting quantity of a level after a change; 0 removes it. `version` counts up by one per symbol and change. */
  | {
      readonly type: 'depth-changed';
      readonly symbol: string;
      readonly version: number;
      readonly side: Side;
      readonly price: PriceTicks;
      readonly quantity: QuantitySteps;
    }
  /** After a fill or a change of isolated margin. A closed position has quantity and cost 0. */
  | { readonly type: 'position-changed'; readonly position: PositionRecord }
  /** Before the `position-changed` of the fill that closed it; a flip closes one position and begins another. */
  | { readonly type: 'position-closed'; readonly closed: ClosedPositionRecord }
  | { readonly type: 'ledger'; readonly entry: LedgerEntry }
  /** Once per touched user at the end of a command. */
  | {
      readonly type: 'account-updated';
      readonly userSequence: number;
      readonly userId: number;
      readonly reason:
        | 'ORDER'
        | 'TRADE'
        | 'TRANSFER'
        | 'LEVERAGE'
        | 'MARGIN_MODE'
        | 'MARGIN'
        | 'FUNDING_FEE'
        | 'LIQUIDATION'
        | 'ADL'
        | 'SETTLEMENT'
        | 'ADJUSTMENT';
      readonly account: AccountFigures;
      readonly positions: readonly PositionRecord[];
    }
  | {
      readonly type: 'self-trade-prevented';
      readonly symbol: string;
      readonly userId: number;
      readonly makerOrderId: number;
      readonly takerOrderId: number;
      readonly quantity: QuantitySteps;
    }
  | {
      readonly type: 'prices-updated';
      readonly symbol: string;
      readonly index: PriceTicks;
      readonly mark: PriceTicks;
      readonly state: 'LIVE' | 'DEGRADED' | 'FROZEN';
      readonly atMs: number;
    }
  /** A symbol's funding, before the wallets that pay and get it; longs pay a positive rate (FND-3). */
  | {
      readonly type: 'funding-settled';
      readonly symbol: string;
      readonly rate: Rate;
      readonly mark: PriceTicks;
      readonly intervalHours: number;
      readonly atMs: number;
    }
  /** A symbol's way to its end; with the last phase the price at which its positions were closed (SYM-5). */
  | {
      readonly type: 'symbol-delisting';
      readonly symbol: string;
      readonly phase: 'ANNOUNCED' | 'REDUCE_ONLY' | 'ENDED';
      readonly atMs: number;
      readonly settlement?: { readonly price: PriceTicks; readonly samples: number };
    }
  | { readonly type: 'symbol-configured'; readonly symbol: string; readonly version: number }
  | { readonly type: 'leverage-changed'; readonly userId: number; readonly symbol: string; readonly leverage: number }
  | {
      readonly type: 'margin-mode-changed';
      readonly userId: number;
      readonly symbol: string;
      readonly marginMode: MarginMode;
    };

export type Event = ExchangeEvent | LiquidationEvent | IdentityEvent | AgencyEvent;
export type EventType = Event['type'];
