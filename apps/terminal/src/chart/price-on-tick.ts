import { divide, formatDecimal, parseDecimal } from '@openvenue/money';

/** Decimal places of every price and size of the contract. */
const PLACES_MAX = 8;

/** The price on the grid of a contract that is nearest to a place on the chart; undefined where there is none above zero. */
export function priceOnTick(price: number, { tickSize }: { readonly tickSize: string }): string | undefined {
  const tick = parseDecimal(tickSize);
  const units = price > 0 && Number.isFinite(price) ? parseDecimal(price.toFixed(PLACES_MAX)) : undefined;
  if (tick === undefined || tick === 0n || units === undefined) return undefined;
  const nearest = divide(units, tick, 'half-up') * tick;
  return nearest > 0n ? formatDecimal(nearest) : undefined;
}
