import { operations } from '@openvenue/contract';
import { answer, fail } from '../../failure.ts';
import { privateEndpoint } from '../../http/endpoint.ts';
import { externalId, internalId } from '../../ids.ts';
import { subOrderStatusOf } from '../../mapping/strategy.ts';
import { showCondition, showOrder } from './views.ts';

export const getStrategy = privateEndpoint(operations.getStrategy, (venue, { query, principal }) => {
  const strategyId = internalId('strategy', query.strategyId);
  const { exchange } = venue.node.core;
  const strategy = strategyId === undefined ? undefined : exchange.strategy(principal.userId, strategyId);
  if (strategy === undefined)
    return fail('ORDER_NOT_FOUND', { details: { rule: 'no such strategy in the last 24 h' } });
  return answer({
    strategyId: externalId('strategy', strategy.strategyId),
    strategyType: strategy.type,
    strategyStatus: strategy.status,
    bookTime: strategy.createdAtMs,
    subOrders: strategy.subOrders.map((subOrder) => ({
      strategySubId: subOrder.strategySubId,
      status: subOrderStatusOf(subOrder),
      ...(subOrder.order === undefined ? {} : { order: showOrder(venue, subOrder.order) }),
      ...(subOrder.condition === undefined ? {} : { condition: showCondition(venue, subOrder.condition) }),
    })),
    updateTime: strategy.updatedAtMs,
  });
});
