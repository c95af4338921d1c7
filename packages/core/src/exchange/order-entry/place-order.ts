import { type PriceTicks, type QuantitySteps, ZERO_MONEY } from '@openvenue/money';
import type { NewOrder } from '../../command.ts';
import type { OrderRecord } from '../../event.ts';
import { type Rejected, reject } from '../../reject.ts';
import type { Stance } from '../accounts/stance.ts';
import { admit } from '../admission/admission.ts';
import type { Candidate, LegChecks } from '../admission/candidate.ts';
import { repeatFault } from '../admission/client-order-id.ts';
import type { CloseTrigger } from '../enums.ts';
import type { ExchangeState } from '../exchange-state.ts';
import type { Stop } from '../matching/fill-plan.ts';
import { executePlan } from '../matching/matching.ts';
import { endCanceled, rest, stopWaiting } from '../matching/order-lifecycle.ts';
import { NOT_OPEN, type Order, recordOf, remainingOf } from '../orders/order.ts';
import { closesHedge } from '../positions/position-side.ts';
import type { Step } from '../step.ts';
import { attachedExits } from '../strategies/attached-exits.ts';

/** Where an order comes from that no user has placed in this very command. Its clientOrderId is reserved already. */
export interface OrderOrigin {
  readonly conditionId?: number;
  readonly strategyId?: number;
  /** Set for the order of a strategy's leg, and the leg that becomes it if one has waited. */
  readonly isLeg?: boolean;
  readonly waiting?: Order;
  readonly leaving?: ReadonlySet<Order>;
  /** What else of its strategy must be in order for it to be taken. */
  readonly legs?: LegChecks;
  /** What a position that it closes was closed by; its user when left out. */
  readonly closeTrigger?: CloseTrigger;
  /** Called when the order is in, before it is matched. */
  readonly accepted?: (order: Order) => void;
}

export interface OrderRequest {
  readonly userId: number;
  readonly request: NewOrder;
  readonly origin?: OrderOrigin | undefined;
}

export type OrderOutcome = Rejected | { readonly ok: true; readonly kind: 'order'; readonly order: OrderRecord };

/** Takes a new order: form, repeat, then the ladder of `admit`; then it matches and rests or ends (MAT-12, MAT-13). */
export function placeOrder(step: Step, userId: number, request: NewOrder): OrderOutcome {
  return takeOrder(step, { userId, request });
}

/** The same for an order that comes from a condition or a strategy. */
export function takeOrder(step: Step, { userId, request, origin }: OrderRequest): OrderOutcome {
  const { state } = step;
  const clientOrderId = request.clientOrderId ?? '';
  const candidate = candidateOf(state, { userId, request, origin });
  if ('ok' in candidate) return candidate;
  const { account, market, exits } = candidate;
  const leaving = origin?.leaving;
  const admitted =
    leaving === undefined
      ? admit(state, step.timeMs, candidate)
      : without(account.peek(market), leaving, () => admit(state, step.timeMs, candidate));
  if (!admitted.ok) return admitted;

  const order = state.orderPool.take(market);
  order.orderId = origin?.waiting?.orderId ?? state.nextOrderId++;
  order.userId = userId;
  order.market = market;
  order.clientOrderId = clientOrderId;
  order.type = request.type;
  order.side = request.side;
  order.positionSide = request.positionSide;
  order.price = request.type === 'MARKET' ? (0 as PriceTicks) : admitted.price;
  order.quantity = admitted.quantity;
  order.filledQuantity = 0 as QuantitySteps;
  order.filledTickSteps = 0;
  order.timeInForce = request.timeInForce;
  order.reduceOnly = admitted.reduceOnly;
  order.makerOnly = request.makerOnly === true;
  order.closePosition = request.closePosition === true;
  order.placeType = request.placeType ?? '';
  order.selfTradePrevention = request.selfTradePrevention ?? 'CANCEL_MAKER';
  order.closeTrigger = origin?.closeTrigger ?? 'MANUAL';
  order.status = 'PENDING';
  order.rejectReason = '';
  order.strategyId = origin?.strategyId ?? (exits === undefined ? 0 : state.nextStrategyId);
  order.conditionId = origin?.conditionId ?? 0;
  order.handlingFee = ZERO_MONEY;
  order.realizedPnl = ZERO_MONEY;
  order.leverage = 0;
  order.marginMode = 'CROSS';
  order.createdAtMs = origin?.waiting?.createdAtMs ?? step.timeMs;
  order.updatedAtMs = step.timeMs;
  order.openIndex = NOT_OPEN;
  order.clientOrderIdHash = 0;
  admitted.applyCuts(step);
  if (origin?.waiting !== undefined) stopWaiting(state, origin.waiting);
  state.orders.set(order.orderId, order);
  if (clientOrderId !== '') state.account(userId).orderByClientId.set(order);
  const placed = step.orderUpdated(order, 'NEW');
  exits?.open(step, order);
  origin?.accepted?.(order);
  executePlan(step, order, admitted.plan);
  finishTaker(step, order, admitted.plan.stop);
  // An order that has met nobody stands as it was told of.
  return { ok: true, kind: 'order', order: order.status === 'PENDING' ? placed : recordOf(order) };
}

/** Answers a question as if some of a user's orders were not there. */
function without<T>(stance: Stance, orders: ReadonlySet<Order>, ask: () => T): T {
  let question = ask;
  for (const order of orders) {
    const inner = question;
    question = () => stance.without(order, inner);
  }
  return question();
}

/** The first steps of the ladder: form, repeat, symbol; what passes them asks to be let in. */
export function candidateOf(state: ExchangeState, { userId, request, origin }: OrderRequest): Candidate | Rejected {
  const fault = orderFormFault(request);
  if (fault !== undefined) return fault;
  const account = state.peekAccount(userId);
  const repeated = origin === undefined ? repeatFault(account, request.clientOrderId ?? '') : undefined;
  if (repeated !== undefined) return repeated;
  const market = state.markets.get(request.symbol);
  if (market === undefined)
    return reject('SYMBOL_NOT_TRADING', { field: 'symbol', value: request.symbol, rule: 'no such symbol' });
  const exits = origin === undefined ? attachedExits(request, { account, market }) : undefined;
  return {
    account,
    market,
    type: request.type,
    side: request.side,
    positionSide: request.positionSide,
    price: request.price,
    quantity: request.quantity,
    filled: 0 as QuantitySteps,
    timeInForce: request.timeInForce,
    reduceOnly: request.reduceOnly === true || request.closePosition === true,
    makerOnly: request.makerOnly === true,
    closePosition: request.closePosition === true,
    selfTradePrevention: request.selfTradePrevention ?? 'CANCEL_MAKER',
    priceType: request.priceType ?? 0,
    gridFault: request.gridFault,
    orderId: origin?.waiting?.orderId,
    placedFor: origin?.isLeg === true ? 'leg' : origin?.conditionId === undefined ? undefined : 'condition',
    leaving: origin?.leaving,
    exits,
    legs: origin?.legs,
    replaces: undefined,
  };
}

/** What is left of a taker rests, or ends with the reason why (MAT-13, part 3). */
export function finishTaker(step: Step, order: Order, stop: Stop): void {
  if (remainingOf(order) === 0) return;
  if (stop === 'self-trade') endCanceled(step, order, 'SELF_TRADE');
  else if (stop === 'margin') endCanceled(step, order, 'MARGIN');
  else if (order.type === 'LIMIT' && order.timeInForce === 'GTC') rest(step, order);
  else endCanceled(step, order, 'IOC');
}

/** Combinations that no order may have. */
export function orderFormFault(request: NewOrder): Rejected | undefined {
  if (
    request.closePosition === true &&
    (request.quantity !== 0 || request.reduceOnly === true || request.gridFault?.field === 'quantity')
  ) {
    return reject('CLOSE_POSITION_CONFLICT', {
      field: 'closePosition',
      rule: 'takes the whole position: leave out quantity and reduceOnly',
    });
  }
  if (request.makerOnly === true && (request.type !== 'LIMIT' || request.timeInForce !== 'GTC')) {
    return reject('INVALID_PARAMETER', { field: 'makerOnly', rule: 'only for LIMIT orders with GTC' });
  }
  if ((request.priceType ?? 0) !== 0 && request.type !== 'LIMIT') {
    return reject('INVALID_PARAMETER', { field: 'priceType', rule: 'only for LIMIT orders' });
  }
  if (
    (request.takeProfit ?? request.stopLoss) !== undefined &&
    (request.reduceOnly === true || request.closePosition === true || closesHedge(request.positionSide, request.side))
  ) {
    return reject('INVALID_PARAMETER', {
      field: request.takeProfit === undefined ? 'stopLoss' : 'takeProfit',
      rule: 'only for orders that can open a position',
    });
  }
  return undefined;
}
