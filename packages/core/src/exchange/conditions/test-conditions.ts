import type { WorkingType } from '../enums.ts';
import type { Step } from '../step.ts';
import type { Market } from '../symbols/market.ts';

/** Takes a market's newest price of a kind: what it meets joins the end of the queue (MAT-13, CND-6). */
export function testConditions(step: Step, market: Market, workingType: WorkingType): void {
  const triggers = market.triggers(workingType);
  if (triggers.size === 0) return;
  const { activated, met } = triggers.test(market.priceOf(workingType), {
    fires: market.matches,
    heldBack: market.heldBack,
  });
  for (const condition of activated) {
    condition.status = 'PENDING';
    step.conditionUpdated(condition);
  }
  for (const condition of met) {
    condition.status = 'TRIGGERING';
    step.fires.push(condition);
  }
}
