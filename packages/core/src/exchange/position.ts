import { divide, type Money, ONE, type PriceTicks, type QuantitySteps, type Rate, ZERO_MONEY } from '@openvenue/money';
import type { Side } from './enums.ts';

/** A one-way position. `quantity` is negative for a short; `cost` is never negative. */
export interface Position {
  readonly quantity: QuantitySteps;
  readonly cost: Money;
  /** Opening fees of what is still open, for the break-even price. */
  readonly openFees: Money;
}

export interface PositionFill {
  readonly side: Side;
  readonly price: PriceTicks;
  readonly quantity: QuantitySteps;
  readonly feeRate: Rate;
  /** Money of one tick times one step. */
  readonly unit: bigint;
}

export interface FillEffect {
  readonly after: Position;
  readonly closingQuantity: QuantitySteps;
  readonly openingQuantity: QuantitySteps;
  readonly value: Money;
  /** Excludes fees (SYM-6). */
  readonly realizedPnl: Money;
  /** Paid is plus, a rebate is minus. */
  readonly fee: Money;
}

/**
 * What a fill does to a position: the closing part first, at `cost x q / Q` released (of a long up, of a short down), the rest
 * opens; one fee for both, rounded up once (POS-5, POS-6, FEE-1, SYM-3).
 */
export function fillPosition(before: Position, fill: PositionFill): FillEffect {
  const { unit } = fill;
  const direction = fill.side === 'BUY' ? 1 : -1;
  const held = before.quantity;
  const size = Math.abs(held);
  const closes = fill.side === 'BUY' ? held < 0 : held > 0;
  const closing = closes ? Math.min(size, fill.quantity) : 0;
  const opening = fill.quantity - closing;
  const price = BigInt(fill.price);
  const value = price * BigInt(fill.quantity) * unit;
  const fee = feeOf(value, fill.feeRate);
  let cost: bigint = before.cost;
  let openFees: bigint = before.openFees;
  let realizedPnl = 0n;
  let openingFee = fee;
  if (closing > 0) {
    const rounding = held > 0 ? 'up' : 'down';
    const released = closing === size ? cost : divide(cost * BigInt(closing), BigInt(size), rounding);
    const releasedFees = closing === size ? openFees : divide(openFees * BigInt(closing), BigInt(size), rounding);
    const closingValue = price * BigInt(closing) * unit;
    realizedPnl = held > 0 ? closingValue - released : released - closingValue;
    cost -= released;
    openFees -= releasedFees;
    openingFee = (fee - feeOf(closingValue, fill.feeRate)) as Money;
  }
  if (opening > 0) {
    cost += price * BigInt(opening) * unit;
    openFees += openingFee;
  }
  return {
    after: {
      quantity: (held + direction * fill.quantity) as QuantitySteps,
      cost: cost as Money,
      openFees: openFees as Money,
    },
    closingQuantity: closing as QuantitySteps,
    openingQuantity: opening as QuantitySteps,
    value: value as Money,
    realizedPnl: realizedPnl as Money,
    fee,
  };
}

/** `value x rate`, up: a fee is paid up, a rebate is credited down (SYM-3). */
export function feeOf(value: bigint, feeRate: Rate): Money {
  return feeRate === 0 ? ZERO_MONEY : (divide(value * BigInt(feeRate), ONE, 'up') as Money);
}
