import { countOnGrid, formatDecimal } from '@openvenue/money';
import { type Instrument, typedUnits, wireDecimal } from './instrument.ts';
import { valueAt } from './stance.ts';

/** Why a price or a quantity cannot be sent; the screen puts it into words. */
export type FieldFault =
  | { readonly fault: 'missing' | 'malformed' | 'zero' | 'too-large' }
  | { readonly fault: 'off-grid'; readonly grid: string; readonly below: string; readonly above: string }
  | { readonly fault: 'below-minimum' | 'above-maximum' | 'below-notional'; readonly limit: string };

/** What was typed into an order form. */
export interface TypedOrder {
  readonly type: 'LIMIT' | 'MARKET';
  readonly price: string;
  readonly quantity: string;
  /** Whether the order only closes: then the minima do not bind it (SYM-2). */
  readonly onlyCloses: boolean;
  /** Price at which a market order is measured against the smallest value. */
  readonly mark: bigint | undefined;
}

export interface OrderFaults {
  readonly price?: FieldFault;
  readonly quantity?: FieldFault;
}

/** The first fault of each field, in the order in which the venue checks: form, grid, limits. */
export function checkOrder(order: TypedOrder, instrument: Instrument): OrderFaults {
  const price = order.type === 'LIMIT' ? checkOnGrid(order.price, instrument.tickSize) : undefined;
  const quantity = checkOnGrid(order.quantity, instrument.stepSize) ?? checkLimits(order, instrument);
  return { ...(price === undefined ? {} : { price }), ...(quantity === undefined ? {} : { quantity }) };
}

/** The fault of a number that must be a positive multiple of `grid`. */
export function checkOnGrid(typed: string, grid: bigint): FieldFault | undefined {
  if (typed.trim() === '') return { fault: 'missing' };
  if (!/^\s*(\d+\.?\d*|\.\d+)\s*$/.test(typed)) return { fault: 'malformed' };
  const onGrid = countOnGrid(wireDecimal(typed), grid);
  if (onGrid.ok) return onGrid.count === 0 ? { fault: 'zero' } : undefined;
  if (onGrid.fault !== 'off-grid') return { fault: onGrid.fault };
  return { fault: 'off-grid', grid: formatDecimal(grid), below: onGrid.below, above: onGrid.above };
}

function checkLimits(order: TypedOrder, instrument: Instrument): FieldFault | undefined {
  const quantity = typedUnits(order.quantity);
  if (quantity === undefined) return { fault: 'malformed' };
  const maximum = order.type === 'LIMIT' ? instrument.maxLimitQuantity : instrument.maxMarketQuantity;
  if (quantity > maximum) return { fault: 'above-maximum', limit: formatDecimal(maximum) };
  if (order.onlyCloses) return undefined;
  if (quantity < instrument.minQuantity) {
    return { fault: 'below-minimum', limit: formatDecimal(instrument.minQuantity) };
  }
  const price = order.type === 'LIMIT' ? typedUnits(order.price) : order.mark;
  if (price === undefined || valueAt(price, quantity) >= instrument.minNotional) return undefined;
  return { fault: 'below-notional', limit: formatDecimal(instrument.minNotional) };
}
