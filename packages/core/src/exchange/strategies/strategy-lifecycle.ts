import { isPending } from '../conditions/condition.ts';
import { endCondition } from '../conditions/condition-lifecycle.ts';
import type { StrategyStatus } from '../enums.ts';
import { cancelResting, endCanceled } from '../matching/order-lifecycle.ts';
import { ENDED_ORDER_MS } from '../orders/ended-orders.ts';
import { isOpen, isWaiting } from '../orders/order.ts';
import type { Step } from '../step.ts';
import type { Leg, Strategy } from './strategy.ts';

/** Takes a strategy in; its id is the one that was to come next. */
export function openStrategy(
  step: Step,
  terms: Pick<Strategy, 'userId' | 'market' | 'type' | 'openingOnly' | 'parent' | 'pair' | 'filled'>,
): Strategy {
  const { state, timeMs } = step;
  const strategy: Strategy = {
    ...terms,
    strategyId: state.nextStrategyId++,
    status: 'WORKING',
    createdAtMs: timeMs,
    updatedAtMs: timeMs,
  };
  state.strategies.set(strategy.strategyId, strategy);
  state.account(strategy.userId).strategies.set(strategy.strategyId, strategy);
  step.strategyUpdated(strategy);
  return strategy;
}

export function endStrategy(step: Step, strategy: Strategy, status: Exclude<StrategyStatus, 'WORKING'>): void {
  strategy.status = status;
  step.state.account(strategy.userId).strategies.delete(strategy.strategyId);
  step.strategyUpdated(strategy);
  step.state.endedStrategies.push(strategy);
}

/** Ends what a leg has open, because its strategy no longer wants it. */
export function endLeg(step: Step, { order, condition }: Leg): void {
  if (condition !== undefined && (isPending(condition) || condition.status === 'TRIGGERING'))
    endCondition(step, condition, { status: 'CANCELLED', reason: 'OCO' });
  if (order === undefined) return;
  if (isOpen(order)) cancelResting(step, order, 'OCO');
  else if (isWaiting(order)) endCanceled(step, order, 'OCO');
}

/** Forgets the strategies that ended 24 h ago. */
export function forgetEndedStrategies({ state, timeMs }: Step): void {
  const { endedStrategies, strategies } = state;
  while (endedStrategies.oldestEndedAtMs + ENDED_ORDER_MS <= timeMs)
    strategies.delete(endedStrategies.shift().strategyId);
}
