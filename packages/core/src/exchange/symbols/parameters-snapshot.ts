import type { Money, PriceTicks, QuantitySteps, Rate } from '@openvenue/money';
import type { StateReader } from '../../state/reader.ts';
import type { StateWriter } from '../../state/writer.ts';
import type { SymbolStatus } from '../enums.ts';
import type { FeeLevel, SymbolParameters } from './symbol-parameters.ts';

export function writeParameters(w: StateWriter, p: SymbolParameters): void {
  for (const text of [p.symbol, p.baseAsset, p.quoteAsset, p.status]) w.text(text);
  for (const units of [p.tickSize, p.stepSize, p.minNotional]) w.bigint(units);
  for (const count of [
    p.minQuantity,
    p.maxLimitOrderQuantity,
    p.maxMarketOrderQuantity,
    p.maxOpenOrders,
    p.maxPrice,
    p.defaultLeverage,
    p.fundingIntervalHours,
  ])
    w.uint(count);
  for (const rate of [p.liquidationFeeRate, p.bandInner, p.bandOuter, p.markClamp]) w.uint(rate);
  w.list(p.fundCap === undefined ? [] : [p.fundCap], (cap) => w.bigint(cap));
  w.list(p.fundOfferDistance === undefined ? [] : [p.fundOfferDistance], (distance) => w.uint(distance));
  w.list(p.tiers, (tier) => {
    w.bigint(tier.floor);
    w.bigint(tier.cap);
    w.uint(tier.maxLeverage);
    w.uint(tier.maintenanceMarginRate);
  });
  writeFeeLevels(w, p.feeLevels);
  w.uint(p.maxOpenConditions);
  w.uint(p.priceProtectLimit);
}

export function writeFeeLevels(w: StateWriter, levels: readonly FeeLevel[]): void {
  w.list(levels, (level) => {
    w.bigint(level.minVolume30d);
    w.int(level.maker);
    w.int(level.taker);
  });
}

export function readFeeLevels(r: StateReader): FeeLevel[] {
  return r.list(() => {
    const minVolume30d = r.bigint() as Money;
    const maker = r.int() as Rate;
    return { minVolume30d, maker, taker: r.int() as Rate };
  });
}

export function readParameters(r: StateReader): SymbolParameters {
  const symbol = r.text();
  const baseAsset = r.text();
  const quoteAsset = r.text() as 'USDT';
  const status = r.text() as SymbolStatus;
  const tickSize = r.bigint();
  const stepSize = r.bigint();
  const minNotional = r.bigint() as Money;
  const minQuantity = r.uint() as QuantitySteps;
  const maxLimitOrderQuantity = r.uint() as QuantitySteps;
  const maxMarketOrderQuantity = r.uint() as QuantitySteps;
  const maxOpenOrders = r.uint();
  const maxPrice = r.uint() as PriceTicks;
  const defaultLeverage = r.uint();
  const fundingIntervalHours = r.uint() as SymbolParameters['fundingIntervalHours'];
  const liquidationFeeRate = r.uint() as Rate;
  const bandInner = r.uint() as Rate;
  const bandOuter = r.uint() as Rate;
  const markClamp = r.uint() as Rate;
  const [fundCap] = r.list(() => r.bigint() as Money);
  const [fundOfferDistance] = r.list(() => r.uint() as Rate);
  const tiers = r.list(() => {
    const floor = r.bigint() as Money;
    const cap = r.bigint() as Money;
    const maxLeverage = r.uint();
    return { floor, cap, maxLeverage, maintenanceMarginRate: r.uint() as Rate };
  });
  const feeLevels = readFeeLevels(r);
  const maxOpenConditions = r.uint();
  const priceProtectLimit = r.uint() as Rate;
  return {
    symbol,
    baseAsset,
    quoteAsset,
    status,
    tickSize,
    stepSize,
    minNotional,
    minQuantity,
    maxLimitOrderQuantity,
    maxMarketOrderQuantity,
    maxOpenOrders,
    maxPrice,
    defaultLeverage,
    fundingIntervalHours,
    liquidationFeeRate,
    bandInner,
    bandOuter,
    markClamp,
    ...(fundCap === undefined ? {} : { fundCap }),
    ...(fundOfferDistance === undefined ? {} : { fundOfferDistance }),
    tiers,
    feeLevels,
    maxOpenConditions,
    priceProtectLimit,
  };
}
