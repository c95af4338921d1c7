import { divide, type Money, money, ONE, type Rate } from '@openvenue/money';
import type { LeverageTier } from './symbol-parameters.ts';

/** The leverage tiers of a symbol with their maintenance amounts, which make the maintenance margin continuous (MRG-5). */
export class TierTable {
  readonly tiers: readonly LeverageTier[];
  /** In 1e-16: amounts keep the rate's own eight decimals, so nothing is rounded before the margin is. */
  readonly #amounts: readonly bigint[];
  readonly #rates: readonly bigint[];

  constructor(tiers: readonly LeverageTier[]) {
    this.tiers = tiers;
    const amounts: bigint[] = [];
    tiers.forEach((tier, k) => {
      const below = tiers[k - 1];
      const rise =
        below === undefined ? 0n : tier.floor * BigInt(tier.maintenanceMarginRate - below.maintenanceMarginRate);
      amounts.push((amounts[k - 1] ?? 0n) + rise);
    });
    this.#amounts = amounts;
    this.#rates = tiers.map(({ maintenanceMarginRate }) => BigInt(maintenanceMarginRate));
  }

  /** The last tier's rate: the most that maintenance grows by with the notional. */
  get highestRate(): Rate {
    return this.tiers[this.tiers.length - 1]?.maintenanceMarginRate ?? (0 as Rate);
  }

  /** Index of the tier with `floor < notional <= cap`; the last one above all caps. */
  tierOf(notional: bigint): number {
    let k = 0;
    while (k < this.tiers.length - 1 && notional > (this.tiers[k] as LeverageTier).cap) k++;
    return k;
  }

  /** `notional x rate - amount` of the notional's tier, up to 1e-8. */
  maintenanceMargin(notional: bigint): Money {
    return money(divide(this.exactMaintenance(notional), ONE, 'up'));
  }

  /** The same before rounding, in 1e-16. */
  exactMaintenance(notional: bigint): bigint {
    const k = this.tierOf(notional);
    return notional * (this.#rates[k] as bigint) - (this.#amounts[k] as bigint);
  }

  /** Maintenance amount of a tier, in 1e-16. */
  exactAmount(tier: number): bigint {
    return this.#amounts[tier] ?? 0n;
  }

  /** Maintenance amount of a tier, as it is shown: to 1e-8. */
  maintenanceAmount(tier: number): Money {
    return money(divide(this.#amounts[tier] ?? 0n, ONE, 'down'));
  }

  /** Largest notional that a leverage allows: the cap of the last tier whose `maxLeverage` reaches it; 0 when none does. */
  capFor(leverage: number): Money {
    let cap = 0n;
    for (const tier of this.tiers) if (tier.maxLeverage >= leverage) cap = tier.cap;
    return money(cap);
  }
}
