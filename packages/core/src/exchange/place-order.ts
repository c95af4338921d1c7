import type { PriceTicks, QuantitySteps } from '@openvenue/money';
import type { NewOrder } from '../command.ts';
import type { OrderRecord } from '../event.ts';
import { type Rejected, reject } from '../reject.ts';
import { admit, type Candidate } from './admission.ts';
import type { ExchangeState } from './exchange-state.ts';
import type { Stop } from './fill-plan.ts';
import { executePlan } from './matching.ts';
import { type Order, recordOf, remainingOf } from './order.ts';
import { endCanceled, rest } from './order-lifecycle.ts';
import type { Step } from './step.ts';

export type OrderOutcome = Rejected | { readonly ok: true; readonly kind: 'order'; readonly order: OrderRecord };

/** Takes a new order: form, repeat, then the ladder of `admit`; then it matches and rests or ends (MAT-12, MAT-13). */
export function placeOrder(step: Step, userId: number, request: NewOrder): OrderOutcome {
  const { state } = step;
  const clientOrderId = request.clientOrderId ?? '';
  const candidate = candidateOf(state, userId, request);
  if ('ok' in candidate) return candidate;
  const admitted = admit(state, step.timeMs, candidate);
  if (!admitted.ok) return admitted;

  const order: Order = {
    orderId: state.nextOrderId,
    userId,
    market: candidate.market,
    clientOrderId,
    type: request.type,
    side: request.side,
    positionSide: request.positionSide,
    price: request.type === 'MARKET' ? (0 as PriceTicks) : admitted.price,
    quantity: admitted.quantity,
    filledQuantity: 0 as QuantitySteps,
    filledTickSteps: 0,
    timeInForce: request.timeInForce,
    reduceOnly: admitted.reduceOnly,
    makerOnly: request.makerOnly === true,
    closePosition: request.closePosition === true,
    placeType: request.placeType ?? '',
    selfTradePrevention: request.selfTradePrevention ?? 'CANCEL_MAKER',
    closeTrigger: 'MANUAL',
    status: 'PENDING',
    rejectReason: '',
    handlingFee: 0n as Order['handlingFee'],
    realizedPnl: 0n as Order['realizedPnl'],
    leverage: 0,
    marginMode: 'CROSS',
    createdAtMs: step.timeMs,
    updatedAtMs: step.timeMs,
  };
  admitted.applyCuts(step);
  state.nextOrderId++;
  state.orders.set(order.orderId, order);
  if (clientOrderId !== '') state.account(userId).orderIdByClientId.set(clientOrderId, order.orderId);
  step.orderUpdated(order, 'NEW');
  executePlan(step, order, admitted.plan);
  finishTaker(step, order, admitted.plan.stop);
  return { ok: true, kind: 'order', order: recordOf(order) };
}

/** The first steps of the ladder: form, repeat, symbol; what passes them asks to be let in. */
export function candidateOf(state: ExchangeState, userId: number, request: NewOrder): Candidate | Rejected {
  const fault = formFault(request);
  if (fault !== undefined) return fault;
  const account = state.peekAccount(userId);
  const clientOrderId = request.clientOrderId ?? '';
  const repeated = clientOrderId === '' ? undefined : account.orderIdByClientId.get(clientOrderId);
  if (repeated !== undefined)
    return reject('DUPLICATE_CLIENT_ORDER_ID', {
      field: 'clientOrderId',
      value: clientOrderId,
      orderId: repeated,
      rule: 'taken by an open order or one ended in the last 24 h',
    });
  const market = state.markets.get(request.symbol);
  if (market === undefined)
    return reject('SYMBOL_NOT_TRADING', { field: 'symbol', value: request.symbol, rule: 'no such symbol' });
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
    ...(request.gridFault === undefined ? {} : { gridFault: request.gridFault }),
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
function formFault(request: NewOrder): Rejected | undefined {
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
  return undefined;
}
