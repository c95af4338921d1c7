import type { Condition } from '../conditions/condition.ts';
import { isOpen, type Order } from '../orders/order.ts';
import type { Step } from '../step.ts';
import { endLeg } from './strategy-lifecycle.ts';

/** What the firing of a strategy's leg means for the others. */
export interface FiringLeg {
  /** Orders that end when its own is accepted, before it is matched. */
  readonly leaving: ReadonlySet<Order>;
  readonly accepted: (order: Order) => void;
}

/**
 * When a leg of a pair fires and its order is accepted, the other leg and the parent's rest end first (STR-1); a refused one
 * leaves them. The parent itself ends nothing.
 */
export function firingLeg(step: Step, condition: Condition): FiringLeg | undefined {
  const strategy = step.state.strategies.get(condition.strategyId);
  if (strategy === undefined) return undefined;
  const { parent, pair } = strategy;
  const leg = [...pair, ...(parent === undefined ? [] : [parent])].find((each) => each.condition === condition);
  if (leg === undefined) return undefined;
  const others =
    leg === parent ? [] : [...pair.filter((each) => each !== leg), ...(parent === undefined ? [] : [parent])];
  return {
    leaving: new Set(others.flatMap(({ order }) => (order !== undefined && isOpen(order) ? [order] : []))),
    accepted: (order) => {
      leg.order = order;
      for (const other of others) endLeg(step, other);
    },
  };
}
