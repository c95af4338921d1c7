import { type Money, ZERO_MONEY } from '@openvenue/money';
import type { Market } from '../symbols/market.ts';
import type { Position } from './position.ts';

/** Signed unrealised PnL of a position at a price, by default the mark; exact (SYM-3). */
export function unrealizedPnlOf(position: Position, market: Market, price: number = market.mark): Money {
  if (position.quantity === 0) return ZERO_MONEY;
  const value = market.valueAt(price, position.quantity);
  return (value - (position.quantity < 0 ? -position.cost : position.cost)) as Money;
}

/** Maintenance margin of a position at a price, by default the mark (MRG-5). */
export function maintenanceMarginOf(position: Position, market: Market, price: number = market.mark): Money {
  if (position.quantity === 0) return ZERO_MONEY;
  return market.tiers.maintenanceMargin(market.valueAt(price, Math.abs(position.quantity)));
}
