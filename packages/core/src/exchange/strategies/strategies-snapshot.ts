import type { StateReader } from '../../state/reader.ts';
import type { StateWriter } from '../../state/writer.ts';
import type { Condition } from '../conditions/condition.ts';
import { loadCondition, saveCondition } from '../conditions/conditions-snapshot.ts';
import type { StrategyStatus, StrategyType } from '../enums.ts';
import type { ExchangeState } from '../exchange-state.ts';
import { EndedOrders } from '../orders/ended-orders.ts';
import type { Order } from '../orders/order.ts';
import type { Market } from '../symbols/market.ts';
import type { Leg, Strategy } from './strategy.ts';

/** How an order is written and read, and markets are found: the snapshot of the exchange knows. */
export interface OrderSnapshot {
  readonly save: (w: StateWriter, order: Order) => void;
  readonly load: (r: StateReader) => Order;
  readonly marketOf: (symbol: string) => Market;
}

/** Writes the strategies. An order or condition that only its strategy remembers is written with it. */
export function saveStrategies(state: ExchangeState, w: StateWriter, snapshot: OrderSnapshot): void {
  w.uint(state.nextStrategyId);
  const save = (strategy: Strategy): void => {
    w.uint(strategy.strategyId);
    w.uint(strategy.userId);
    for (const text of [strategy.market.symbol, strategy.type, strategy.status]) w.text(text);
    w.boolean(strategy.openingOnly);
    for (const count of [strategy.filled, strategy.createdAtMs, strategy.updatedAtMs]) w.uint(count);
    w.list(strategy.parent === undefined ? [] : [strategy.parent], (leg) => saveLeg(state, w, { leg, snapshot }));
    w.list(strategy.pair, (leg) => saveLeg(state, w, { leg, snapshot }));
  };
  w.list(
    [...state.strategies.values()].filter(({ status }) => status === 'WORKING'),
    save,
  );
  w.list(state.endedStrategies, save);
}

export function loadStrategies(state: ExchangeState, r: StateReader, snapshot: OrderSnapshot): void {
  state.nextStrategyId = r.uint();
  const load = (): Strategy => {
    const strategyId = r.uint();
    const userId = r.uint();
    const market = snapshot.marketOf(r.text());
    const type = r.text() as StrategyType;
    const status = r.text() as StrategyStatus;
    const openingOnly = r.boolean();
    const [filled, createdAtMs, updatedAtMs] = [r.uint(), r.uint(), r.uint()];
    const [parent] = r.list(() => loadLeg(state, r, snapshot));
    const pair = r.list(() => loadLeg(state, r, snapshot));
    return {
      strategyId,
      userId,
      market,
      type,
      status,
      openingOnly,
      filled,
      createdAtMs,
      updatedAtMs,
      parent,
      pair,
    };
  };
  const working = r.list(load);
  const ended = r.list(load);
  for (const strategy of [...working, ...ended].sort((a, b) => a.strategyId - b.strategyId)) {
    state.strategies.set(strategy.strategyId, strategy);
    if (strategy.status === 'WORKING') state.account(strategy.userId).strategies.set(strategy.strategyId, strategy);
  }
  state.endedStrategies = new EndedOrders(ended);
}

function saveLeg(
  { orders, conditions }: ExchangeState,
  w: StateWriter,
  { leg, snapshot }: { readonly leg: Leg; readonly snapshot: OrderSnapshot },
): void {
  const { order, condition } = leg;
  for (const count of [leg.subId, leg.bound, leg.executed, leg.sizedFor, leg.writtenOff]) w.uint(count);
  w.text(leg.drivenOn ?? '');
  w.uint(order?.orderId ?? 0);
  w.list(order === undefined || orders.get(order.orderId) !== undefined ? [] : [order], (forgotten) =>
    snapshot.save(w, forgotten),
  );
  w.uint(condition?.conditionId ?? 0);
  w.list(condition === undefined || conditions.has(condition.conditionId) ? [] : [condition], (forgotten) =>
    saveCondition(w, forgotten),
  );
}

function loadLeg({ orders, conditions }: ExchangeState, r: StateReader, snapshot: OrderSnapshot): Leg {
  const [subId, bound, executed, sizedFor, writtenOff] = [r.uint(), r.uint(), r.uint(), r.uint(), r.uint()];
  const drivenOn = r.text();
  const orderId = r.uint();
  const [forgottenOrder] = r.list(() => snapshot.load(r));
  const conditionId = r.uint();
  const [forgottenCondition] = r.list(() => loadCondition(r, snapshot.marketOf));
  const order: Order | undefined = orders.get(orderId) ?? forgottenOrder;
  const condition: Condition | undefined = conditions.get(conditionId) ?? forgottenCondition;
  if ((orderId !== 0 && order === undefined) || (conditionId !== 0 && condition === undefined))
    throw new RangeError('snapshot names a part of a strategy that it does not hold');
  return {
    subId,
    bound,
    executed,
    sizedFor,
    writtenOff,
    drivenOn: drivenOn === 'FILLED' || drivenOn === 'PARTIALLY_FILLED_OR_FILLED' ? drivenOn : undefined,
    order,
    condition,
  };
}
