import type { Reply } from '../reply.ts';
import { conditionRecordOf } from './conditions/condition.ts';
import type { ExchangeState } from './exchange-state.ts';
import type { OrderOutcome } from './order-entry/place-order.ts';
import { recordOf } from './orders/order.ts';
import { strategyRecordOf } from './strategies/strategy.ts';

/** The reply with orders, conditions and strategies as they are after the command: what followed may have changed them (MAT-15). */
export function asItStands(state: ExchangeState, reply: Reply): Reply {
  if (!reply.ok) return reply;
  switch (reply.kind) {
    case 'order':
      return orderAsItStands(state, reply);
    case 'batch':
      return { ...reply, results: reply.results.map((result) => orderAsItStands(state, result)) };
    case 'condition': {
      const condition = state.conditions.get(reply.condition.conditionId);
      return condition === undefined ? reply : { ...reply, condition: conditionRecordOf(condition) };
    }
    case 'strategy': {
      const strategy = state.strategies.get(reply.strategy.strategyId);
      return strategy === undefined ? reply : { ...reply, strategy: strategyRecordOf(strategy) };
    }
    default:
      return reply;
  }
}

function orderAsItStands(state: ExchangeState, outcome: OrderOutcome): OrderOutcome {
  const order = outcome.ok ? state.orders.get(outcome.order.orderId) : undefined;
  return order === undefined ? outcome : { ok: true, kind: 'order', order: recordOf(order) };
}
