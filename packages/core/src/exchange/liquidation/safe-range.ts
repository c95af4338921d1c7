import { numberOf, ONE } from '@openvenue/money';
import type { Leg } from '../accounts/leg.ts';
import type { SafeRange } from '../accounts/watched.ts';
import type { Assessment } from './risk-unit.ts';

/** `balance x a - maintenance x b` that must not fall below `spare = 0`. */
interface Condition {
  readonly balance: number;
  readonly maintenance: number;
  readonly spare: bigint;
}

/** What is to spare is exact; how far it reaches is counted in doubles, each result cut by far more than their errors come to. */
const CAUTION = 1e-9;
const RATE_UNIT = Number(ONE);
const CALL_BALANCE = 7_999;
const CALL_MAINTENANCE = 10_000;

/**
 * As long as every mark stays within these ranges, with wallet and positions as they are, a unit does not come to a margin call; one
 * that has had its call neither recovers nor falls below maintenance. What is to spare is shared among the markets by notional; in
 * each, a tick up or down costs at most what its legs lose and what their maintenance margins can rise by at the highest rate. So
 * the ranges may be too narrow and never too wide: what leaves them is looked at exactly.
 */
export function safeRanges(assessment: Assessment, called: boolean): readonly SafeRange[] {
  const { held } = assessment;
  const conditions = called ? afterCall(assessment) : [beforeCall(assessment)];
  const total = notionalOf(held, 0, held.length);
  const ranges: SafeRange[] = [];
  // The legs of one market stand beside each other, as their account has them.
  for (let from = 0; from < held.length; ) {
    const { market } = held[from] as Leg;
    let to = from + 1;
    while (to < held.length && held[to]?.market === market) to++;
    const share = to - from === held.length ? 1 : total === 0 ? 0 : notionalOf(held, from, to) / total;
    let up = Number.POSITIVE_INFINITY;
    let down = Number.POSITIVE_INFINITY;
    for (const condition of conditions) {
      // Each leg's maintenance margin is rounded, by less than one unit.
      const spare = Number(condition.spare) - held.length * Math.abs(condition.maintenance);
      const budget = spare > 0 ? spare * share * (1 - CAUTION) : 0;
      up = Math.min(up, ticksWithin(budget, lossPerTick({ held, from, to }, condition, 1)));
      down = Math.min(down, ticksWithin(budget, lossPerTick({ held, from, to }, condition, -1)));
    }
    ranges.push({ market, low: market.mark - down - 1, high: market.mark + up + 1 });
    from = to;
  }
  return ranges;
}

/** The shown ratio is below 80 %: maintenance / balance is at most 79.99 %. */
function beforeCall({ balance, maintenanceMargin }: Assessment): Condition {
  const spare = BigInt(CALL_BALANCE) * balance - BigInt(CALL_MAINTENANCE) * maintenanceMargin;
  return { balance: CALL_BALANCE, maintenance: CALL_MAINTENANCE, spare };
}

/** Not below maintenance, and the shown ratio not below 75 %. */
function afterCall({ balance, maintenanceMargin }: Assessment): readonly Condition[] {
  return [
    { balance: 1, maintenance: 1, spare: balance - maintenanceMargin },
    { balance: -7_499, maintenance: -10_000, spare: 10_000n * maintenanceMargin - 7_499n * balance - 1n },
  ];
}

/**
 * Whether {@link safeRanges} of a cross account that has had no margin call and holds this one position surely contain a range. In
 * doubles alone, with every error counted against it: a no only says that it is to be looked at exactly.
 */
export function surelyContain(range: SafeRange, wallet: bigint, leg: Leg): boolean {
  const { market, quantity } = leg;
  const { tiers } = market;
  const size = Number(market.unit) * quantity;
  const notional = Math.abs(size) * market.mark;
  const balance = numberOf(wallet);
  const pnl = numberOf(leg.unrealizedPnl);
  const doubt = (Math.abs(balance) + Math.abs(pnl) + notional) * CAUTION + 1;
  const spare = CALL_BALANCE * (balance + pnl - doubt) - CALL_MAINTENANCE * (tiers.nearMaintenance(notional) + doubt);
  if (!(spare > 0)) return false;
  const budget = spare * (1 - CAUTION);
  const maintenance = CALL_MAINTENANCE * Math.abs(size) * (tiers.highestRate / RATE_UNIT);
  const caution = (CALL_BALANCE * Math.abs(size) + maintenance) * CAUTION;
  const lossDown = CALL_BALANCE * size + caution;
  const lossUp = -CALL_BALANCE * size + maintenance + caution;
  return (
    (lossDown <= 0 || (market.mark - range.low) * lossDown <= budget) &&
    (lossUp <= 0 || (range.high - market.mark) * lossUp <= budget)
  );
}

interface Legs {
  readonly held: readonly Leg[];
  readonly from: number;
  readonly to: number;
}

/** Most that one tick in a direction takes off a condition's spare; not above 0 when it surely never does. */
function lossPerTick({ held, from, to }: Legs, condition: Condition, direction: 1 | -1): number {
  let loss = 0;
  let sum = 0;
  for (let i = from; i < to; i++) {
    const { quantity, market } = held[i] as Leg;
    const size = Number(market.unit) * quantity;
    const balance = -condition.balance * direction * size;
    const against = Math.max(0, condition.maintenance * direction);
    const maintenance = against * Math.abs(size) * (market.tiers.highestRate / RATE_UNIT);
    loss += balance + maintenance;
    sum += Math.abs(balance) + maintenance;
  }
  return loss + sum * CAUTION;
}

function notionalOf(held: readonly Leg[], from: number, to: number): number {
  let notional = 0;
  for (let i = from; i < to; i++) {
    const { quantity, market } = held[i] as Leg;
    notional += Math.abs(quantity) * market.mark * Number(market.unit);
  }
  return notional;
}

const ticksWithin = (budget: number, loss: number): number =>
  loss <= 0 ? Number.POSITIVE_INFINITY : Math.floor(budget / loss);
