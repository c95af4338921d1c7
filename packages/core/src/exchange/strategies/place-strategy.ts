import type { Money, PriceTicks, QuantitySteps } from '@openvenue/money';
import type { NewOrder, NewStrategy, SubOrder } from '../../command.ts';
import type { StrategyRecord } from '../../event.ts';
import { type Rejected, reject } from '../../reject.ts';
import type { Account } from '../accounts/account.ts';
import type { LegChecks } from '../admission/candidate.ts';
import { repeatFault } from '../admission/client-order-id.ts';
import { conditionFault } from '../conditions/admit-condition.ts';
import type { Condition } from '../conditions/condition.ts';
import { arm, openCondition } from '../conditions/condition-lifecycle.ts';
import { beginWaiting } from '../matching/order-lifecycle.ts';
import { takeOrder } from '../order-entry/place-order.ts';
import { NOT_OPEN, type Order } from '../orders/order.ts';
import { closesHedge } from '../positions/position-side.ts';
import type { Step } from '../step.ts';
import type { Market } from '../symbols/market.ts';
import { legChecks } from './leg-checks.ts';
import { type Leg, type Strategy, strategyRecordOf } from './strategy.ts';
import { inSubOrder, placedOn, requestOf, type StrategyForm, strategyForm } from './strategy-form.ts';
import { openStrategy } from './strategy-lifecycle.ts';

export type StrategyOutcome =
  | Rejected
  | { readonly ok: true; readonly kind: 'strategy'; readonly strategy: StrategyRecord };

interface Place {
  readonly step: Step;
  readonly userId: number;
  readonly market: Market;
  readonly checks: LegChecks;
}

/** Takes a strategy whole or not at all (STR-3): every check first, then its first orders, which may match at once. */
export function placeStrategy(step: Step, userId: number, request: NewStrategy): StrategyOutcome {
  const form = strategyForm(request);
  if ('ok' in form) return form;
  const account = step.state.peekAccount(userId);
  const repeated = namesFault(account, request.subOrders);
  if (repeated !== undefined) return repeated;
  const symbol = requestOf(request.subOrders[0] as SubOrder).symbol;
  const market = step.state.markets.get(symbol);
  if (market === undefined)
    return inSubOrder(reject('SYMBOL_NOT_TRADING', { field: 'symbol', value: symbol, rule: 'no such symbol' }), 0);
  const legs = form.parent === undefined ? [] : form.pair;
  const checks = legChecks({ account, market }, { subOrders: request.subOrders, parent: form.parent, legs });
  const place = { step, userId, market, checks };
  return form.parent === undefined ? placePair(place, form.pair) : placeParent(place, request, form);
}

/** Whether a clientOrderId is taken, by what there is or by another sub-order. */
function namesFault(account: Account, subOrders: readonly SubOrder[]): Rejected | undefined {
  const names = new Set<string>();
  for (const [index, each] of subOrders.entries()) {
    const clientOrderId = requestOf(each).clientOrderId ?? '';
    const repeated = repeatFault(account, clientOrderId);
    if (repeated !== undefined) return inSubOrder(repeated, index);
    if (clientOrderId !== '' && names.has(clientOrderId)) {
      const rule = 'two sub-orders have the same';
      const repeats = reject('DUPLICATE_CLIENT_ORDER_ID', { field: 'clientOrderId', value: clientOrderId, rule });
      return inSubOrder(repeats, index);
    }
    names.add(clientOrderId);
  }
  return undefined;
}

/** OTO and OTOCO: the first order goes through every check; the others wait for it. */
function placeParent(place: Place, { strategyType }: NewStrategy, form: StrategyForm): StrategyOutcome {
  const { step, userId, market, checks } = place;
  const { order, condition, strategySubId } = form.parent as SubOrder;
  const parent: Leg = { ...EMPTY_LEG, subId: strategySubId };
  const open = (): Strategy => {
    const strategyId = step.state.nextStrategyId;
    const pair = form.pair.map((each) => waitingLeg(place, each, strategyId));
    const strategy = openStrategy(step, {
      userId,
      market,
      type: strategyType,
      openingOnly: false,
      parent,
      pair,
      filled: 0,
    });
    for (const leg of pair) if (leg.condition !== undefined) step.conditionUpdated(leg.condition);
    return strategy;
  };
  const strategyId = step.state.nextStrategyId;
  if (condition !== undefined) {
    const at = { account: step.state.peekAccount(userId), market, timeMs: step.timeMs };
    const fault = conditionFault(at, condition, checks);
    if (fault !== undefined) return inSubOrder(fault, 0);
    parent.condition = openCondition(step, condition, { userId, market, strategyId });
    arm(step, parent.condition);
    open();
    return outcome(step, strategyId);
  }
  const placed = takeOrder(step, {
    userId,
    request: order as NewOrder,
    origin: {
      strategyId,
      legs: checks,
      accepted: (taken) => {
        parent.order = taken;
        open();
      },
    },
  });
  return placed.ok ? outcome(step, strategyId) : inSubOrder(placed, 0);
}

/** OCO: both orders are placed now. The condition is judged first, so that the normal order's checks are the last to fail. */
function placePair({ step, userId, market, checks }: Place, pair: readonly SubOrder[]): StrategyOutcome {
  const place = { account: step.state.peekAccount(userId), market, timeMs: step.timeMs };
  for (const [index, { condition }] of pair.entries()) {
    const fault = condition === undefined ? undefined : conditionFault(place, condition, checks);
    if (fault !== undefined) return inSubOrder(fault, index);
  }
  const strategyId = step.state.nextStrategyId;
  const open = (taken: Order | undefined): void => {
    const conditions: Condition[] = [];
    const legs = pair.map(({ strategySubId, condition }): Leg => {
      const terms = { ...EMPTY_LEG, subId: strategySubId, bound: requestOf(pair[0] as SubOrder).quantity };
      if (condition === undefined) return { ...terms, order: taken, sizedFor: terms.bound };
      const opened = openCondition(step, condition, { userId, market, strategyId });
      conditions.push(opened);
      return { ...terms, condition: opened, sizedFor: terms.bound };
    });
    const filled = requestOf(pair[0] as SubOrder).quantity;
    // The strategy's first event is to show them as they then stand.
    for (const condition of conditions) arm(step, condition);
    openStrategy(step, { userId, market, type: 'OCO', openingOnly: false, parent: undefined, pair: legs, filled });
  };
  const at = pair.findIndex((each) => each.order !== undefined);
  const order = pair[at]?.order;
  if (order === undefined) {
    open(undefined);
    return outcome(step, strategyId);
  }
  const placed = takeOrder(step, { userId, request: order, origin: { strategyId, legs: checks, accepted: open } });
  return placed.ok ? outcome(step, strategyId) : inSubOrder(placed, at);
}

function waitingLeg({ step, userId, market }: Omit<Place, 'checks'>, each: SubOrder, strategyId: number): Leg {
  const { strategySubId, order, condition } = each;
  const bound = requestOf(each).quantity;
  const leg: Leg = { ...EMPTY_LEG, subId: strategySubId, drivenOn: placedOn(each), bound };
  if (condition !== undefined) leg.condition = openCondition(step, condition, { userId, market, strategyId });
  else leg.order = waitingOrder({ step, userId, market }, order as NewOrder, strategyId);
  return leg;
}

/** A normal leg before it is placed: it has its id and name, and is in no book. */
function waitingOrder({ step, userId, market }: Omit<Place, 'checks'>, request: NewOrder, strategyId: number): Order {
  const { state, timeMs } = step;
  const order: Order = {
    orderId: state.nextOrderId++,
    userId,
    market,
    clientOrderId: request.clientOrderId ?? '',
    type: request.type,
    side: request.side,
    positionSide: request.positionSide,
    price: request.price as PriceTicks,
    quantity: request.quantity,
    filledQuantity: 0 as QuantitySteps,
    filledTickSteps: 0,
    timeInForce: request.timeInForce,
    reduceOnly: request.reduceOnly === true || closesHedge(request.positionSide, request.side),
    makerOnly: request.makerOnly === true,
    closePosition: false,
    placeType: request.placeType ?? '',
    selfTradePrevention: request.selfTradePrevention ?? 'CANCEL_MAKER',
    closeTrigger: 'MANUAL',
    status: 'NEW',
    rejectReason: '',
    strategyId,
    conditionId: 0,
    handlingFee: 0n as Money,
    realizedPnl: 0n as Money,
    leverage: 0,
    marginMode: 'CROSS',
    createdAtMs: timeMs,
    updatedAtMs: timeMs,
    openIndex: NOT_OPEN,
    clientOrderIdHash: 0,
  };
  state.orders.set(order.orderId, order);
  beginWaiting(state, order);
  if (order.clientOrderId !== '') state.account(userId).orderByClientId.set(order);
  return order;
}

const EMPTY_LEG: Leg = {
  subId: 0,
  drivenOn: undefined,
  bound: 0,
  condition: undefined,
  order: undefined,
  executed: 0,
  sizedFor: 0,
  writtenOff: 0,
};

function outcome(step: Step, strategyId: number): StrategyOutcome {
  const strategy = step.state.strategies.get(strategyId) as Strategy;
  return { ok: true, kind: 'strategy', strategy: strategyRecordOf(strategy) };
}
