import type { ConditionType, Event, StrategyType } from '@openvenue/core';
import type { Committed } from '@openvenue/sequencer';
import { isReached } from './conditions.ts';
import { changed, ended, order, refused, type Sight, some } from './sight.ts';

type Condition = Extract<Event, { type: 'condition-updated' }>['condition'];

const condition =
  (test: (condition: Condition, committed: Committed) => boolean): Sight =>
  (committed) =>
    committed.events.some((event) => event.type === 'condition-updated' && test(event.condition, committed));
const fired = (type: ConditionType): Sight => condition((each) => each.status === 'TRIGGERED' && each.type === type);
const done = (type: StrategyType): Sight =>
  some(
    (event) =>
      event.type === 'strategy-updated' && event.strategy.type === type && event.strategy.status === 'ALL_DONE',
  );
const comesFrom = (...types: readonly string[]): ((committed: Committed) => boolean) => {
  return ({ command }) => types.includes(command.type);
};
const isPlacing = comesFrom('place-strategy', 'place-order', 'place-orders', 'place-condition');

/** Condition orders and strategies. */
export const CONDITION_SIGHTS: Readonly<Record<string, Sight>> = {
  'fired: STOP_MARKET': fired('STOP_MARKET'),
  'fired: STOP_LIMIT': fired('STOP_LIMIT'),
  'fired: TAKE_PROFIT_MARKET': fired('TAKE_PROFIT_MARKET'),
  'fired: TAKE_PROFIT_LIMIT': fired('TAKE_PROFIT_LIMIT'),
  'fired: TRAILING_STOP': fired('TRAILING_STOP'),
  'fired by the mark': condition((each) => each.status === 'TRIGGERED' && each.workingType === 'MARK_PRICE'),
  'fired by a trade': condition((each) => each.status === 'TRIGGERED' && each.workingType === 'CONTRACT_PRICE'),
  'fired to close a position': condition((each) => each.status === 'TRIGGERED' && each.closePosition),
  'trailing stop activated': condition(
    (each, committed) => each.status === 'PENDING' && each.activatePrice > 0 && !isPlacing(committed),
  ),
  'condition rejected': condition(({ status }) => status === 'REJECTED'),
  'condition canceled': ({ command, reply }) => command.type === 'cancel-condition' && reply.ok,
  'condition would fire at once': refused('WOULD_TRIGGER_IMMEDIATELY'),
  'GTE_GTC ended with its position': condition(
    (each) => each.timeInForce === 'GTE_GTC' && each.status === 'CANCELLED' && each.rejectReason === 'POSITION_CLOSED',
  ),
  'condition ended by delisting': condition(({ rejectReason }) => rejectReason === 'DELISTED'),
  'price protection held back': ({ command }, core) =>
    command.type === 'update-prices' &&
    [...core.exchangeState.accounts.keys()].some((userId) =>
      core.exchange
        .openConditions(userId)
        .some((each) => each.priceProtect && isReached(each, core.exchange.symbol(each.symbol)?.mark ?? 0)),
    ),
  'OTO done': done('OTO'),
  'OCO done': done('OCO'),
  'OTOCO done': done('OTOCO'),
  'strategy canceled': some((event) => event.type === 'strategy-updated' && event.strategy.status === 'CANCELLED'),
  'exits attached': ({ command, reply }) =>
    command.type === 'place-order' &&
    reply.ok &&
    (command.order.takeProfit !== undefined || command.order.stopLoss !== undefined),
  'other leg ended': (committed, core) =>
    ended('OCO')(committed, core) || condition(({ rejectReason }) => rejectReason === 'OCO')(committed, core),
  'leg rejected': order(({ status }) => status === 'REJECTED'),
  'order leg grown': changed('OCO'),
  'order leg replaced': (committed, core) =>
    !isPlacing(committed) &&
    order(
      ({ strategyId, conditionId, createdAtMs, status }, { executionType }) =>
        executionType === 'NEW' &&
        status !== 'NEW' &&
        strategyId !== undefined &&
        conditionId === undefined &&
        createdAtMs === committed.timeMs,
    )(committed, core),
  'condition leg waits again': condition(
    ({ status, strategyId, triggerPrice, type }, committed) =>
      status === 'PENDING_ACTIVATION' &&
      strategyId !== 0 &&
      !isPlacing(committed) &&
      (type === 'TRAILING_STOP' ? triggerPrice === 0 : true),
  ),
};
