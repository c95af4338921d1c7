import type { Core } from '../core.ts';
import type { Account } from '../exchange/accounts/account.ts';
import { closableOf } from '../exchange/conditions/closable.ts';
import { type Condition, isArmed, isPending, isPositionBound } from '../exchange/conditions/condition.ts';
import type { ExchangeState } from '../exchange/exchange-state.ts';
import { isOpen, isWaiting } from '../exchange/orders/order.ts';
import { legEnded, legsOf, parentEnded, type Strategy } from '../exchange/strategies/strategy.ts';

/** Whatever is wrong with the conditions and strategies that have not ended, each as a sentence. */
export function conditionFaults({ exchangeState: state }: Core): string[] {
  const accounts = [...state.accounts.values()];
  const pending = accounts.flatMap((account) => account.allConditions());
  return [
    ...accounts.flatMap((account) => account.allConditions().flatMap((each) => pendingFaults(state, account, each))),
    ...accounts.flatMap((account) => triggeredFaults(state, account)),
    ...indexSizes(state, pending),
    ...accounts.flatMap((account) => [...account.strategies.values()].flatMap(strategyFaults)),
    ...accounts.flatMap((account) => claimFaults(state, account)),
  ];
}

/** POS-1: what a user's conditions and waiting legs claim of each leg, counted over again; all of one kind with the rest. */
function claimFaults(state: ExchangeState, account: Account): string[] {
  const faults: string[] = [];
  const waiting = [...account.strategies.values()].flatMap(({ pair }) =>
    pair.flatMap(({ order }) => (order !== undefined && isWaiting(order) ? [order] : [])),
  );
  for (const market of state.markets.values()) {
    const stance = account.peek(market);
    const claims = [...account.conditions(market).values(), ...waiting.filter((order) => order.market === market)];
    for (const leg of stance.legs) {
      const own = claims.filter(({ positionSide }) => positionSide === leg.positionSide).length;
      if (own !== leg.claims)
        faults.push(
          `POS-1: user ${account.userId} claims ${market.symbol} ${leg.positionSide} ${own} times, counted ${leg.claims}`,
        );
    }
    if (stance.legs.some(({ positionSide, isUsed }) => isUsed && stance.conflictsWith(positionSide)))
      faults.push(`POS-1: user ${account.userId} is one-way and hedge in ${market.symbol} with conditions`);
  }
  return faults;
}

function pendingFaults(state: ExchangeState, account: Account, condition: Condition): string[] {
  const { conditionId, status, market, clientOrderId } = condition;
  const faults: string[] = [];
  const need = (holds: boolean, rule: string): void => {
    if (!holds) faults.push(`${rule}: condition ${conditionId}, ${status}`);
  };
  need(isPending(condition), 'CND-8: what a user has open waits between two commands');
  need(state.conditions.get(conditionId) === condition, 'CND-8: it is known');
  if (clientOrderId !== '')
    need(account.conditionIdByClientId.get(clientOrderId) === conditionId, 'MAT-11: its name is its own');
  if (!isArmed(condition)) return faults;
  need(condition.closePosition || condition.quantity > 0, 'STR-2: something is left of it');
  if (isPositionBound(condition))
    need(closableOf(account, market, condition) > 0, 'INV-7: it has not outlived its position');
  return faults;
}

/** The condition of an open order is TRIGGERED. */
function triggeredFaults(state: ExchangeState, account: Account): string[] {
  const orders = account.stances.flatMap((stance) => [...stance.orders.values()]);
  return orders
    .filter(({ conditionId }) => conditionId !== 0 && state.conditions.get(conditionId)?.status !== 'TRIGGERED')
    .map(({ orderId }) => `CND-8: the condition of the open order ${orderId} is not TRIGGERED`);
}

function indexSizes(state: ExchangeState, pending: readonly Condition[]): string[] {
  const faults: string[] = [];
  for (const market of state.markets.values()) {
    for (const workingType of ['MARK_PRICE', 'CONTRACT_PRICE'] as const) {
      const armed = pending.filter(
        (each) => each.market === market && each.workingType === workingType && isArmed(each),
      ).length;
      const { size } = market.triggers(workingType);
      if (size !== armed)
        faults.push(`CND-1: ${market.symbol} has ${armed} conditions on ${workingType}, index ${size}`);
    }
  }
  return faults;
}

function strategyFaults(strategy: Strategy): string[] {
  const { strategyId, status, parent, pair } = strategy;
  const faults: string[] = [];
  const need = (holds: boolean, rule: string): void => {
    if (!holds) faults.push(`${rule}: strategy ${strategyId}, ${status}`);
  };
  need(status === 'WORKING', 'STR-1: what a user has open works');
  need(!parentEnded(strategy) || !legsOf(strategy).every(legEnded), 'STR-1: it ends with its orders');
  if (parent?.order !== undefined) need(parent.executed === parent.order.filledQuantity, 'STR-2: F is what has filled');
  const executed = pair.reduce((sum, leg) => sum + leg.executed, 0);
  const takesAll = pair.some(({ condition }) => condition?.closePosition === true);
  if (strategy.filled > 0 && !takesAll) need(executed <= strategy.filled, 'STR-2: legs execute at most F');
  for (const { condition, bound, executed: own, order, writtenOff } of pair) {
    need(bound === 0 || own <= bound, 'STR-2: a leg executes at most its own quantity');
    if (strategy.filled === 0) continue;
    const left = strategy.filled - writtenOff - executed;
    const covered = Math.min(left, bound === 0 ? Number.POSITIVE_INFINITY : bound - own);
    if (condition !== undefined && isArmed(condition) && !condition.closePosition)
      need(condition.quantity === covered, 'STR-2: a leg covers what is left, no less and no more');
    if (order !== undefined && isOpen(order) && order.reduceOnly && condition === undefined)
      need(order.quantity - order.filledQuantity <= Math.max(left, 0), 'STR-2: an order covers at most what is left');
  }
  return faults;
}
