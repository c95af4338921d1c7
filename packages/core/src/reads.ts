import type { Money, PriceTicks, QuantitySteps, Rate } from '@openvenue/money';
import type { OrderRecord } from './event.ts';
import type { MarginMode, PositionSide } from './exchange/enums.ts';
import type { SymbolParameters } from './exchange/symbol-parameters.ts';

/** A symbol with its live prices. */
export interface SymbolView {
  readonly parameters: SymbolParameters;
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
}

/** A position at the current mark. Averages and ratios are in 1e-8, half up, for display only (SYM-3). */
export interface PositionView {
  readonly symbol: string;
  readonly marginMode: MarginMode;
  readonly positionSide: PositionSide;
  readonly positionId: number;
  readonly openedAtMs: number;
  /** Funding received less paid since then. */
  readonly fundingFeeAccum: Money;
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
  account(userId: number): AccountView;
  positions(userId: number, symbol?: string): readonly PositionView[];
  settings(userId: number, symbol: string): { readonly leverage: number; readonly marginMode: MarginMode } | undefined;
  insuranceFund(): InsuranceFundView;
  /** Number of a user's last private event, 0 before the first. */
  userSequence(userId: number): number;
  /** `levels` per side; all when left out. */
  depth(symbol: string, levels?: number): DepthView | undefined;
}
