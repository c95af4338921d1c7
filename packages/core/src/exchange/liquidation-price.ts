import type { PriceTicks } from '@openvenue/money';
import type { Account } from './account.ts';
import { type MarginFigures, marginFigures } from './margin.ts';
import type { Stance } from './stance.ts';

/**
 * The tick nearest to the mark at which a cross one-way position is liquidated with all else as it is (MRG-9); 0 when none.
 * The margin balance less the maintenance margin moves one way only with the price, because every tier's rate is below 1, so the
 * edge is found by halving. Prices beyond `maxPrice` are never reached.
 */
export function liquidationPrice(
  account: Account,
  stance: Stance,
  figures: MarginFigures = marginFigures(account),
): PriceTicks {
  const { market } = stance;
  if (stance.quantity === 0) return 0 as PriceTicks;
  const balanceElsewhere = account.wallet + figures.unrealizedPnl - stance.unrealizedPnl;
  const maintenanceElsewhere = figures.maintenanceMargin - stance.maintenanceMargin;
  const size = BigInt(Math.abs(stance.quantity));
  const acts = (price: number): boolean => {
    const maintenance = market.tiers.maintenanceMargin(size * BigInt(price) * market.unit);
    return balanceElsewhere + stance.unrealizedPnlAt(price) < maintenanceElsewhere + maintenance;
  };
  if (acts(market.mark)) return market.mark;
  const long = stance.quantity > 0;
  const highest = market.parameters.maxPrice;
  if (long ? !acts(1) : !acts(highest)) return 0 as PriceTicks;
  let safe = long ? highest + 1 : 0;
  let acting: number = long ? 1 : highest;
  while (Math.abs(safe - acting) > 1) {
    const middle = (safe + acting) >> 1;
    if (acts(middle)) acting = middle;
    else safe = middle;
  }
  return acting as PriceTicks;
}
