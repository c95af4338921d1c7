import type { SymbolParameters } from '../../exchange/symbols/symbol-parameters.ts';
import { ceil, least, UNIT } from './fraction.ts';

/** An index older than this is frozen, and a quote older than this is not fresh (PRC-1). */
const FRESH_MS = 10_000;

/** A tier of MRG-5 with all that its formula needs: maintenance = notional x rate - amount. */
export interface Tier {
  readonly floor: bigint;
  readonly cap: bigint;
  readonly rate: bigint;
  /** In 1e-16 USDT. */
  readonly amount: bigint;
  readonly isLast: boolean;
}

/** A symbol as its configurations and price events have left it. */
export class ListedSymbol {
  #parameters: SymbolParameters;
  #tiers: readonly Tier[] = [];
  /** Money of one step at one tick; exact by SYM-1. */
  tickStep = 0n;
  version = 0;
  index = 0n;
  degraded = false;
  /** Time of the last price command that had a source for it. */
  indexAtMs = 0;
  mark = 0n;
  last = 0n;
  /** Whether its end has been told, after which nothing is told of it any more (SYM-5). */
  hasEnded = false;

  constructor(parameters: SymbolParameters) {
    this.#parameters = parameters;
    this.parameters = parameters;
  }

  get parameters(): SymbolParameters {
    return this.#parameters;
  }

  set parameters(parameters: SymbolParameters) {
    this.#parameters = parameters;
    this.tickStep = (parameters.tickSize * parameters.stepSize) / UNIT;
    let amount = 0n;
    let below = 0n;
    this.#tiers = parameters.tiers.map(({ floor, cap, maintenanceMarginRate }, k, { length }) => {
      const rate = BigInt(maintenanceMarginRate);
      amount += floor * (rate - below);
      below = rate;
      return { floor, cap, rate, amount, isLast: k === length - 1 };
    });
  }

  value(priceTicks: bigint, quantitySteps: bigint): bigint {
    return priceTicks * quantitySteps * this.tickStep;
  }

  /** MRG-5 as a sum over the tiers: each part of the notional pays the rate of the tier it lies in. Up, once (SYM-3). */
  maintenance(notional: bigint): bigint {
    let exact = 0n;
    for (const { floor, cap, rate, isLast } of this.#tiers) {
      if (notional <= floor) break;
      exact += ((isLast ? notional : least(notional, cap)) - floor) * rate;
    }
    return ceil(exact, UNIT);
  }

  /** The tier that a notional lies in: above its floor, up to its cap. */
  tierOf(notional: bigint): Tier {
    const found = this.#tiers.find(({ floor, cap, isLast }) => notional > floor && (isLast || notional <= cap));
    return found ?? (this.#tiers[0] as Tier);
  }

  /** The largest notional that a leverage allows (MRG-5). */
  capOf(leverage: number): bigint {
    const allowed = this.parameters.tiers.filter(({ maxLeverage }) => maxLeverage >= leverage);
    return allowed.at(-1)?.cap ?? 0n;
  }

  isFrozen(timeMs: number): boolean {
    return this.mark === 0n || timeMs - this.indexAtMs > FRESH_MS;
  }

  /** Whether nothing is liquidated here (PRC-1, SYM-4). */
  isPaused(timeMs: number): boolean {
    const { status } = this.parameters;
    return status === 'CANCEL_ONLY' || status === 'HALTED' || this.isFrozen(timeMs);
  }
}
