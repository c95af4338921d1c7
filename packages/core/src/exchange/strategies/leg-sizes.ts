import type { QuantitySteps } from '@openvenue/money';
import { type Condition, isPending } from '../conditions/condition.ts';
import { unarm } from '../conditions/condition-lifecycle.ts';
import type { Order } from '../orders/order.ts';
import type { Step } from '../step.ts';
import { type Leg, parentEnded, type Strategy } from './strategy.ts';

/** What of F a leg is to cover by now: with FILLED nothing before the parent has ended (STR-2). */
export const filledFor = (strategy: Strategy, leg: Leg): number =>
  leg.drivenOn === 'FILLED' && !parentEnded(strategy) ? 0 : strategy.filled;

/** What is left of a leg: F - executed of both, at most its own quantity in all (STR-2). */
export function leftOf(strategy: Strategy, leg: Leg): number {
  if (isUnsized(strategy)) return Number.MAX_SAFE_INTEGER;
  const uncovered = filledFor(strategy, leg) - leg.writtenOff - executedOf(strategy);
  const own = leg.bound === 0 ? uncovered : leg.bound - leg.executed;
  return Math.max(0, Math.min(uncovered, own));
}

/** A pair that closes the whole position, with no parent to say how much: only firing or the position's end ends it. */
const isUnsized = ({ parent, filled }: Strategy): boolean => parent === undefined && filled === 0;

/** The leg of the pair that would be placed again if the parent fills on; undefined when none would. */
export const replaceableLeg = (strategy: Strategy | undefined, condition: Condition): Leg | undefined =>
  strategy?.status === 'WORKING' && !parentEnded(strategy)
    ? strategy.pair.find((leg) => leg.condition === condition)
    : undefined;

/** Whether an order's quantity is the strategy's business: what its user wants of it would be overruled. */
export const isSizedLeg = (strategy: Strategy | undefined, order: Order): boolean =>
  strategy?.status === 'WORKING' && strategy.pair.some((leg) => leg.order === order);

/** Lets a leg cover nothing of what has filled so far: the position is gone. */
export function writeOff(strategy: Strategy, leg: Leg): void {
  leg.writtenOff = Math.max(0, strategy.filled - executedOf(strategy));
}

/**
 * Tells a strategy of a fill of one of its orders, before the next fill (MAT-13). A leg's fill takes as much off the other one
 * at once; what a parent's fill adds waits until the running order is through.
 */
export function legFilled(
  step: Step,
  order: Order,
  fill: { readonly quantity: QuantitySteps; readonly opening: QuantitySteps },
): void {
  if (order.strategyId === 0) return;
  const strategy = step.state.strategies.get(order.strategyId);
  if (strategy?.status !== 'WORKING') return;
  const { parent, pair, openingOnly } = strategy;
  step.strategyDue(strategy.strategyId);
  if (parent?.order === order) {
    parent.executed += fill.quantity;
    strategy.filled += openingOnly ? fill.opening : fill.quantity;
    return;
  }
  const leg = pair.find((each) => each.order === order);
  if (leg === undefined) return;
  leg.executed += fill.quantity;
  const other = pair.find((each) => each !== leg);
  if (other?.condition !== undefined) shrink(step, strategy, { leg: other, condition: other.condition });
}

/** Brings a condition down to what is left of it; one with nothing left waits. */
function shrink(
  step: Step,
  strategy: Strategy,
  { leg, condition }: { readonly leg: Leg; readonly condition: Condition },
): void {
  if (condition.waiting || !(isPending(condition) || condition.status === 'TRIGGERING')) return;
  const left = leftOf(strategy, leg);
  if (left === 0) unarm(step, condition, leg.bound);
  else if (!condition.closePosition && left < condition.quantity) {
    condition.quantity = left as QuantitySteps;
    if (isPending(condition)) step.conditionUpdated(condition);
  }
}

const executedOf = ({ pair }: Strategy): number => pair.reduce((sum, leg) => sum + leg.executed, 0);
