import type { Money, PriceTicks, QuantitySteps, Rate } from '@openvenue/money';
import type { SymbolStatus } from '../enums.ts';

/** One leverage tier: positions whose notional at mark is in `(floor, cap]` (MRG-5). */
export interface LeverageTier {
  readonly floor: Money;
  readonly cap: Money;
  readonly maxLeverage: number;
  readonly maintenanceMarginRate: Rate;
}

/** Fee rates from a 30-day volume on; `maker` may be negative, a rebate (FEE-1). */
export interface FeeLevel {
  readonly minVolume30d: Money;
  readonly maker: Rate;
  readonly taker: Rate;
}

/** Everything that is configured for one symbol (SYM-1). Prices in ticks, quantities in steps, money in 1e-8 USDT, rates in 1e-8. */
export interface SymbolParameters {
  readonly symbol: string;
  readonly baseAsset: string;
  readonly quoteAsset: 'USDT';
  /** Price of one tick and quantity of one step, in 1e-8. */
  readonly tickSize: bigint;
  readonly stepSize: bigint;
  readonly minQuantity: QuantitySteps;
  readonly minNotional: Money;
  readonly maxLimitOrderQuantity: QuantitySteps;
  readonly maxMarketOrderQuantity: QuantitySteps;
  readonly maxOpenOrders: number;
  readonly maxPrice: PriceTicks;
  readonly defaultLeverage: number;
  readonly status: SymbolStatus;
  readonly tiers: readonly LeverageTier[];
  readonly feeLevels: readonly FeeLevel[];
  readonly liquidationFeeRate: Rate;
  /** Hours between two fundings, counted from 00:00 UTC (FND-2). */
  readonly fundingIntervalHours: 1 | 2 | 4 | 8;
  /** X and Y of MAT-9, Z of PRC-2. */
  readonly bandInner: Rate;
  readonly bandOuter: Rate;
  readonly markClamp: Rate;
  /** Open condition orders, and open strategies, that a user may have. */
  readonly maxOpenConditions: number;
  /** How far last and mark may be apart, in parts of the mark, for a condition with price protection to fire (CND-3). */
  readonly priceProtectLimit: Rate;
  /** Most that the insurance fund may hold in this symbol, at mark; left out: all its positions at most its wallet (LIQ-7). */
  readonly fundCap?: Money;
  /** How far off the mark the insurance fund offers its positions; 0.5 % when left out (LIQ-7). */
  readonly fundOfferDistance?: Rate;
}
