import type { LeverageTier, SymbolParameters } from '@openvenue/core';
import { type Money, money, parseDecimal, priceTicks, quantitySteps, type Rate, rate } from '@openvenue/money';

/** What the three symbols have in common. */
const COMMON = {
  quoteAsset: 'USDT',
  minQuantity: quantitySteps(1),
  minNotional: usdt('5'),
  maxOpenOrders: 200,
  defaultLeverage: 10,
  status: 'TRADING',
  feeLevels: [{ minVolume30d: usdt('0'), maker: rateOf('0.0002'), taker: rateOf('0.0005') }],
  liquidationFeeRate: rateOf('0.002'),
  fundingIntervalHours: 8,
  bandInner: rateOf('0.01'),
  bandOuter: rateOf('0.02'),
  markClamp: rateOf('0.03'),
  maxOpenConditions: 100,
  priceProtectLimit: rateOf('0.05'),
} as const;

/** The symbols a new venue begins with (SYM-1), in listing order. */
export const DEFAULT_SYMBOLS: readonly SymbolParameters[] = [
  {
    ...COMMON,
    symbol: 'BTCUSDT',
    baseAsset: 'BTC',
    tickSize: usdt('0.1'),
    stepSize: usdt('0.001'),
    maxLimitOrderQuantity: quantitySteps(100_000),
    maxMarketOrderQuantity: quantitySteps(50_000),
    maxPrice: priceTicks(10_000_000),
    tiers: tiersOf([
      ['50000', 100, '0.004'],
      ['250000', 50, '0.005'],
      ['1000000', 20, '0.01'],
      ['10000000', 10, '0.025'],
      ['30000000', 5, '0.05'],
      ['60000000', 4, '0.1'],
      ['100000000', 2, '0.125'],
    ]),
  },
  {
    ...COMMON,
    symbol: 'ETHUSDT',
    baseAsset: 'ETH',
    tickSize: usdt('0.01'),
    stepSize: usdt('0.001'),
    maxLimitOrderQuantity: quantitySteps(2_000_000),
    maxMarketOrderQuantity: quantitySteps(1_000_000),
    maxPrice: priceTicks(10_000_000),
    tiers: tiersOf([
      ['50000', 100, '0.004'],
      ['200000', 50, '0.0065'],
      ['800000', 20, '0.01'],
      ['8000000', 10, '0.025'],
      ['20000000', 5, '0.05'],
      ['40000000', 4, '0.1'],
      ['80000000', 2, '0.125'],
    ]),
  },
  {
    ...COMMON,
    symbol: 'SOLUSDT',
    baseAsset: 'SOL',
    tickSize: usdt('0.01'),
    stepSize: usdt('0.01'),
    maxLimitOrderQuantity: quantitySteps(5_000_000),
    maxMarketOrderQuantity: quantitySteps(2_000_000),
    maxPrice: priceTicks(1_000_000),
    tiers: tiersOf([
      ['25000', 75, '0.005'],
      ['100000', 50, '0.0075'],
      ['500000', 20, '0.0125'],
      ['4000000', 10, '0.025'],
      ['10000000', 5, '0.05'],
      ['20000000', 4, '0.1'],
      ['40000000', 2, '0.125'],
    ]),
  },
];

/** Tiers that join without gaps, from their caps (USDT), largest leverages and maintenance margin rates. */
function tiersOf(
  rows: readonly (readonly [cap: string, maxLeverage: number, rate: string])[],
): readonly LeverageTier[] {
  return rows.map(([cap, maxLeverage, maintenanceMarginRate], k) => ({
    floor: usdt(rows[k - 1]?.[0] ?? '0'),
    cap: usdt(cap),
    maxLeverage,
    maintenanceMarginRate: rateOf(maintenanceMarginRate),
  }));
}

function usdt(text: string): Money {
  const units = parseDecimal(text);
  if (units === undefined) throw new RangeError(`not a decimal: ${text}`);
  return money(units);
}

function rateOf(text: string): Rate {
  return rate(Number(usdt(text)));
}
