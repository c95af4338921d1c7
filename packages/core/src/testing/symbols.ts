import { type Money, type PriceTicks, parseDecimal, type QuantitySteps, type Rate } from '@openvenue/money';
import type { SymbolParameters } from '../exchange/symbols/symbol-parameters.ts';

const amount = (text: string): Money => parseDecimal(text) as Money;
const rateOf = (text: string): Rate => Number(parseDecimal(text)) as Rate;

/** The symbol of the rule vectors: tick 0.1, step 0.001, tiers 0.4 / 0.5 / 1 / 2.5 %, taker 0.05 %, maker 0.02 %. */
export const BTC: SymbolParameters = {
  symbol: 'BTCUSDT',
  baseAsset: 'BTC',
  quoteAsset: 'USDT',
  tickSize: amount('0.1'),
  stepSize: amount('0.001'),
  minQuantity: 1 as QuantitySteps,
  minNotional: amount('5'),
  maxLimitOrderQuantity: 100_000 as QuantitySteps,
  maxMarketOrderQuantity: 50_000 as QuantitySteps,
  maxOpenOrders: 200,
  maxPrice: 10_000_000 as PriceTicks,
  defaultLeverage: 10,
  status: 'TRADING',
  tiers: [
    { floor: amount('0'), cap: amount('50000'), maxLeverage: 100, maintenanceMarginRate: rateOf('0.004') },
    { floor: amount('50000'), cap: amount('250000'), maxLeverage: 50, maintenanceMarginRate: rateOf('0.005') },
    { floor: amount('250000'), cap: amount('1000000'), maxLeverage: 20, maintenanceMarginRate: rateOf('0.01') },
    { floor: amount('1000000'), cap: amount('10000000'), maxLeverage: 10, maintenanceMarginRate: rateOf('0.025') },
  ],
  feeLevels: [{ minVolume30d: amount('0'), maker: rateOf('0.0002'), taker: rateOf('0.0005') }],
  liquidationFeeRate: rateOf('0.002'),
  fundingIntervalHours: 8,
  bandInner: rateOf('0.01'),
  bandOuter: rateOf('0.02'),
  markClamp: rateOf('0.03'),
  maxOpenConditions: 100,
  priceProtectLimit: rateOf('0.05'),
};

export const ETH: SymbolParameters = { ...BTC, symbol: 'ETHUSDT', baseAsset: 'ETH' };

/** {@link BTC} with other parameters. */
export const testSymbol = (changes: Partial<SymbolParameters>): SymbolParameters => ({ ...BTC, ...changes });
