import type { WorkingType } from '../enums.ts';
import type { Step } from '../step.ts';
import type { Market } from '../symbols/market.ts';
import type { Condition } from './condition.ts';

/** Takes a market's newest price of a kind: what it meets joins the end of the queue (MAT-13, CND-6). */
export function testConditions(step: Step, market: Market, workingType: WorkingType): void {
  const triggers = market.triggers(workingType);
  if (triggers.size === 0) return;
  const { activated, met } = triggers.test(market.priceOf(workingType), {
    fires: market.matches,
    heldBack: market.heldBack,
  });
  const { conditions } = step.state;
  for (const { conditionId } of activated) {
    const condition = conditions.get(conditionId) as Condition;
    condition.status = 'PENDING';
    step.conditionUpdated(condition);
  }
  for (const { conditionId } of met) {
    const condition = conditions.get(conditionId) as Condition;
    condition.status = 'TRIGGERING';
    step.fires.push(condition);
  }
}
