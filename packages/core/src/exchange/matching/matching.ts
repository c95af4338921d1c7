import type { PriceTicks, QuantitySteps } from '@openvenue/money';
import type { FillRecord } from '../../event.ts';
import type { Leg } from '../accounts/leg.ts';
import { endWithPosition, positionEnds } from '../conditions/end-with-position.ts';
import { testConditions } from '../conditions/test-conditions.ts';
import type { ChangeType, Role } from '../enums.ts';
import { bookFee } from '../fees/book-fee.ts';
import { agentShare } from '../fees/fee-level.ts';
import { utcDay } from '../fees/traded-volume.ts';
import type { FillVerdict } from '../margin/fill-verdict.ts';
import { frozenMargin } from '../margin/margin.ts';
import { NOT_OPEN, type Order, remainingOf } from '../orders/order.ts';
import type { Step } from '../step.ts';
import { legFilled } from '../strategies/leg-sizes.ts';
import { changePosition } from './change-position.ts';
import type { FillPlan, PlannedFill } from './fill-plan.ts';
import { cancelResting, rememberEnded } from './order-lifecycle.ts';
import { cutReduceOnlyOrders } from './reduce-only.ts';

/**
 * Carries out what was planned for a taker, encounter by encounter: of each fill the trade, the maker's part, the taker's, then
 * the cuts that the new positions call for (MAT-13). The taker has left or never been in the book.
 */
export function executePlan(step: Step, taker: Order, plan: FillPlan): void {
  for (const encounter of plan.encounters) {
    if (encounter.kind === 'margin') cancelResting(step, encounter.maker, 'MARGIN');
    else if (encounter.kind === 'self-trade') preventSelfTrade(step, { maker: encounter.maker, taker });
    else trade(step, taker, encounter);
  }
}

function trade(step: Step, taker: Order, fill: PlannedFill): void {
  const { market } = taker;
  const { maker, quantity, makerVerdict, takerVerdict } = fill;
  const { price } = maker;
  const makerAccount = step.state.account(maker.userId);
  const takerAccount = step.state.account(taker.userId);
  const tradeId = step.state.nextTradeId++;
  market.last = price;
  step.events.push({
    type: 'trade',
    symbol: market.symbol,
    tradeId,
    price,
    quantity,
    takerSide: taker.side,
    makerOrderId: maker.orderId,
    takerOrderId: taker.orderId,
    atMs: step.timeMs,
  });
  market.book.reduce(maker.orderId, quantity);
  const makerStance = makerAccount.stance(market);
  makerStance.shrinkOrder(maker, quantity);
  step.depthChanged(market, maker.side, price);
  const makerLeg = makerStance.leg(maker.positionSide);
  const takerLeg = takerAccount.stance(market).leg(taker.positionSide);
  const makerBefore = makerLeg.quantity;
  const takerBefore = takerLeg.quantity;
  countOpenInterest(takerLeg, takerVerdict);
  countOpenInterest(makerLeg, makerVerdict);
  bookFill(step, {
    order: maker,
    leg: makerLeg,
    role: 'maker',
    price,
    quantity,
    tradeId,
    verdict: makerVerdict,
    pnlType: 'REALIZED_PNL',
  });
  bookFill(step, {
    order: taker,
    leg: takerLeg,
    role: 'taker',
    price,
    quantity,
    tradeId,
    verdict: takerVerdict,
    pnlType: 'REALIZED_PNL',
  });
  cutReduceOnlyOrders(step, makerLeg);
  cutReduceOnlyOrders(step, takerLeg, taker.closeTrigger === 'LIQUIDATION' ? 'LIQUIDATION' : 'REDUCE_ONLY');
  if (maker.strategyId !== 0) legFilled(step, maker, { quantity, opening: makerVerdict.effect.openingQuantity });
  if (taker.strategyId !== 0) legFilled(step, taker, { quantity, opening: takerVerdict.effect.openingQuantity });
  if (positionEnds(makerBefore, makerLeg.quantity)) endWithPosition(step, makerAccount, market);
  if (positionEnds(takerBefore, takerLeg.quantity)) endWithPosition(step, takerAccount, market);
  testConditions(step, market, 'CONTRACT_PRICE');
}

/** Moves the open interest by what a leg is about to become. */
export function countOpenInterest(leg: Leg, { effect }: Pick<FillVerdict, 'effect'>): void {
  const { market } = leg;
  const change = Math.max(0, effect.after.quantity) - Math.max(0, leg.quantity);
  market.openInterest = (market.openInterest + change) as QuantitySteps;
}

/** One side of a trade; all of them have all fields, for speed. */
export interface BookedFill {
  readonly order: Order;
  readonly leg: Leg;
  readonly role: Role;
  readonly price: PriceTicks;
  readonly quantity: QuantitySteps;
  readonly tradeId: number;
  readonly verdict: Pick<FillVerdict, 'effect'>;
  /** The ledger's name for what the fill realises. */
  readonly pnlType: ChangeType;
}

/** Books one side of a trade: the order, the ledger (realised PnL, then the fee), the position (MAT-13). */
export function bookFill(step: Step, fill: BookedFill): void {
  const { leg, order } = fill;
  const { account } = leg;
  const { effect } = fill.verdict;
  const { market } = order;
  order.filledQuantity = (order.filledQuantity + fill.quantity) as QuantitySteps;
  order.filledTickSteps += fill.price * fill.quantity;
  order.handlingFee = (order.handlingFee + effect.fee) as Order['handlingFee'];
  order.realizedPnl = (order.realizedPnl + effect.realizedPnl) as Order['realizedPnl'];
  order.status = remainingOf(order) === 0 ? 'FILLED' : 'PARTIALLY_FILLED';
  const changed = changePosition(step, leg, { order, effect });
  const record: FillRecord = {
    fillId: step.state.nextFillId++,
    tradeId: fill.tradeId,
    orderId: order.orderId,
    positionId: changed.positionId,
    userId: order.userId,
    symbol: market.symbol,
    side: order.side,
    positionSide: order.positionSide,
    role: fill.role,
    price: fill.price,
    quantity: fill.quantity,
    tradeValue: effect.value,
    handlingFee: effect.fee,
    realizedPnl: effect.realizedPnl,
    createdAtMs: step.timeMs,
  };
  const stance = account.stance(market);
  if (order.status === 'FILLED' && order.openIndex !== NOT_OPEN) stance.removeOrder(order);
  step.orderUpdated(order, 'TRADE', record);
  if (order.status === 'FILLED') rememberEnded(step, order);
  const { symbol } = market;
  const frozen = frozenMargin(account);
  const referenceId = record.fillId;
  step.changeWallet(account, { amount: effect.realizedPnl, changeType: fill.pnlType, symbol, referenceId, frozen });
  step.changeWallet(account, { amount: -effect.fee, changeType: 'HANDLING_FEE', symbol, referenceId, frozen });
  // What the venue closes pays no fee, so its agent has no part of one, and it counts for no level (FEE-1, FEE-2).
  if (order.closeTrigger !== 'LIQUIDATION') {
    const { markup } = stance.fees;
    const share = agentShare(effect.value, fill.role === 'maker' ? markup.maker : markup.taker);
    bookFee(step.state, effect.fee, { agentId: account.agentId, amount: share });
    account.volume.add(utcDay(step.timeMs), effect.value);
  }
  if (changed.closed !== undefined) step.events.push({ type: 'position-closed', closed: changed.closed });
  step.positionChanged(account, leg);
}

/** Acts by the taker's mode (MAT-6); whether the taker goes on is in the plan. */
function preventSelfTrade(step: Step, pair: { readonly maker: Order; readonly taker: Order }): void {
  const { maker, taker } = pair;
  step.events.push({
    type: 'self-trade-prevented',
    symbol: taker.market.symbol,
    userId: taker.userId,
    makerOrderId: maker.orderId,
    takerOrderId: taker.orderId,
    quantity: Math.min(remainingOf(maker), remainingOf(taker)) as QuantitySteps,
  });
  if (taker.selfTradePrevention !== 'CANCEL_TAKER') cancelResting(step, maker, 'SELF_TRADE');
}
