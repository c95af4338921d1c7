import type { SymbolParameters } from '../../exchange/symbol-parameters.ts';
import { ceil, least, UNIT } from './fraction.ts';

/** A symbol as its configurations and price events have left it. */
export class ListedSymbol {
  parameters: SymbolParameters;
  version = 0;
  mark = 0n;
  last = 0n;

  constructor(parameters: SymbolParameters) {
    this.parameters = parameters;
  }

  /** Money of one step at one tick; exact by SYM-1. */
  get tickStep(): bigint {
    return (this.parameters.tickSize * this.parameters.stepSize) / UNIT;
  }

  value(priceTicks: bigint, quantitySteps: bigint): bigint {
    return priceTicks * quantitySteps * this.tickStep;
  }

  /** MRG-5 as a sum over the tiers: each part of the notional pays the rate of the tier it lies in. Up, once (SYM-3). */
  maintenance(notional: bigint): bigint {
    const { tiers } = this.parameters;
    let exact = 0n;
    tiers.forEach(({ floor, cap, maintenanceMarginRate }, k) => {
      const top = k === tiers.length - 1 ? notional : least(notional, cap);
      if (top > floor) exact += (top - floor) * BigInt(maintenanceMarginRate);
    });
    return ceil(exact, UNIT);
  }

  /** The largest notional that a leverage allows (MRG-5). */
  capOf(leverage: number): bigint {
    const allowed = this.parameters.tiers.filter(({ maxLeverage }) => maxLeverage >= leverage);
    return allowed.at(-1)?.cap ?? 0n;
  }
}
