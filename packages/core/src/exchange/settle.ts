import { conditionFired } from './conditions/condition-lifecycle.ts';
import { fireCondition } from './conditions/fire-condition.ts';
import type { Step } from './step.ts';
import { placeLegs } from './strategies/place-legs.ts';

/**
 * What follows from a placed, amended or canceled order, or from a price (MAT-13, parts 4 and 5): the waiting legs, then the
 * conditions that were met, first in, first out, each with all its own consequences. A condition fires once and a leg grows no
 * further than its parent fills, so it ends.
 * @returns whether there was anything
 */
export function settle(step: Step): boolean {
  const { fires, dueStrategies, endedParts } = step;
  if (fires.length + dueStrategies.size + endedParts.length === 0) return false;
  let next = 0;
  for (;;) {
    tellEnds(step);
    const [strategy] = dueStrategies;
    if (strategy !== undefined) {
      dueStrategies.delete(strategy);
      placeLegs(step, strategy);
      continue;
    }
    const condition = fires[next++];
    if (condition === undefined) break;
    // Its position, or the leg beside it, can have ended it in the meantime.
    if (condition.status === 'TRIGGERING') fireCondition(step, condition);
  }
  fires.length = 0;
  return true;
}

/** Tells conditions and strategies of orders of theirs that have ended. */
function tellEnds(step: Step): void {
  const { endedParts } = step;
  if (endedParts.length === 0) return;
  for (const order of endedParts) {
    const condition = step.state.conditions.get(order.conditionId);
    if (condition?.status === 'TRIGGERED') conditionFired(step, condition);
    step.strategyDue(order.strategyId);
  }
  endedParts.length = 0;
}
