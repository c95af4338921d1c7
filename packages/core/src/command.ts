import type { Money, PriceTicks, QuantitySteps } from '@openvenue/money';
import type { Actor } from './actor.ts';
import type { AgencyCommand } from './agency/command.ts';
import type {
  ConditionTimeInForce,
  ConditionType,
  DrivenOn,
  DrivenTrigger,
  MarginMode,
  OrderType,
  PositionSide,
  SelfTradePrevention,
  Side,
  StrategyType,
  TimeInForce,
  WorkingType,
} from './exchange/enums.ts';
import type { FeeSchedule } from './exchange/fees/fee-schedule.ts';
import type { SymbolParameters } from './exchange/symbols/symbol-parameters.ts';
import type { IdentityCommand } from './identity/command.ts';

/** A price or quantity that lies between two grid points: the edge passes it on so that the checks keep their order (MAT-12). */
export interface GridFault {
  readonly field: 'price' | 'quantity' | 'stopPrice' | 'activatePrice';
  readonly value: string;
  readonly below: string;
  readonly above: string;
}

export interface NewOrder {
  readonly symbol: string;
  readonly type: OrderType;
  readonly side: Side;
  readonly positionSide: PositionSide;
  /** 0 for MARKET and for `priceType` 1-4. */
  readonly price: PriceTicks;
  /** 0 with `closePosition`. */
  readonly quantity: QuantitySteps;
  readonly timeInForce: TimeInForce;
  readonly reduceOnly?: boolean;
  readonly makerOnly?: boolean;
  readonly closePosition?: boolean;
  readonly clientOrderId?: string;
  readonly placeType?: string;
  readonly selfTradePrevention?: SelfTradePrevention;
  /** 0 the given price; 1, 2 the opposite side's best and fifth-best; 3, 4 the own side's (MAT-5). */
  readonly priceType?: 0 | 1 | 2 | 3 | 4;
  readonly gridFault?: GridFault;
  /** Exits of the position that the order opens (CND-9). */
  readonly takeProfit?: AttachedExit;
  readonly stopLoss?: AttachedExit;
}

/** A take profit or stop loss that comes with an order (CND-9): at the market, or with `price` at a limit. */
export interface AttachedExit {
  readonly stopPrice: PriceTicks;
  readonly workingType: WorkingType;
  readonly price?: PriceTicks;
  readonly gridFault?: GridFault;
}

/** A condition order (CND-1 to CND-9). Numbers that do not belong to its type are 0. */
export interface NewCondition {
  readonly symbol: string;
  readonly type: ConditionType;
  readonly side: Side;
  readonly positionSide: PositionSide;
  /** Limit price of a *_LIMIT type. */
  readonly price: PriceTicks;
  /** 0 with `closePosition`. */
  readonly quantity: QuantitySteps;
  readonly stopPrice: PriceTicks;
  readonly workingType: WorkingType;
  readonly priceProtect?: boolean;
  /** Left out or 0: a trailing stop is active at once. */
  readonly activatePrice?: PriceTicks;
  /** Tenths of a percent, 1 to 100: how far a trailing stop lets the price come back. */
  readonly callbackRate?: number;
  readonly timeInForce: ConditionTimeInForce;
  readonly reduceOnly?: boolean;
  readonly closePosition?: boolean;
  readonly clientOrderId?: string;
  readonly selfTradePrevention?: SelfTradePrevention;
  readonly gridFault?: GridFault;
}

/** Names a condition by id, by clientOrderId, or by both, which then must match. */
export interface ConditionReference {
  readonly symbol: string;
  readonly conditionId?: number;
  readonly clientOrderId?: string;
}

/** One order of a strategy, normal or condition, and what it depends on. A driven id of 0 is none. */
export interface SubOrder {
  readonly strategySubId: number;
  readonly firstDrivenId: number;
  readonly firstDrivenOn?: DrivenOn;
  readonly firstTrigger?: DrivenTrigger;
  readonly secondDrivenId: number;
  readonly secondDrivenOn?: DrivenOn;
  readonly secondTrigger?: DrivenTrigger;
  readonly order?: NewOrder;
  readonly condition?: NewCondition;
}

/** A strategy (STR-1): the first of OTO and OTOCO is the parent, the last two of OCO and OTOCO are a pair. */
export interface NewStrategy {
  readonly strategyType: StrategyType;
  readonly subOrders: readonly SubOrder[];
}

/** Names an order by id, by clientOrderId, or by both, which then must match. */
export interface OrderReference {
  readonly symbol: string;
  readonly orderId?: number;
  readonly clientOrderId?: string;
}

export interface Amendment extends OrderReference {
  readonly price?: PriceTicks;
  /** The final total, not the rest (MAT-7). */
  readonly quantity?: QuantitySteps;
  readonly gridFault?: GridFault;
}

export interface SourceQuote {
  readonly source: string;
  readonly price: PriceTicks;
  readonly ageMs: number;
  readonly weight: number;
}

/** Commands of traders, bots and the venue's own accounts. */
export type TradingCommand =
  | { readonly type: 'place-order'; readonly actor: Actor; readonly order: NewOrder }
  /** 1-20 orders, one after the other, each with its own result (MAT-10). */
  | { readonly type: 'place-orders'; readonly actor: Actor; readonly orders: readonly NewOrder[] }
  | { readonly type: 'cancel-order'; readonly actor: Actor; readonly order: OrderReference }
  /** 1-50 orders, one after the other, each with its own result (MAT-10). */
  | { readonly type: 'cancel-orders'; readonly actor: Actor; readonly orders: readonly OrderReference[] }
  | { readonly type: 'amend-order'; readonly actor: Actor; readonly amendment: Amendment }
  /** 1-20 amendments, one after the other, each with its own result (MAT-10). */
  | { readonly type: 'amend-orders'; readonly actor: Actor; readonly amendments: readonly Amendment[] }
  | {
      readonly type: 'cancel-all-orders';
      readonly actor: Actor;
      readonly symbol?: string;
      /** 0 all normal orders (the same when left out), 1 limit orders alone, 2 all condition orders. */
      readonly cancelType?: 0 | 1 | 2;
    }
  | { readonly type: 'place-condition'; readonly actor: Actor; readonly condition: NewCondition }
  | { readonly type: 'cancel-condition'; readonly actor: Actor; readonly condition: ConditionReference }
  | { readonly type: 'place-strategy'; readonly actor: Actor; readonly strategy: NewStrategy }
  /** A dead man's switch for the user's orders: `timeoutMs` from now, 0 to turn it off (MAT-14). */
  | {
      readonly type: 'cancel-all-after';
      readonly actor: Actor;
      readonly timeoutMs: number;
      readonly keepReduceOnly?: boolean;
    }
  | { readonly type: 'set-leverage'; readonly actor: Actor; readonly symbol: string; readonly leverage: number }
  | {
      readonly type: 'set-margin-mode';
      readonly actor: Actor;
      readonly symbol: string;
      readonly marginMode: MarginMode;
    }
  /** Moves margin from the cross wallet into an isolated position, or, negative, out of it (MRG-7). */
  | {
      readonly type: 'adjust-isolated-margin';
      readonly actor: Actor;
      readonly symbol: string;
      readonly positionSide: PositionSide;
      readonly amount: Money;
    };

/** Commands of the venue itself. */
export type OperatorCommand =
  /** Takes effect at the next price command, or the first at or after `effectiveAtMs` (SYM-1). */
  | { readonly type: 'configure-symbol'; readonly parameters: SymbolParameters; readonly effectiveAtMs?: number }
  /** Announces the end of a symbol, at least 24 h ahead (SYM-5). */
  | { readonly type: 'delist-symbol'; readonly symbol: string; readonly atMs: number }
  /** The prices of all symbols' sources, once a second (PRC-1, PRC-4). */
  | {
      readonly type: 'update-prices';
      readonly symbols: readonly { readonly symbol: string; readonly quotes: readonly SourceQuote[] }[];
    }
  /** What an agent's users pay from now on (FEE-1). */
  | { readonly type: 'set-fee-schedule'; readonly schedule: FeeSchedule }
  /** Money that comes in from outside (or, negative, leaves) for the insurance fund (LIQ-7). */
  | { readonly type: 'adjust-insurance-fund'; readonly amount: Money }
  /** Money that comes in from outside (or, negative, leaves) for a user's contract wallet. */
  | {
      readonly type: 'adjust-wallet';
      readonly userId: number;
      readonly amount: Money;
      readonly changeType: 'TRANSFER_IN' | 'TRANSFER_OUT' | 'ADJUSTMENT';
    };

export type Command = TradingCommand | OperatorCommand | IdentityCommand | AgencyCommand;
export type CommandType = Command['type'];
