import { divide, ONE } from '@openvenue/money';
import type { Side } from '../venue-types.ts';
import type { Instrument } from './instrument.ts';

/** A one-way cross position. `quantity` is negative for a short, `cost` the sum of its opening values; in 1e-8. */
export interface PositionFigures {
  readonly quantity: bigint;
  readonly cost: bigint;
}

/** What an open order still asks for. */
export interface OpenOrderFigures {
  readonly side: Side;
  readonly price: bigint;
  readonly remaining: bigint;
  readonly makerOnly: boolean;
  readonly reduceOnly: boolean;
}

/** What a user has in one market: all that the margin of one more order depends on, but for what is available. */
export interface Stance {
  readonly instrument: Instrument;
  readonly leverage: number;
  readonly mark: bigint;
  readonly position: PositionFigures;
  readonly orders: readonly OpenOrderFigures[];
}

/** Quantity and value of orders of one side; of an order to come: at the prices it would have now. */
export interface Exposure {
  readonly quantity: bigint;
  readonly value: bigint;
  readonly makerOnly: boolean;
}

export const FLAT: PositionFigures = { quantity: 0n, cost: 0n };

export const absolute = (units: bigint): bigint => (units < 0n ? -units : units);

/** Whether a position gains when the price rises. */
export const isLong = (position: PositionFigures): boolean => position.quantity > 0n;

/** Value of a quantity at a price; exact on the grid of the contract. */
export const valueAt = (price: bigint, quantity: bigint): bigint => (price * quantity) / ONE;

/** Fee of a value: paid up, credited down. */
export const feeOf = (value: bigint, feeRate: bigint): bigint => divide(value * feeRate, ONE, 'up');

/** `cost / leverage`, up (MRG-2). */
export const initialMarginOf = (cost: bigint, leverage: number): bigint => divide(cost, BigInt(leverage), 'up');

/** How much of a position an order of this side would close. */
export function closable(position: PositionFigures, side: Side): bigint {
  const quantity = side === 'BUY' ? -position.quantity : position.quantity;
  return quantity > 0n ? quantity : 0n;
}

/** The open orders of a side that can open a position. */
export function exposuresOf(stance: Stance, side: Side): Exposure[] {
  return stance.orders
    .filter((order) => order.side === side && !order.reduceOnly)
    .map(({ price, remaining, makerOnly }) => ({ quantity: remaining, value: valueAt(price, remaining), makerOnly }));
}

/** Margin held for a side's orders (MRG-3). */
export function frozenOfSide(stance: Stance, side: Side, exposures: readonly Exposure[]): bigint {
  const { instrument, leverage, position } = stance;
  let quantity = 0n;
  let value = 0n;
  let fees = 0n;
  for (const exposure of exposures) {
    const feeRate = exposure.makerOnly ? instrument.makerFeeRate : instrument.takerFeeRate;
    quantity += exposure.quantity;
    value += exposure.value;
    if (feeRate > 0n) fees += exposure.value * feeRate;
  }
  const closing = closable(position, side);
  const open = quantity - closing;
  if (open <= 0n) return 0n;
  let margin = divide(value * open, quantity * BigInt(leverage), 'up');
  if (closing > 0n) {
    const held = initialMarginOf(position.cost, leverage);
    margin = margin > held ? margin - held : 0n;
  }
  return margin + divide(fees * open, quantity * ONE, 'up');
}
