import type { FeeLevel as FeeLevelView, LeverageTier as LeverageTierView, SymbolView } from '@openvenue/contract';
import type { SymbolView as CoreSymbol, FeeLevel, LeverageTier } from '@openvenue/core';
import { formatDecimal, formatOnGrid, multiplyDivide, ONE } from '@openvenue/money';

/** Decimals that the grid needs: 0.05 needs two. */
export function precisionOf(gridUnits: bigint): number {
  return formatDecimal(gridUnits).split('.')[1]?.length ?? 0;
}

/** A symbol as replies show it. */
export function symbolView({ parameters, status }: CoreSymbol): SymbolView {
  const { tickSize, stepSize } = parameters;
  const quantity = (steps: number) => formatOnGrid(steps, stepSize);
  return {
    symbol: parameters.symbol,
    baseAsset: parameters.baseAsset,
    quoteAsset: parameters.quoteAsset,
    minQuantity: quantity(parameters.minQuantity),
    minNotional: formatDecimal(parameters.minNotional),
    tickSize: formatDecimal(tickSize),
    stepSize: formatDecimal(stepSize),
    pricePrecision: precisionOf(tickSize),
    quantityPrecision: precisionOf(stepSize),
    maxLimitOrderQty: quantity(parameters.maxLimitOrderQuantity),
    maxMarketOrderQty: quantity(parameters.maxMarketOrderQuantity),
    maxOpenOrders: parameters.maxOpenOrders,
    defaultLeverage: parameters.defaultLeverage,
    defaultMarginMode: MARGIN_MODE_CROSS,
    status,
    leverageTiers: leverageTierViews(parameters.tiers),
  };
}

const MARGIN_MODE_CROSS = 1;

/** The maintenance amount of each tier keeps the maintenance margin continuous (MRG-5); it is exact. */
function leverageTierViews(tiers: readonly LeverageTier[]): LeverageTierView[] {
  let amount = 0n;
  let rateBelow = 0;
  return tiers.map((tier, index) => {
    if (index > 0) {
      amount += multiplyDivide([tier.floor, BigInt(tier.maintenanceMarginRate - rateBelow)], ONE, 'half-up');
    }
    rateBelow = tier.maintenanceMarginRate;
    return {
      tier: index + 1,
      minNotional: formatDecimal(tier.floor),
      maxNotional: formatDecimal(tier.cap),
      maxLeverage: tier.maxLeverage,
      maintenanceMarginRate: formatDecimal(BigInt(tier.maintenanceMarginRate)),
      maintenanceAmount: formatDecimal(amount),
    };
  });
}

/** A fee schedule as replies show it; levels count from 0. */
export function feeLevelViews(levels: readonly FeeLevel[]): FeeLevelView[] {
  return levels.map((level, index) => ({
    level: index,
    minVolume30d: formatDecimal(level.minVolume30d),
    makerFeeRate: formatDecimal(BigInt(level.maker)),
    takerFeeRate: formatDecimal(BigInt(level.taker)),
  }));
}
