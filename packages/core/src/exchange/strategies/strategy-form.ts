import type { NewCondition, NewOrder, NewStrategy, SubOrder } from '../../command.ts';
import { type Rejected, reject } from '../../reject.ts';
import { conditionFormFault } from '../conditions/condition-form.ts';
import { orderFormFault } from '../order-entry/place-order.ts';

/** A strategy whose sub-orders have their places: the parent, if there is one, and the orders that depend on it or on each other. */
export interface StrategyForm {
  readonly parent: SubOrder | undefined;
  readonly pair: readonly SubOrder[];
}

const SIZE = { OTO: 2, OCO: 2, OTOCO: 3 } as const;

/** What a sub-order places. */
export const requestOf = ({ order, condition }: SubOrder): NewOrder | NewCondition =>
  (order ?? condition) as NewOrder | NewCondition;

/** The refusal of a sub-order as its strategy's: it names the field by its path. One that does so already stays as it is. */
export function inSubOrder(fault: Rejected, index: number): Rejected {
  const { field } = fault.details;
  if (field === undefined || field.startsWith('subOrderList')) return fault;
  return reject(fault.reason, { ...fault.details, field: `subOrderList[${index}].${field}` });
}

/** The form of MAT-12 for a strategy: of each sub-order, then their number and kinds (3111), then their dependencies (3112). */
export function strategyForm({ strategyType, subOrders }: NewStrategy): StrategyForm | Rejected {
  const wrongLegs = (rule: string) => reject('STRATEGY_LEGS_INVALID', { field: 'subOrderList', rule });
  if (subOrders.length !== SIZE[strategyType]) return wrongLegs(`${strategyType} has ${SIZE[strategyType]} sub-orders`);
  for (const [index, { order, condition }] of subOrders.entries()) {
    if ((order === undefined) === (condition === undefined))
      return wrongLegs('a sub-order is a normal or a condition order');
    const malformed = order === undefined ? conditionFormFault(condition as NewCondition) : orderFormFault(order);
    if (malformed !== undefined) return inSubOrder(malformed, index);
  }
  const symbols = new Set(subOrders.map((each) => requestOf(each).symbol));
  if (symbols.size > 1) return wrongLegs('all sub-orders have the same symbol');
  const parent = strategyType === 'OCO' ? undefined : subOrders[0];
  const pair = parent === undefined ? subOrders : subOrders.slice(1);
  const kind = parentKindFault(parent) ?? pairKindFault(pair);
  if (kind !== undefined) return wrongLegs(kind);
  const dependency = dependencyFault(subOrders, parent, pair);
  return dependency === undefined
    ? { parent, pair }
    : reject('STRATEGY_DEPENDENCY_INVALID', { field: 'subOrderList', rule: dependency });
}

function parentKindFault(parent: SubOrder | undefined): string | undefined {
  if (parent === undefined) return undefined;
  if (requestOf(parent).closePosition === true) return 'the first sub-order has a quantity of its own';
  return hasExits(parent) ? 'a sub-order has no takeProfit or stopLoss' : undefined;
}

function pairKindFault(pair: readonly SubOrder[]): string | undefined {
  for (const each of pair) {
    const { order } = each;
    if (order === undefined) continue;
    if (order.type !== 'LIMIT' || order.timeInForce !== 'GTC' || (order.priceType ?? 0) !== 0)
      return 'a dependent normal order is LIMIT, GTC, at a price of its own';
    if (order.closePosition === true) return 'a dependent normal order has no closePosition';
    if (hasExits(each)) return 'a sub-order has no takeProfit or stopLoss';
  }
  const [one, two] = pair;
  if (one === undefined || two === undefined) return undefined;
  if (one.order !== undefined && two.order !== undefined) return 'at most one of a pair is a normal order';
  const [a, b] = [requestOf(one), requestOf(two)];
  if (a.quantity !== b.quantity) return 'both orders of a pair have the same quantity';
  return a.side === b.side && a.positionSide === b.positionSide ? undefined : 'both orders of a pair have one side';
}

const hasExits = ({ order }: SubOrder): boolean => (order?.takeProfit ?? order?.stopLoss) !== undefined;

function dependencyFault(
  all: readonly SubOrder[],
  parent: SubOrder | undefined,
  pair: readonly SubOrder[],
): string | undefined {
  const ids = new Set(all.map((each) => each.strategySubId));
  if (ids.size !== all.length || ids.has(0)) return 'strategySubId is above 0 and differs between the sub-orders';
  if (parent !== undefined && (parent.firstDrivenId !== 0 || parent.secondDrivenId !== 0))
    return 'the first sub-order depends on none';
  for (const each of pair) {
    const other = pair.find((one) => one !== each);
    const links = linksOf(each);
    const toParent = links.filter(({ id }) => id === parent?.strategySubId);
    const toOther = links.filter(({ id }) => id === other?.strategySubId);
    if (toParent.length + toOther.length !== links.length || toParent.length > 1 || toOther.length > 1)
      return 'a driven id names another sub-order that it can depend on, once';
    if (parent !== undefined && !toParent.some(isPlacing))
      return 'a dependent order is placed by the first one: PLACE_ORDER on PARTIALLY_FILLED_OR_FILLED or FILLED';
    if (!toOther.every(({ on, trigger }) => trigger === 'CANCEL_ORDER' && on !== undefined && on !== 'CANCELED'))
      return 'the orders of a pair cancel each other: CANCEL_ORDER, on anything but CANCELED';
  }
  return undefined;
}

interface Link {
  readonly id: number;
  readonly on: SubOrder['firstDrivenOn'];
  readonly trigger: SubOrder['firstTrigger'];
}

const linksOf = (each: SubOrder): Link[] =>
  [
    { id: each.firstDrivenId, on: each.firstDrivenOn, trigger: each.firstTrigger },
    { id: each.secondDrivenId, on: each.secondDrivenOn, trigger: each.secondTrigger },
  ].filter(({ id }) => id !== 0);

const isPlacing = ({ on, trigger }: Link): boolean =>
  trigger === 'PLACE_ORDER' && (on === 'PARTIALLY_FILLED_OR_FILLED' || on === 'FILLED');

/** What of the parent a dependent order waits for. */
export const placedOn = (each: SubOrder): 'PARTIALLY_FILLED_OR_FILLED' | 'FILLED' =>
  linksOf(each).find(isPlacing)?.on === 'FILLED' ? 'FILLED' : 'PARTIALLY_FILLED_OR_FILLED';
