import { decimalOf, decimalPlaces, unitsOf } from '../decimal.ts';
import type { BookSide, PriceLevel } from './price-level.ts';

/** How levels are put together. */
export interface Grouping {
  readonly side: BookSide;
  /** Distance of the groups, a plain decimal above 0: a multiple of the tick size, such as `"10"`. */
  readonly increment: string;
  /** Groups at most; all when left out. */
  readonly limit?: number;
}

/**
 * Adds the quantities of levels whose prices fall into one group, exactly. Bids are rounded down and asks up, so that no group
 * promises a better price than its levels have. `levels` are best first, and so are the groups. @throws RangeError for an
 * increment that is not above 0
 */
export function groupLevels(levels: readonly PriceLevel[], { side, increment, limit }: Grouping): PriceLevel[] {
  const pricePlaces = levels.reduce(
    (places, [price]) => Math.max(places, decimalPlaces(price)),
    decimalPlaces(increment),
  );
  const quantityPlaces = levels.reduce((places, [, quantity]) => Math.max(places, decimalPlaces(quantity)), 0);
  const step = unitsOf(increment, pricePlaces);
  if (step <= 0n) throw new RangeError(`the increment ${increment} is not above 0`);
  const groups: { readonly price: bigint; quantity: bigint }[] = [];
  for (const [priceText, quantityText] of levels) {
    const price = unitsOf(priceText, pricePlaces);
    const above = side === 'asks' && price % step !== 0n ? 1n : 0n;
    const groupPrice = (price / step + above) * step;
    const quantity = unitsOf(quantityText, quantityPlaces);
    const last = groups.at(-1);
    if (last?.price === groupPrice) last.quantity += quantity;
    else if (groups.length === limit) break;
    else groups.push({ price: groupPrice, quantity });
  }
  return groups.map(({ price, quantity }) => [decimalOf(price, pricePlaces), decimalOf(quantity, quantityPlaces)]);
}
