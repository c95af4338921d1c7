import { divide, type Money, ONE, type PriceTicks, type QuantitySteps } from '@openvenue/money';
import type { Leg } from '../accounts/leg.ts';
import { opposite } from '../enums.ts';
import { planFills } from '../matching/fill-plan.ts';
import { executePlan } from '../matching/matching.ts';
import { type Order, remainingOf } from '../orders/order.ts';
import type { Market } from '../symbols/market.ts';
import type { LeverageTier } from '../symbols/symbol-parameters.ts';
import { isBeyondBankruptcy } from './adl-score.ts';
import { bankruptcyPrice } from './bankruptcy-price.ts';
import { fundLeg, moveFromFund, takeoverFigures, takesOver } from './insurance-fund.ts';
import type { Liquidation } from './liquidation.ts';
import type { LiquidationAction, LiquidationFill, Reduction } from './liquidation-event.ts';
import { assess } from './risk-unit.ts';
import { fillOffBook, openVenueOrder } from './venue-order.ts';

/**
 * One step of the ladder (LIQ-2, 3 to 5): the position down to the floor of its tier, by an IOC at the bankruptcy price; of what fills
 * the liquidation fee goes to the fund; the rest is taken over by the fund or by the traders who are next.
 */
export function reducePosition(liquidation: Liquidation, leg: Leg): LiquidationAction {
  const { step } = liquidation.all;
  const { market } = leg;
  const { balance } = assess(liquidation.unit);
  const size = Math.abs(leg.quantity);
  const side = leg.quantity > 0 ? 'SELL' : 'BUY';
  const exact = bankruptcyPrice({ mark: market.mark, quantity: leg.quantity, balance, unit: market.unit });
  const price = Math.min(exact, Number.MAX_SAFE_INTEGER) as PriceTicks;
  const kept = keptQuantity(market, size);
  const orderLimit = Math.floor(Number.MAX_SAFE_INTEGER / Math.max(price, market.parameters.maxPrice)) as QuantitySteps;
  const quantity = Math.min(size - kept, orderLimit) as QuantitySteps;

  const order = openVenueOrder(step, leg, { side, price, quantity });
  const plan = planFills(step.state, {
    market,
    userId: order.userId,
    side,
    positionSide: leg.positionSide,
    quantity,
    limit: price,
    selfTradePrevention: 'CANCEL_MAKER',
    exempt: true,
  });
  executePlan(step, order, plan);
  const fills: LiquidationFill[] = [];
  for (const each of plan.encounters) {
    if (each.kind !== 'fill') continue;
    const { maker } = each;
    fills.push({ counterparty: 'BOOK', price: maker.price, quantity: each.quantity, userId: maker.userId });
  }
  const fee = chargeFee(liquidation, { leg, order });
  const takeover = remainingOf(order) > 0 ? handOver(liquidation, { leg, order, fills }) : undefined;
  const reduction: Reduction = {
    symbol: market.symbol,
    positionSide: leg.positionSide,
    orderId: order.orderId,
    side,
    bankruptcyPrice: price,
    kept,
    orderLimit,
    quantity,
    fills,
    feeRate: market.parameters.liquidationFeeRate,
    fee,
    ...(takeover === undefined ? {} : { takeover }),
  };
  return { action: 'REDUCE', reduction };
}

/** What the tier below allows to keep at the mark, in whole steps; nothing below the first tier. */
function keptQuantity(market: Market, size: number): QuantitySteps {
  const k = market.tiers.tierOf(market.notionalAtMark(size as QuantitySteps));
  const { floor } = market.tiers.tiers[k] as LeverageTier;
  return Number(floor / (BigInt(market.mark) * market.unit)) as QuantitySteps;
}

/**
 * The liquidation fee of what has filled, up, at most the balance that the step leaves: what closing the rest at the bankruptcy price
 * takes is not there to be charged, or the next step would begin below 0.
 */
function chargeFee(liquidation: Liquidation, { leg, order }: { readonly leg: Leg; readonly order: Order }): Money {
  const { unit, all } = liquidation;
  const { market } = leg;
  const value = BigInt(order.filledTickSteps) * market.unit;
  const due = divide(value * BigInt(market.parameters.liquidationFeeRate), ONE, 'up');
  const { balance } = assess(unit);
  const worse = order.side === 'SELL' ? market.mark - order.price : order.price - market.mark;
  const restLoss = worse > 0 ? BigInt(worse) * BigInt(remainingOf(order)) * market.unit : 0n;
  const left = balance - restLoss;
  const fee = (due < left ? due : left) as Money;
  if (fee <= 0n) return 0n as Money;
  if (unit.leg !== undefined) leg.position = { ...leg.position, margin: (leg.position.margin - fee) as Money };
  const referenceId = order.orderId;
  moveFromFund(all.step, unit.account, {
    amount: -fee,
    changeType: 'LIQUIDATION_FEE',
    symbol: market.symbol,
    referenceId,
  });
  if (unit.leg !== undefined) all.step.positionChanged(unit.account, leg, 'LIQUIDATION');
  return fee;
}

/** Gives what the book has left to the fund, else to those who are next in the queue, else to the fund whatever it has. */
function handOver(
  { all, unit }: Liquidation,
  { leg, order, fills }: { readonly leg: Leg; readonly order: Order; readonly fills: LiquidationFill[] },
): NonNullable<Reduction['takeover']> {
  const { step } = all;
  const { market } = leg;
  const { price } = order;
  const side = opposite(order.side);
  const fillWith = (counterparty: 'FUND' | 'ADL', other: Leg, quantity: QuantitySteps): void => {
    const maker = openVenueOrder(step, other, { side, price, quantity });
    fillOffBook(
      step,
      {
        maker: {
          order: maker,
          leg: other,
          cutReason: 'ADL',
          ...(counterparty === 'ADL' ? { pnlType: 'ADL' } : {}),
        },
        taker: { order, leg, keepsMargin: true, cutReason: 'LIQUIDATION' },
      },
      { price, quantity },
    );
    fills.push({ counterparty, price, quantity, userId: other.account.userId });
    step.touch(other.account, counterparty === 'ADL' ? 'ADL' : 'LIQUIDATION');
  };
  const takeover = takeoverFigures(step.state, { market, side, price, quantity: remainingOf(order) });
  const taken = takesOver(takeover);
  while (!taken && remainingOf(order) > 0) {
    const passes = (other: Leg): boolean => other.account !== unit.account && !isBeyondBankruptcy(other, price);
    const next = all.nextDeleveraged(market, side === 'SELL', passes);
    if (next === undefined) break;
    fillWith('ADL', next.leg, Math.min(next.quantity, remainingOf(order)) as QuantitySteps);
  }
  if (remainingOf(order) > 0) fillWith('FUND', fundLeg(step.state, market), remainingOf(order));
  return { ...takeover, taken };
}
