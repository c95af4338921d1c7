import type { StrategyRecord, SubOrderRecord } from '../../event.ts';
import { type Condition, conditionRecordOf, hasEnded } from '../conditions/condition.ts';
import type { DrivenOn, StrategyStatus, StrategyType } from '../enums.ts';
import { isOpen, isWaiting, type Order, recordOf } from '../orders/order.ts';
import type { Market } from '../symbols/market.ts';

/** One order of a strategy: a normal one, or a condition and the order that it has placed. */
export interface Leg {
  readonly subId: number;
  /** What of the parent it waits for; undefined where there is no parent, and for the parent itself. */
  readonly drivenOn: Extract<DrivenOn, 'PARTIALLY_FILLED_OR_FILLED' | 'FILLED'> | undefined;
  /** Most that it may execute in all; 0 for no bound. */
  readonly bound: number;
  condition: Condition | undefined;
  /** The newest of its orders: one that filled whole is followed by another when the parent fills on. */
  order: Order | undefined;
  /** Filled quantity of all its orders. */
  executed: number;
  /** The parent's filled quantity that it was last sized for. */
  sizedFor: number;
  /** What of F it is no longer to cover, because the position was closed otherwise. */
  writtenOff: number;
}

/** Orders that depend on each other (STR-1 to STR-3). Only the exchange changes it. */
export interface Strategy {
  readonly strategyId: number;
  readonly userId: number;
  readonly market: Market;
  readonly type: StrategyType;
  /** Only what the parent's fills open counts (CND-9). */
  readonly openingOnly: boolean;
  readonly parent: Leg | undefined;
  /** The orders that depend on the parent: of OTO one, else two that exclude each other. */
  readonly pair: readonly Leg[];
  /** F of STR-2: what of the parent has filled and counts; without a parent the quantity. */
  filled: number;
  status: StrategyStatus;
  readonly createdAtMs: number;
  updatedAtMs: number;
}

export const legsOf = ({ parent, pair }: Strategy): readonly Leg[] => (parent === undefined ? pair : [parent, ...pair]);

/** Whether nothing more can come of a leg's order or condition as they stand. */
export function legEnded({ order, condition }: Leg): boolean {
  if (condition !== undefined && !hasEnded(condition)) return false;
  return order === undefined || !(isOpen(order) || isWaiting(order));
}

/** Whether nothing ever came of its parent; what ends is then CANCELLED, else ALL_DONE (STR-2). */
export const isUnfilled = ({ parent }: Strategy): boolean => parent?.executed === 0;

/** Whether the parent can fill no more. */
export const parentEnded = ({ parent }: Strategy): boolean => parent === undefined || legEnded(parent);

/** An immutable copy of the strategy as it stands now. */
export function strategyRecordOf(strategy: Strategy): StrategyRecord {
  return {
    strategyId: strategy.strategyId,
    userId: strategy.userId,
    symbol: strategy.market.symbol,
    type: strategy.type,
    status: strategy.status,
    subOrders: legsOf(strategy).map(subOrderRecordOf),
    createdAtMs: strategy.createdAtMs,
    updatedAtMs: strategy.updatedAtMs,
  };
}

const subOrderRecordOf = ({ subId, drivenOn, order, condition }: Leg): SubOrderRecord => ({
  strategySubId: subId,
  ...(drivenOn === undefined ? {} : { drivenOn }),
  ...(order === undefined ? {} : { order: recordOf(order) }),
  ...(condition === undefined ? {} : { condition: conditionRecordOf(condition) }),
});
