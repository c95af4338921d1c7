import type { Account } from '../accounts/account.ts';
import type { Step } from '../step.ts';
import { replaceableLeg, writeOff } from '../strategies/leg-sizes.ts';
import type { Market } from '../symbols/market.ts';
import { closableOf } from './closable.ts';
import { isPositionBound } from './condition.ts';
import { endCondition, unarm } from './condition-lifecycle.ts';

/** Whether a position has ended between two signed quantities; a flip closes it (CND-5). */
export const positionEnds = (before: number, after: number): boolean =>
  before !== 0 && Math.sign(before) !== Math.sign(after);

/**
 * Ends a user's conditions whose position is gone (CND-5). A strategy's leg whose parent can still fill goes back to waiting
 * instead, so that what the parent opens later has its protection.
 */
export function endWithPosition(step: Step, account: Account, market: Market): void {
  for (const condition of account.conditions(market).values()) {
    if (condition.waiting || !isPositionBound(condition) || closableOf(account, market, condition) > 0) continue;
    const strategy = step.state.strategies.get(condition.strategyId);
    const leg = replaceableLeg(strategy, condition);
    if (strategy !== undefined && leg !== undefined) {
      writeOff(strategy, leg);
      unarm(step, condition, leg.bound);
    } else endCondition(step, condition, { status: 'CANCELLED', reason: 'POSITION_CLOSED' });
  }
}
