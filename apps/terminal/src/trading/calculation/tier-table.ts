import { divide, ONE } from '@openvenue/money';

/** Positions worth more than `floor` up to and including `cap`; all in 1e-8. */
export interface Tier {
  readonly floor: bigint;
  readonly cap: bigint;
  readonly maxLeverage: number;
  readonly rate: bigint;
}

/** Leverage tiers of a contract. The maintenance margin has no steps, because each tier takes off an amount (MRG-5). */
export class TierTable {
  readonly tiers: readonly Tier[];
  /** In 1e-16, so that nothing is rounded before the margin is. */
  readonly #amounts: readonly bigint[];

  constructor(tiers: readonly Tier[]) {
    this.tiers = tiers;
    let amount = 0n;
    this.#amounts = tiers.map((tier, k) => {
      const below = tiers[k - 1];
      if (below !== undefined) amount += tier.floor * (tier.rate - below.rate);
      return amount;
    });
  }

  /** Maintenance margin of a notional, up to 1e-8; above the last cap the last rate goes on. */
  maintenanceMargin(notional: bigint): bigint {
    const reached = this.tiers.findIndex((tier) => notional <= tier.cap);
    const k = reached < 0 ? this.tiers.length - 1 : reached;
    const tier = this.tiers[k];
    return tier === undefined ? 0n : divide(notional * tier.rate - (this.#amounts[k] ?? 0n), ONE, 'up');
  }

  /** Largest notional that a leverage allows; 0 when no tier reaches it. */
  capFor(leverage: number): bigint {
    return this.tiers.findLast((tier) => tier.maxLeverage >= leverage)?.cap ?? 0n;
  }

  /** Largest leverage at which a notional is allowed. */
  maxLeverageFor(notional: bigint): number {
    return Math.max(1, ...this.tiers.filter((tier) => tier.cap >= notional).map((tier) => tier.maxLeverage));
  }
}
