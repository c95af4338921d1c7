import type { Money, PriceTicks, QuantitySteps, Rate } from '@openvenue/money';
import type { MarginMode, PositionSide, Side } from '../enums.ts';

/** A position as a step of a liquidation finds it, with all that its figures follow from. */
export interface LiquidationPosition {
  readonly symbol: string;
  readonly positionSide: PositionSide;
  /** Negative for a short. */
  readonly quantity: QuantitySteps;
  readonly cost: Money;
  readonly mark: PriceTicks;
  /** Money of one tick times one step, in 1e-8 USDT. */
  readonly unit: bigint;
  readonly tier: LiquidationTier;
  readonly unrealizedPnl: Money;
  readonly maintenanceMargin: Money;
  /** The symbol's state or its frozen prices keep liquidation off it (PRC-1, SYM-4). */
  readonly paused: boolean;
}

/** The tier that a position's notional at mark is in: `maintenance = notional x rate - amount`, up. */
export interface LiquidationTier {
  readonly floor: Money;
  readonly cap: Money;
  readonly maintenanceMarginRate: Rate;
  /** In 1e-16 USDT. */
  readonly amount: bigint;
  /** The highest tier: its rate goes on above its cap. */
  readonly isLast: boolean;
}

/** What a cross account or an isolated position has against what it must maintain. */
export interface LiquidationFigures {
  /** Cross wallet, or the isolated position's margin. */
  readonly wallet: Money;
  /** Wallet and unrealised PnL. */
  readonly balance: Money;
  readonly maintenanceMargin: Money;
  readonly positions: readonly LiquidationPosition[];
}

/** One fill of a step: in the book, by the insurance fund, or by a trader who was deleveraged. */
export interface LiquidationFill {
  readonly counterparty: 'BOOK' | 'FUND' | 'ADL';
  readonly price: PriceTicks;
  readonly quantity: QuantitySteps;
  /** Internal id of the other side; 0 is the fund. */
  readonly userId: number;
}

/** The position that is reduced: which, by how much and at what price, and why the rest went where it went. */
export interface Reduction {
  readonly symbol: string;
  readonly positionSide: PositionSide;
  readonly orderId: number;
  readonly side: Side;
  readonly bankruptcyPrice: PriceTicks;
  /** What the tier below allows to keep; 0 in the first tier. */
  readonly kept: QuantitySteps;
  /** Most that one order can count exactly. */
  readonly orderLimit: QuantitySteps;
  readonly quantity: QuantitySteps;
  readonly fills: readonly LiquidationFill[];
  readonly feeRate: Rate;
  readonly fee: Money;
  /** Set when the book left a rest: what the fund would have stood like with it, and whether it took it. */
  readonly takeover?: {
    readonly reduces: boolean;
    readonly wallet: Money;
    readonly unrealizedPnl: Money;
    readonly notional: Money;
    readonly cap: Money;
    readonly taken: boolean;
  };
}

/** Two legs of a cross hedge that cancel each other out at the mark. */
export interface SetOff {
  readonly symbol: string;
  readonly quantity: QuantitySteps;
  readonly price: PriceTicks;
}

export type LiquidationAction =
  /** Orders that are not reduce-only are canceled: what the user is liquidated for stands in `before`. */
  | { readonly action: 'CANCEL_ORDERS'; readonly orderIds: readonly number[] }
  | { readonly action: 'SET_OFF'; readonly setOff: SetOff }
  | { readonly action: 'REDUCE'; readonly reduction: Reduction }
  /** The insurance fund brings a wallet or isolated margin below 0, behind which there is no position, to 0. */
  | { readonly action: 'COVER'; readonly amount: Money };

/** A step of a liquidation with all its inputs: enough to recompute it (LIQ-4). */
export interface LiquidationStep {
  readonly type: 'liquidation-step';
  /** Counts liquidations; 0 for a cover outside one. */
  readonly liquidationId: number;
  /** From 1 within a liquidation. */
  readonly step: number;
  readonly userId: number;
  readonly marginMode: MarginMode;
  /** Of an isolated position; '' and BOTH for a cross account. */
  readonly symbol: string;
  readonly positionSide: PositionSide;
  readonly detail: LiquidationAction;
  readonly before: LiquidationFigures;
  readonly after: LiquidationFigures;
  readonly atMs: number;
}

export type LiquidationEvent =
  | LiquidationStep
  /** The margin ratio has reached 80 % (LIQ-5). */
  | {
      readonly type: 'margin-call';
      readonly userSequence: number;
      readonly userId: number;
      readonly marginMode: MarginMode;
      /** Of an isolated position; '' and BOTH for a cross account. */
      readonly symbol: string;
      readonly positionSide: PositionSide;
      /** In 1e-8, up to 4 decimals (MRG-8). */
      readonly marginRatio: bigint;
      readonly marginBalance: Money;
      readonly maintenanceMargin: Money;
      readonly atMs: number;
    }
  /** The insurance fund's wallet is below 0 after a command that has changed it (LIQ-7). */
  | { readonly type: 'insurance-fund-deficit'; readonly wallet: Money; readonly atMs: number };
