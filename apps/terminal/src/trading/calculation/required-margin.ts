import { divide } from '@openvenue/money';
import type { Side } from '../venue-types.ts';
import { absolute, closable, type Exposure, exposuresOf, frozenOfSide, type Stance, valueAt } from './stance.ts';

const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b);
const positive = (units: bigint): bigint => larger(units, 0n);

/** What one more order takes from the available balance: the rise of the frozen margin, fee included, and its open loss (MRG-4). */
export function requiredMargin(stance: Stance, side: Side, order: Exposure): bigint {
  if (openingPart(stance, side, order.quantity) === 0n) return 0n;
  const other: Side = side === 'BUY' ? 'SELL' : 'BUY';
  const resting = exposuresOf(stance, side);
  const otherFrozen = frozenOfSide(stance, other, exposuresOf(stance, other));
  const before = larger(frozenOfSide(stance, side, resting), otherFrozen);
  const after = larger(frozenOfSide(stance, side, [...resting, order]), otherFrozen);
  return after - before + openLoss(stance, side, order);
}

/** How much an order would add to what its side opens. */
export function openingPart(stance: Stance, side: Side, quantity: bigint): bigint {
  const before = exposuresOf(stance, side).reduce((sum, exposure) => sum + exposure.quantity, 0n);
  const closing = closable(stance.position, side);
  return positive(before + quantity - closing) - positive(before - closing);
}

/** Whether position and orders of the side would be worth more than the leverage allows (MRG-5). */
export function exceedsTier(stance: Stance, side: Side, order: Exposure): boolean {
  if (openingPart(stance, side, order.quantity) === 0n) return false;
  const { position, mark, instrument, leverage } = stance;
  const holds = side === 'BUY' ? position.quantity > 0n : position.quantity < 0n;
  const heldValue = holds ? valueAt(mark, absolute(position.quantity)) : 0n;
  const exposures = [...exposuresOf(stance, side), order];
  const quantity = exposures.reduce((sum, exposure) => sum + exposure.quantity, 0n);
  const value = exposures.reduce((sum, exposure) => sum + exposure.value, 0n);
  const open = quantity - closable(position, side);
  const openingValue = open <= 0n ? 0n : divide(value * open, quantity, 'up');
  return heldValue + openingValue > instrument.tiers.capFor(leverage);
}

function openLoss(stance: Stance, side: Side, order: Exposure): bigint {
  const atMark = valueAt(stance.mark, order.quantity);
  const loss = side === 'BUY' ? order.value - atMark : atMark - order.value;
  if (loss <= 0n) return 0n;
  return divide(loss * openingPart(stance, side, order.quantity), order.quantity, 'up');
}
