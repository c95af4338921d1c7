import type { PriceTicks, QuantitySteps, Rate } from '@openvenue/money';
import type { Leg } from '../accounts/leg.ts';
import { endWithPosition, positionEnds } from '../conditions/end-with-position.ts';
import type { ChangeType, OrderEndReason, Side } from '../enums.ts';
import { type BookedFill, bookFill, countOpenInterest } from '../matching/matching.ts';
import { cutReduceOnlyOrders } from '../matching/reduce-only.ts';
import { NOT_OPEN, type Order } from '../orders/order.ts';
import { type FillEffect, fillPosition } from '../positions/position.ts';
import type { Step } from '../step.ts';

/** An order that the venue places for an account, to close or take over a position: an IOC that pays no fee. */
export function openVenueOrder(
  step: Step,
  leg: Leg,
  terms: { readonly side: Side; readonly price: PriceTicks; readonly quantity: QuantitySteps },
): Order {
  const { state, timeMs } = step;
  const order: Order = {
    orderId: state.nextOrderId++,
    userId: leg.account.userId,
    market: leg.market,
    clientOrderId: '',
    type: 'LIMIT',
    side: terms.side,
    positionSide: leg.positionSide,
    price: terms.price,
    quantity: terms.quantity,
    filledQuantity: 0 as QuantitySteps,
    filledTickSteps: 0,
    timeInForce: 'IOC',
    reduceOnly: leg.closable(terms.side) >= terms.quantity,
    makerOnly: false,
    closePosition: false,
    placeType: '',
    selfTradePrevention: 'CANCEL_MAKER',
    closeTrigger: 'LIQUIDATION',
    status: 'PENDING',
    rejectReason: '',
    strategyId: 0,
    conditionId: 0,
    handlingFee: 0n as Order['handlingFee'],
    realizedPnl: 0n as Order['realizedPnl'],
    leverage: 0,
    marginMode: 'CROSS',
    createdAtMs: timeMs,
    updatedAtMs: timeMs,
    openIndex: NOT_OPEN,
    clientOrderIdHash: 0,
  };
  state.orders.set(order.orderId, order);
  step.orderUpdated(order, 'NEW');
  return order;
}

/** One side of a fill that the venue makes outside the book. */
export interface OffBookSide {
  readonly order: Order;
  readonly leg: Leg;
  /** The side that is liquidated keeps its isolated margin until the step is through. */
  readonly keepsMargin?: boolean;
  readonly pnlType?: ChangeType;
  /** Why this side's reduce-only orders shrink with the position. */
  readonly cutReason: OrderEndReason;
}

/**
 * A fill between two orders of the venue at a price of the rules, without a fee: no trade of the market, so that it is on no tape and
 * moves no last price. The maker is booked first, as in the book.
 */
export function fillOffBook(
  step: Step,
  sides: { readonly maker: OffBookSide; readonly taker: OffBookSide },
  terms: { readonly price: PriceTicks; readonly quantity: QuantitySteps },
): void {
  const { maker, taker } = sides;
  const tradeId = step.state.nextTradeId++;
  const makerVerdict = { effect: offBookEffect(maker, terms) };
  const takerVerdict = { effect: offBookEffect(taker, terms) };
  const before = [maker, taker].map(({ leg }) => leg.quantity);
  countOpenInterest(maker.leg, makerVerdict);
  countOpenInterest(taker.leg, takerVerdict);
  const book = (
    { order, leg, pnlType = 'REALIZED_PNL' }: OffBookSide,
    { role, verdict }: Pick<BookedFill, 'role' | 'verdict'>,
  ): void =>
    bookFill(step, { order, leg, role, price: terms.price, quantity: terms.quantity, tradeId, verdict, pnlType });
  book(maker, { role: 'maker', verdict: makerVerdict });
  book(taker, { role: 'taker', verdict: takerVerdict });
  cutReduceOnlyOrders(step, maker.leg, maker.cutReason);
  cutReduceOnlyOrders(step, taker.leg, taker.cutReason);
  [maker, taker].forEach(({ leg }, i) => {
    if (positionEnds(before[i] ?? 0, leg.quantity)) endWithPosition(step, leg.account, leg.market);
  });
}

/** What a fill outside the book does to a leg. */
export function offBookEffect(
  { leg, order, keepsMargin = false }: Pick<OffBookSide, 'leg' | 'keepsMargin'> & { readonly order: { side: Side } },
  { price, quantity }: { readonly price: PriceTicks; readonly quantity: QuantitySteps },
): FillEffect {
  return fillPosition(leg.position, {
    side: order.side,
    price,
    quantity,
    feeRate: 0 as Rate,
    unit: leg.market.unit,
    keepsMargin,
    ...(leg.isolated ? { isolatedLeverage: leg.leverage } : {}),
  });
}
