import { ONE } from '@openvenue/money';
import type { Leg } from '../leg.ts';
import type { Market } from '../market.ts';
import type { Assessment } from './risk-unit.ts';

/** Marks of one market, both ends excluded, within which a unit surely needs no look. */
export interface SafeRange {
  readonly low: number;
  readonly high: number;
}

/** `balance x a - maintenance x b` that must not fall below `spare = 0`. */
interface Condition {
  readonly balance: bigint;
  readonly maintenance: bigint;
  readonly spare: bigint;
}

/**
 * As long as every mark stays within these ranges, with wallet and positions as they are, a unit does not come to a margin call; one
 * that has had its call neither recovers nor falls below maintenance. What is to spare is shared among the markets by notional; in
 * each, a tick up or down costs at most what its legs lose and what their maintenance margins can rise by at the highest rate. So
 * the ranges may be too narrow and never too wide: what leaves them is looked at exactly.
 */
export function safeRanges(assessment: Assessment, called: boolean): ReadonlyMap<Market, SafeRange> {
  const { held } = assessment;
  const byMarket = new Map<Market, Leg[]>();
  let total = 0n;
  for (const leg of held) {
    const legs = byMarket.get(leg.market);
    if (legs === undefined) byMarket.set(leg.market, [leg]);
    else legs.push(leg);
    total += leg.notional;
  }
  const conditions = called ? afterCall(assessment) : [beforeCall(assessment)];
  const ranges = new Map<Market, SafeRange>();
  for (const [market, legs] of byMarket) {
    let share = 0n;
    for (const leg of legs) share += leg.notional;
    let up = Number.POSITIVE_INFINITY;
    let down = Number.POSITIVE_INFINITY;
    for (const condition of conditions) {
      // Each leg's maintenance margin is rounded, by less than one unit.
      const rounding = BigInt(held.length) * magnitude(condition.maintenance);
      const spare = condition.spare - rounding;
      const budget = spare <= 0n || total === 0n ? 0n : (spare * ONE * share) / total;
      up = Math.min(up, ticksWithin(budget, lossPerTick(legs, condition, 1n)));
      down = Math.min(down, ticksWithin(budget, lossPerTick(legs, condition, -1n)));
    }
    ranges.set(market, { low: market.mark - down - 1, high: market.mark + up + 1 });
  }
  return ranges;
}

/** The shown ratio is below 80 %: maintenance / balance is at most 79.99 %. */
function beforeCall({ balance, maintenanceMargin }: Assessment): Condition {
  return { balance: 7_999n, maintenance: 10_000n, spare: 7_999n * balance - 10_000n * maintenanceMargin };
}

/** Not below maintenance, and the shown ratio not below 75 %. */
function afterCall({ balance, maintenanceMargin }: Assessment): readonly Condition[] {
  return [
    { balance: 1n, maintenance: 1n, spare: balance - maintenanceMargin },
    { balance: -7_499n, maintenance: -10_000n, spare: 10_000n * maintenanceMargin - 7_499n * balance - 1n },
  ];
}

/** Most that one tick in a direction takes off a condition's spare, in 1e-8 of its unit; not above 0 when it never does. */
function lossPerTick(legs: readonly Leg[], condition: Condition, direction: 1n | -1n): bigint {
  let gain = 0n;
  for (const { quantity, market } of legs) {
    const size = BigInt(Math.abs(quantity)) * market.unit;
    gain += condition.balance * direction * (quantity > 0 ? size : -size) * ONE;
    const against = condition.maintenance * direction;
    if (against > 0n) gain -= against * size * BigInt(market.tiers.highestRate);
  }
  return -gain;
}

const ticksWithin = (budget: bigint, loss: bigint): number =>
  loss <= 0n ? Number.POSITIVE_INFINITY : Number(budget / loss);

const magnitude = (value: bigint): bigint => (value < 0n ? -value : value);
