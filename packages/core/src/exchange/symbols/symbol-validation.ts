import { ONE } from '@openvenue/money';
import { MAX_PRICE_TICKS } from '../book/order-book.ts';
import { symbolForm } from '../forms/symbol-form.ts';
import type { LeverageTier, SymbolParameters } from './symbol-parameters.ts';

const NAME = /^[A-Z0-9]{2,20}$/;
const MAX_OPEN_ORDERS = 1_000;
const MAX_OPEN_CONDITIONS = 1_000;

/**
 * Everything that is wrong with a symbol's configuration (SYM-1), each as a sentence; empty when it may be used. Beyond the form, by
 * which counts are whole numbers above 0 and rates are between -1 and 1.
 */
export function symbolProblems(p: SymbolParameters): readonly string[] {
  const malformed = symbolForm(p);
  if (malformed !== undefined) return [malformed];
  const problems: string[] = [];
  const need = (holds: boolean, sentence: string): void => {
    if (!holds) problems.push(sentence);
  };
  need(NAME.test(p.symbol), 'symbol must be 2 to 20 capital letters or digits');
  need(p.tickSize > 0n && p.stepSize > 0n, 'tickSize and stepSize must be above 0');
  need((p.tickSize * p.stepSize) % ONE === 0n, 'tickSize x stepSize must be a whole number of 1e-8 USDT');
  need(p.minQuantity <= p.maxLimitOrderQuantity, 'minQuantity must be at most maxLimitOrderQuantity');
  need(p.maxPrice <= MAX_PRICE_TICKS, `maxPrice must be 1 to ${MAX_PRICE_TICKS} ticks`);
  need(p.maxOpenOrders <= MAX_OPEN_ORDERS, `maxOpenOrders must be 1 to ${MAX_OPEN_ORDERS}`);
  need(
    Number.isSafeInteger(
      Math.max(p.maxLimitOrderQuantity, p.maxMarketOrderQuantity) * p.maxPrice * (p.maxOpenOrders + 1),
    ),
    'largest quantity x maxPrice x (maxOpenOrders + 1) must stay below 2^53',
  );
  need(p.bandInner > 0 && p.bandInner < p.bandOuter, 'band rates must satisfy 0 < X < Y < 1');
  need(p.markClamp > 0, 'markClamp must be between 0 and 1');
  need(p.maxOpenConditions <= MAX_OPEN_CONDITIONS, `maxOpenConditions must be 1 to ${MAX_OPEN_CONDITIONS}`);
  need(p.priceProtectLimit > 0, 'priceProtectLimit must be between 0 and 1');
  need(p.fundOfferDistance === undefined || p.fundOfferDistance >= 0, 'fundOfferDistance must not be negative');
  need(p.feeLevels[0]?.minVolume30d === 0n, 'at least one fee level is needed, the first from a volume of 0');
  p.feeLevels.forEach((level, k) => {
    const below = p.feeLevels[k - 1];
    need(below === undefined || level.minVolume30d > below.minVolume30d, `fee level ${k + 1}: minVolume30d must rise`);
  });
  const makers = p.feeLevels.map((level) => level.maker);
  const takers = p.feeLevels.map((level) => level.taker);
  need(Math.min(...makers) + Math.min(...takers) >= 0, 'lowest maker rate + lowest taker rate must not be negative');
  tierProblems(p, need);
  return problems;
}

function tierProblems(p: SymbolParameters, need: (holds: boolean, sentence: string) => void): void {
  const first = p.tiers[0];
  need(first !== undefined, 'at least one leverage tier is needed');
  if (first === undefined) return;
  need(first.floor === 0n, 'the first tier must begin at 0');
  need(
    p.liquidationFeeRate >= 0 && 2 * p.liquidationFeeRate <= first.maintenanceMarginRate,
    "liquidationFeeRate must be 0 to half the first tier's rate",
  );
  need(p.defaultLeverage <= first.maxLeverage, "defaultLeverage must be 1 to the first tier's maximum");
  p.tiers.forEach((tier, k) => {
    const below: LeverageTier | undefined = p.tiers[k - 1];
    const name = `tier ${k + 1}`;
    need(tier.cap > tier.floor, `${name}: cap must be above floor`);
    need(tier.maintenanceMarginRate > 0, `${name}: rate must be above 0`);
    need(
      tier.maxLeverage * tier.maintenanceMarginRate < Number(ONE),
      `${name}: 1 / maxLeverage must be above the rate`,
    );
    if (below === undefined) return;
    need(tier.floor === below.cap, `${name}: floor must be the cap of the tier below`);
    need(tier.maintenanceMarginRate > below.maintenanceMarginRate, `${name}: rate must rise`);
    need(tier.maxLeverage < below.maxLeverage, `${name}: maxLeverage must fall`);
  });
}
