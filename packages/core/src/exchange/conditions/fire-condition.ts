import type { PriceTicks } from '@openvenue/money';
import type { NewOrder } from '../../command.ts';
import { takeOrder } from '../order-entry/place-order.ts';
import type { Step } from '../step.ts';
import { firingLeg } from '../strategies/fire-leg.ts';
import { isTakeProfit } from '../triggers/trigger.ts';
import { type Condition, onlyReduces } from './condition.ts';
import { hasLimit } from './condition-form.ts';
import { conditionTriggered, endCondition } from './condition-lifecycle.ts';

/** Places the order of a condition that was met: through every check of a new order, or the condition is rejected (CND-4). */
export function fireCondition(step: Step, condition: Condition): void {
  const leg = firingLeg(step, condition);
  const { userId, conditionId, strategyId } = condition;
  const outcome = takeOrder(step, {
    userId,
    request: orderOf(condition),
    origin: {
      conditionId,
      strategyId,
      leaving: leg?.leaving ?? NONE,
      closeTrigger: isTakeProfit(condition) ? 'TAKE_PROFIT' : 'STOP_LOSS',
      accepted: (order) => {
        conditionTriggered(step, condition, order);
        leg?.accepted(order);
      },
    },
  });
  if (!outcome.ok) endCondition(step, condition, { status: 'REJECTED', reason: outcome.reason });
}

const NONE: ReadonlySet<never> = new Set();

function orderOf(condition: Condition): NewOrder {
  const { timeInForce, clientOrderId, closePosition } = condition;
  const limit = hasLimit(condition.type);
  const givenTime = timeInForce === 'GTE_GTC' ? 'GTC' : timeInForce;
  return {
    symbol: condition.market.symbol,
    type: limit ? 'LIMIT' : 'MARKET',
    side: condition.side,
    positionSide: condition.positionSide,
    price: limit ? condition.price : (0 as PriceTicks),
    quantity: condition.quantity,
    timeInForce: limit ? givenTime : 'IOC',
    selfTradePrevention: condition.selfTradePrevention,
    ...(closePosition ? { closePosition } : { reduceOnly: onlyReduces(condition) }),
    ...(clientOrderId === '' ? {} : { clientOrderId }),
  };
}
