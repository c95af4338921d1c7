import type { Core } from '../core.ts';
import type { Account } from '../exchange/account.ts';
import { closableOf } from '../exchange/conditions/closable.ts';
import { type Condition, isArmed, isPending, isPositionBound } from '../exchange/conditions/condition.ts';
import type { ExchangeState } from '../exchange/exchange-state.ts';
import { isOpen } from '../exchange/order.ts';
import { legEnded, legsOf, parentEnded, type Strategy } from '../exchange/strategies/strategy.ts';

/** Whatever is wrong with conditions and strategies between two commands, each as a sentence. */
export function conditionFaults({ exchangeState: state }: Core): string[] {
  return [
    ...[...state.conditions.values()].flatMap((condition) => conditionFault(state, condition)),
    ...indexSizes(state),
    ...[...state.accounts.values()].flatMap((account) => names(state, account)),
    ...[...state.strategies.values()].flatMap((strategy) => strategyFaults(strategy)),
  ];
}

function conditionFault(state: ExchangeState, condition: Condition): string[] {
  const { conditionId, status, market } = condition;
  const faults: string[] = [];
  const need = (holds: boolean, rule: string): void => {
    if (!holds) faults.push(`${rule}: condition ${conditionId}, ${status}`);
  };
  const account = state.account(condition.userId);
  need(status !== 'TRIGGERING', 'CND-8: never seen between commands');
  need(account.conditions(market).has(conditionId) === isPending(condition), "its user's index and the reverse");
  const order = state.orders.get(condition.generatedOrderId);
  if (status === 'TRIGGERED') need(order !== undefined && isOpen(order), 'CND-8: its order is open');
  if (status === 'FIRED') need(order !== undefined && !isOpen(order), 'CND-8: its order has ended');
  if (isArmed(condition) && isPositionBound(condition))
    need(closableOf(account, market, condition) > 0, 'INV-7: it has not outlived its position');
  if (isArmed(condition)) need(condition.closePosition || condition.quantity > 0, 'STR-2: something is left of it');
  return faults;
}

function indexSizes(state: ExchangeState): string[] {
  const faults: string[] = [];
  for (const market of state.markets.values()) {
    for (const workingType of ['MARK_PRICE', 'CONTRACT_PRICE'] as const) {
      const armed = [...state.conditions.values()].filter(
        (each) => each.market === market && each.workingType === workingType && isArmed(each),
      ).length;
      const { size } = market.triggers(workingType);
      if (size !== armed)
        faults.push(`CND-1: ${market.symbol} has ${armed} conditions on ${workingType}, index ${size}`);
    }
  }
  return faults;
}

/** A name leads to an order or condition of the user with this name (MAT-11). */
function names(state: ExchangeState, account: Account): string[] {
  const wrong = [
    ...[...account.orderIdByClientId].filter(([name, id]) => state.orders.get(id)?.clientOrderId !== name),
    ...[...account.conditionIdByClientId].filter(([name, id]) => state.conditions.get(id)?.clientOrderId !== name),
  ];
  return wrong.map(([name]) => `MAT-11: user ${account.userId} has nothing named ${name}`);
}

function strategyFaults(strategy: Strategy): string[] {
  const { strategyId, status, parent, pair } = strategy;
  const faults: string[] = [];
  const need = (holds: boolean, rule: string): void => {
    if (!holds) faults.push(`${rule}: strategy ${strategyId}, ${status}`);
  };
  const ended = legsOf(strategy).every(legEnded);
  need(
    ended === (status !== 'WORKING') || (status === 'WORKING' && !parentEnded(strategy)),
    'STR-1: ends with its orders',
  );
  if (parent?.order !== undefined) need(parent.executed === parent.order.filledQuantity, 'STR-2: F is what has filled');
  const executed = pair.reduce((sum, leg) => sum + leg.executed, 0);
  const takesAll = pair.some(({ condition }) => condition?.closePosition === true);
  if (strategy.filled > 0 && !takesAll) need(executed <= strategy.filled, 'STR-2: legs execute at most F');
  for (const { condition, bound, executed: own, order, writtenOff } of pair) {
    need(bound === 0 || own <= bound, 'STR-2: a leg executes at most its own quantity');
    if (status !== 'WORKING' || strategy.filled === 0) continue;
    const left = strategy.filled - writtenOff - executed;
    if (condition !== undefined && isArmed(condition) && !condition.closePosition)
      need(condition.quantity <= left, 'STR-2: a leg covers at most what is left');
    if (order !== undefined && isOpen(order) && order.reduceOnly && condition === undefined)
      need(order.quantity - order.filledQuantity <= Math.max(left, 0), 'STR-2: an order covers at most what is left');
  }
  return faults;
}
