import { divide, type Money, money, numberOf, ONE, type Rate, shareOf } from '@openvenue/money';
import type { LeverageTier } from './symbol-parameters.ts';

const RATE_UNIT = Number(ONE);

/** The leverage tiers of a symbol with their maintenance amounts, which make the maintenance margin continuous (MRG-5). */
export class TierTable {
  readonly tiers: readonly LeverageTier[];
  /** In 1e-16: amounts keep the rate's own eight decimals, so nothing is rounded before the margin is. */
  readonly #amounts: readonly bigint[];
  readonly #rates: readonly bigint[];
  readonly #firstCap: bigint;
  readonly #firstRate: number;
  /** Caps, rates and amounts as doubles, for what need not be exact. */
  readonly #near: readonly { readonly cap: number; readonly rate: number; readonly amount: number }[];

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
    this.#firstCap = tiers[0]?.cap ?? 0n;
    this.#firstRate = tiers[0]?.maintenanceMarginRate ?? 0;
    this.#near = tiers.map(({ cap, maintenanceMarginRate }, k) => ({
      cap: numberOf(cap),
      rate: maintenanceMarginRate / RATE_UNIT,
      amount: numberOf(amounts[k] ?? 0n) / RATE_UNIT,
    }));
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
    // The first tier has no amount, and most positions are in it.
    if (notional <= this.#firstCap)
      return shareOf(notional, { part: this.#firstRate, whole: RATE_UNIT }, 'up') as Money;
    return money(divide(this.exactMaintenance(notional), ONE, 'up'));
  }

  /** The same in doubles: off by less than a billionth of the notional, and by the rounding. */
  nearMaintenance(notional: number): number {
    const near = this.#near;
    let k = 0;
    while (k < near.length - 1 && notional > (near[k] as { cap: number }).cap) k++;
    const tier = near[k];
    return tier === undefined ? 0 : notional * tier.rate - tier.amount;
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
