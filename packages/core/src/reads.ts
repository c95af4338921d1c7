import type { Money, PriceTicks, QuantitySteps, Rate } from '@openvenue/money';
import type { NewOrder } from './command.ts';
import type { ConditionRecord, OrderRecord, StrategyRecord } from './event.ts';
import type { MarginMode, PositionSide, SymbolStatus } from './exchange/enums.ts';
import type { SymbolParameters } from './exchange/symbols/symbol-parameters.ts';
import type { Rejected } from './reject.ts';

/** A symbol with its live prices. */
export interface SymbolView {
  readonly parameters: SymbolParameters;
  /** The state that holds now; stricter than the configured one in the last hour of a symbol (SYM-5). */
  readonly status: SymbolStatus;
  /** When the symbol ends or has ended, Unix ms; 0 when nothing is announced. */
  readonly delistingAtMs: number;
  /** Grows with every accepted change of the parameters. */
  readonly version: number;
  /** 0 before the first price command. */
  readonly index: PriceTicks;
  readonly mark: PriceTicks;
  /** Price of the last trade, 0 before the first. */
  readonly last: PriceTicks;
  readonly priceState: 'LIVE' | 'DEGRADED' | 'FROZEN';
  /** Rate that would be settled now, the rate settled last, and when the next is due (Unix ms; 0 before the first price). */
  readonly estimatedFundingRate: Rate;
  readonly fundingRate: Rate;
  readonly nextFundingAtMs: number;
  /** Interest of 8 hours, and the highest absolute rate of an interval (FND-2). */
  readonly interestRate: Rate;
  readonly fundingCap: Rate;
  /** Sum of all long positions. */
  readonly openInterest: QuantitySteps;
}

/** A user's margin account at the current mark (MRG-1..8). */
export interface AccountView {
  /** Cross wallet and isolated margins (MRG-1). */
  readonly wallet: Money;
  readonly isolatedMargin: Money;
  /** Margin held for open orders. */
  readonly frozen: Money;
  /** Initial margins of the cross positions and margins of the isolated ones. */
  readonly used: Money;
  readonly available: Money;
  /** Of all positions. */
  readonly unrealizedPnl: Money;
  /** Cross wallet and unrealised PnL of the cross positions; maintenance margin and ratio are the cross account's too. */
  readonly marginBalance: Money;
  readonly maintenanceMargin: Money;
  /** Ratio in 1e-8, rounded up to 4 decimals; 9999 when the balance is not positive (MRG-8). */
  readonly marginRatio: bigint;
  /** Traded value of the 30 UTC days before today, and today's fee level, from 0, by the first symbol's schedule (FEE-2). */
  readonly volume30d: Money;
  readonly feeLevel: number;
}

/** A position at the current mark. Averages and ratios are in 1e-8, half up, for display only (SYM-3). */
export interface PositionView {
  readonly symbol: string;
  readonly marginMode: MarginMode;
  readonly positionSide: PositionSide;
  readonly positionId: number;
  readonly openedAtMs: number;
  /** Last fill, funding or change of its margin. */
  readonly updatedAtMs: number;
  /** Funding received less paid since it was opened. */
  readonly fundingFeeAccum: Money;
  /** What the estimated rate at the present mark would give, or take (minus). */
  readonly nextFundingFee: Money;
  readonly leverage: number;
  /** Negative for a short. */
  readonly quantity: QuantitySteps;
  readonly entryPrice: bigint;
  readonly breakEvenPrice: bigint;
  /** 0 when no price liquidates (MRG-9). */
  readonly liquidationPrice: PriceTicks;
  readonly marginRatio: bigint;
  readonly unrealizedPnl: Money;
  readonly roe: bigint;
  readonly mark: PriceTicks;
  /** Initial margin of a cross position, the margin of an isolated one. */
  readonly margin: Money;
  readonly maintenanceMargin: Money;
  readonly notional: Money;
  /** Place in the queue of auto-deleveraging, 1 to 5: 5 is next (LIQ-3). Of a side of more than 512 positions as of at most 1 s ago. */
  readonly adlQuantile: number;
}

/** Nearest take profit and stop of a position, 0 for none (CND-7). */
export interface ExitPrices {
  readonly takeProfit: PriceTicks;
  readonly stopLoss: PriceTicks;
}

/** The insurance fund at the current marks (LIQ-7). */
export interface InsuranceFundView {
  readonly wallet: Money;
  readonly unrealizedPnl: Money;
  /** Of all positions. */
  readonly notional: Money;
  readonly positions: readonly {
    readonly symbol: string;
    /** Negative for a short. */
    readonly quantity: QuantitySteps;
    readonly cost: Money;
    readonly mark: PriceTicks;
    readonly unrealizedPnl: Money;
    readonly notional: Money;
  }[];
}

/** Something about a previewed order that its sender may not expect; with the first, placing it is refused (3001). */
export type PreviewWarning = 'INSUFFICIENT_MARGIN' | 'SELF_TRADE' | 'QUANTITY_CUT' | 'PARTIAL_FILL';

/** What an order would ask for and do if it were placed now. */
export interface OrderPreview {
  readonly ok: true;
  readonly kind: 'preview';
  /** What must be available: margin, fee and what the opening part would lose at once (MRG-4). */
  readonly required: Money;
  /** How much more margin would be held for what opens. */
  readonly margin: Money;
  /** Fee of the whole order at the worst rate it can have; a rebate is negative. */
  readonly handlingFee: Money;
  /** Over the fills it would make now and its rest at its own price, in 1e-8; 0 when nothing would fill. */
  readonly estimatedFillPrice: bigint;
  readonly worstFillPrice: PriceTicks;
  /** Of the position when all of the order has filled; 0 for none. */
  readonly liqPriceAfter: PriceTicks;
  /** When the order has made the fills it would make now, and its rest rests. */
  readonly availableAfter: Money;
  /** From 1; of the position when all of the order has filled, at the mark. */
  readonly leverageTier: number;
  readonly warnings: readonly PreviewWarning[];
}

export interface DepthView {
  readonly version: number;
  /** Best first. */
  readonly bids: readonly (readonly [PriceTicks, QuantitySteps])[];
  readonly asks: readonly (readonly [PriceTicks, QuantitySteps])[];
}

/** Everything that may be read of the exchange between two commands. Nothing here changes state. */
export interface ExchangeReads {
  /** In listing order. */
  symbols(): readonly SymbolView[];
  symbol(name: string): SymbolView | undefined;
  /** The user's order, open or ended at most 24 h ago; undefined when id and clientOrderId do not name the same one. */
  order(
    userId: number,
    reference: { readonly symbol?: string; readonly orderId?: number; readonly clientOrderId?: string },
  ): OrderRecord | undefined;
  /** Newest first. */
  openOrders(userId: number, symbol?: string): readonly OrderRecord[];
  /** Orders of the user's strategies that wait for their parent (status `NEW`), newest first. */
  waitingOrders(userId: number, symbol?: string): readonly OrderRecord[];
  /** Conditions that wait for a price or for their strategy's parent, newest first. */
  openConditions(userId: number, symbol?: string): readonly ConditionRecord[];
  /** The user's condition, open or ended at most 24 h ago; undefined when id and clientOrderId do not name the same one. */
  condition(
    userId: number,
    reference: { readonly symbol?: string; readonly conditionId?: number; readonly clientOrderId?: string },
  ): ConditionRecord | undefined;
  /** The user's strategy, working or ended at most 24 h ago. */
  strategy(userId: number, strategyId: number): StrategyRecord | undefined;
  /** Nearest take profit and stop of a position (CND-7). */
  exitPrices(userId: number, symbol: string, positionSide: PositionSide): ExitPrices;
  /** When the user's dead man's switch acts, Unix ms; 0: it is off (MAT-14). */
  cancelDeadline(userId: number): number;
  account(userId: number): AccountView;
  positions(userId: number, symbol?: string): readonly PositionView[];
  /** What an order would ask for and do; no state changes. Refused as placing it would be, but for margin. */
  previewOrder(userId: number, order: NewOrder): OrderPreview | Rejected;
  settings(userId: number, symbol: string): { readonly leverage: number; readonly marginMode: MarginMode } | undefined;
  insuranceFund(): InsuranceFundView;
  /** Number of a user's last private event, 0 before the first. */
  userSequence(userId: number): number;
  /** `levels` per side; all when left out. */
  depth(symbol: string, levels?: number): DepthView | undefined;
}
