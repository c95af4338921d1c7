import type { StrategyBody, SubOrderBody, SubOrderLinks } from '@openvenue/contract';
import type { ExchangeReads, NewStrategy, SubOrder } from '@openvenue/core';
import type { Failure } from '../failure.ts';
import type { Mapped } from './counted.ts';
import { newConditionOf } from './new-condition.ts';
import { newOrderOf } from './new-order.ts';

type Symbols = Pick<ExchangeReads, 'symbol'>;

/** The strategy that a well-formed body with these sub-orders asks for. */
export function newStrategyOf(
  { strategyType }: StrategyBody,
  subOrders: readonly SubOrderBody[],
  symbols: Symbols,
): Mapped<NewStrategy> {
  const mapped: SubOrder[] = [];
  for (const [index, { links, order: orderBody, condition }] of subOrders.entries()) {
    if (condition !== undefined) mapped.push({ ...linksOf(links), condition: newConditionOf(condition, symbols) });
    if (orderBody === undefined) continue;
    const order = newOrderOf(orderBody, symbols);
    if (!order.ok) return inSubOrder(order, index);
    mapped.push({ ...linksOf(links), order: order.value });
  }
  return { ok: true, value: { strategyType, subOrders: mapped } };
}

const inSubOrder = (failure: Failure, index: number): Failure =>
  failure.details?.field === undefined
    ? failure
    : { ...failure, details: { ...failure.details, field: `subOrderList[${index}].${failure.details.field}` } };

/** Empty texts are none. */
function linksOf(links: SubOrderLinks): Omit<SubOrder, 'order' | 'condition'> {
  const { strategySubId, firstDrivenId = 0, firstDrivenOn, firstTrigger } = links;
  const { secondDrivenId = 0, secondDrivenOn, secondTrigger } = links;
  return {
    strategySubId,
    firstDrivenId,
    ...(firstDrivenOn ? { firstDrivenOn } : {}),
    ...(firstTrigger ? { firstTrigger } : {}),
    secondDrivenId,
    ...(secondDrivenOn ? { secondDrivenOn } : {}),
    ...(secondTrigger ? { secondTrigger } : {}),
  };
}
