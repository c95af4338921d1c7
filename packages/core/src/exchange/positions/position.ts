import {
  exactProduct,
  type Money,
  ONE,
  type PriceTicks,
  type QuantitySteps,
  type Rate,
  shareOf,
  ZERO_MONEY,
} from '@openvenue/money';
import type { Side } from '../enums.ts';

/** A position as it is booked: `quantity` is negative for a short; `cost` is never negative. */
export interface Position {
  readonly quantity: QuantitySteps;
  /** Exact sum of the opening values of what is open (POS-6). */
  readonly cost: Money;
  /** Opening fees of what is still open, for the break-even price; negative after rebates. */
  readonly openFees: Money;
  /** Isolated margin; 0 for a cross position. Below 0 only by funding, fees or liquidation (MRG-1). */
  readonly margin: Money;
}

const RATE_UNIT = Number(ONE);

/** No position. */
export const FLAT: Position = Object.freeze({
  quantity: 0 as QuantitySteps,
  cost: ZERO_MONEY,
  openFees: ZERO_MONEY,
  margin: ZERO_MONEY,
});

export interface PositionFill {
  readonly side: Side;
  readonly price: PriceTicks;
  readonly quantity: QuantitySteps;
  readonly feeRate: Rate;
  /** Money of one tick times one step. */
  readonly unit: bigint;
  /** Leverage at which an opening fill moves margin into an isolated position; left out for a cross one. */
  readonly isolatedLeverage?: number;
  /** Set for the side that is liquidated: no margin is released, what the fill brings is booked on what there is. */
  readonly keepsMargin?: boolean;
}

export interface FillEffect {
  readonly after: Position;
  readonly closingQuantity: QuantitySteps;
  readonly openingQuantity: QuantitySteps;
  readonly value: Money;
  readonly openingValue: Money;
  /** Excludes fees (SYM-6). */
  readonly realizedPnl: Money;
  /** Paid is plus, a rebate is minus. */
  readonly fee: Money;
  /** What the opening part moves into the isolated margin. */
  readonly marginIn: Money;
  /** Change of the cross wallet: all of PnL and fee for a cross position, what the isolated margin does not bear for the other. */
  readonly crossChange: Money;
}

/**
 * What a fill does to a position: the closing part first, at `cost x q / Q` released (of a long up, of a short down), the rest
 * opens; one fee for both, rounded up once (POS-5, POS-6, FEE-1, SYM-3). An isolated margin gives back its share (down) less
 * what the closing part lost; a loss beyond the share is taken from the margin that stays (MRG-2).
 */
export function fillPosition(before: Position, fill: PositionFill): FillEffect {
  const { unit } = fill;
  const direction = fill.side === 'BUY' ? 1 : -1;
  const held = before.quantity;
  const size = Math.abs(held);
  const closes = fill.side === 'BUY' ? held < 0 : held > 0;
  const closing = closes ? Math.min(size, fill.quantity) : 0;
  const opening = fill.quantity - closing;
  const value = exactProduct(fill.price, fill.quantity) * unit;
  const openingValue = closing === 0 ? value : opening === 0 ? 0n : exactProduct(fill.price, opening) * unit;
  const fee = feeOf(value, fill.feeRate);
  let cost: bigint = before.cost;
  let openFees: bigint = before.openFees;
  let margin: bigint = before.margin;
  let realizedPnl = 0n;
  let openingFee = fee;
  if (closing > 0) {
    const rounding = held > 0 ? 'up' : 'down';
    const closed = { part: closing, whole: size };
    const released = shareOf(cost, closed, rounding);
    const closingValue = value - openingValue;
    const closingFee = opening === 0 ? fee : feeOf(closingValue, fill.feeRate);
    realizedPnl = held > 0 ? closingValue - released : released - closingValue;
    cost -= released;
    openFees -= shareOf(openFees, closed, rounding);
    openingFee = (fee - closingFee) as Money;
    if (fill.isolatedLeverage !== undefined && fill.keepsMargin === true) margin += realizedPnl - closingFee;
    else if (fill.isolatedLeverage !== undefined) {
      const releasedMargin = shareOf(margin, closed, 'down');
      const settled = releasedMargin + realizedPnl - closingFee;
      margin += settled < 0n ? settled - releasedMargin : -releasedMargin;
    }
  }
  let marginIn = 0n;
  if (opening > 0) {
    cost += openingValue;
    openFees += openingFee;
    if (fill.isolatedLeverage !== undefined) marginIn = initialMarginOf(openingValue, fill.isolatedLeverage);
    margin += marginIn;
  }
  return {
    after: {
      quantity: (held + direction * fill.quantity) as QuantitySteps,
      cost: cost as Money,
      openFees: openFees as Money,
      margin: margin as Money,
    },
    closingQuantity: closing as QuantitySteps,
    openingQuantity: opening as QuantitySteps,
    value: value as Money,
    openingValue: openingValue as Money,
    realizedPnl: realizedPnl as Money,
    fee,
    marginIn: marginIn as Money,
    crossChange: (margin === before.margin ? realizedPnl - fee : realizedPnl - fee - (margin - before.margin)) as Money,
  };
}

/** `cost / leverage`, up (MRG-2). */
export const initialMarginOf = (cost: bigint, leverage: number): Money =>
  shareOf(cost, { part: 1, whole: leverage }, 'up') as Money;

/** `value x rate`, up: a fee is paid up, a rebate is credited down (SYM-3). */
export function feeOf(value: bigint, feeRate: Rate): Money {
  return feeRate === 0 ? ZERO_MONEY : (shareOf(value, { part: feeRate, whole: RATE_UNIT }, 'up') as Money);
}
