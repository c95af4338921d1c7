import { endCondition } from '../conditions/condition-lifecycle.ts';
import { cancelResting, endCanceled } from '../matching/order-lifecycle.ts';
import { isWaiting } from '../orders/order.ts';
import type { Step } from '../step.ts';
import { isUnfilled } from '../strategies/strategy.ts';
import { endStrategy } from '../strategies/strategy-lifecycle.ts';
import type { Market } from '../symbols/market.ts';

/** Ends what users still have in a market that is no more (SYM-5): orders, conditions, waiting legs, strategies, each by id. */
export function endAll(step: Step, market: Market): void {
  const accounts = [...step.state.accounts.values()];
  const orders = accounts.flatMap((account) => [...(account.stanceIn(market)?.orders.values() ?? [])]);
  for (const order of orders.sort((a, b) => a.orderId - b.orderId)) cancelResting(step, order, 'DELISTED');
  const conditions = accounts.flatMap((account) => [...account.conditions(market).values()]);
  for (const condition of conditions.sort((a, b) => a.conditionId - b.conditionId))
    endCondition(step, condition, { status: 'CANCELLED', reason: 'DELISTED' });
  const strategies = accounts
    .flatMap((account) => [...account.strategies.values()])
    .filter((strategy) => strategy.market === market)
    .sort((a, b) => a.strategyId - b.strategyId);
  const waiting = strategies.flatMap(({ pair }) =>
    pair.flatMap(({ order }) => (order !== undefined && isWaiting(order) ? [order] : [])),
  );
  for (const order of waiting.sort((a, b) => a.orderId - b.orderId)) endCanceled(step, order, 'DELISTED');
  for (const strategy of strategies) endStrategy(step, strategy, isUnfilled(strategy) ? 'CANCELLED' : 'ALL_DONE');
}
