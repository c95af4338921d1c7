import { divide } from '@openvenue/money';
import type { Side } from '../venue-types.ts';
import { absolute, closable, feeOf, isLong, type PositionFigures, valueAt } from './stance.ts';

/** A fill, or fills taken together; `feeRate` in 1e-8. */
export interface Fill {
  readonly side: Side;
  readonly quantity: bigint;
  readonly value: bigint;
  readonly feeRate: bigint;
}

export interface PositionAfter {
  readonly position: PositionFigures;
  readonly realizedPnl: bigint;
  readonly fee: bigint;
}

/** What a fill does to a position: it closes first, at the share of the cost that this releases, and opens with the rest (POS-6). */
export function positionAfter(before: PositionFigures, fill: Fill): PositionAfter {
  const fee = feeOf(fill.value, fill.feeRate);
  const held = absolute(before.quantity);
  const against = closable(before, fill.side);
  const closing = against < fill.quantity ? against : fill.quantity;
  const opening = fill.quantity - closing;
  const closingValue = fill.quantity === 0n ? 0n : (fill.value * closing) / fill.quantity;
  let { cost } = before;
  let realizedPnl = 0n;
  if (closing > 0n) {
    const released = closing === held ? cost : divide(cost * closing, held, isLong(before) ? 'up' : 'down');
    realizedPnl = isLong(before) ? closingValue - released : released - closingValue;
    cost -= released;
  }
  if (opening > 0n) cost += fill.value - closingValue;
  const signed = fill.side === 'BUY' ? fill.quantity : -fill.quantity;
  return { position: { quantity: before.quantity + signed, cost }, realizedPnl, fee };
}

/** Profit and loss, fees aside, of closing a quantity of a position at a price; no more than there is of it. */
export function closingPnl(position: PositionFigures, quantity: bigint, price: bigint): bigint {
  const held = absolute(position.quantity);
  const closed = quantity < held ? quantity : held;
  const side = isLong(position) ? 'SELL' : 'BUY';
  return positionAfter(position, { side, quantity: closed, value: valueAt(price, closed), feeRate: 0n }).realizedPnl;
}
