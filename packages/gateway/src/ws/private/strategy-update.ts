import type { StrategyUpdate } from '@openvenue/contract';
import type { StrategyRecord } from '@openvenue/core';
import { externalId } from '../../ids.ts';
import { subOrderStatusOf } from '../../mapping/strategy.ts';

/** A strategy that has begun or ended; its orders have events of their own. */
export function strategyUpdate(strategy: StrategyRecord): StrategyUpdate {
  return {
    eventType: 'STRATEGY_UPDATE',
    strategyId: externalId('strategy', strategy.strategyId),
    symbol: strategy.symbol,
    strategyType: strategy.type,
    strategyStatus: strategy.status,
    subOrders: strategy.subOrders.map((subOrder) => ({
      strategySubId: subOrder.strategySubId,
      status: subOrderStatusOf(subOrder),
      orderId: subOrder.order === undefined ? '' : externalId('order', subOrder.order.orderId),
      conditionId: subOrder.condition === undefined ? '' : externalId('condition', subOrder.condition.conditionId),
    })),
    bookTime: strategy.createdAtMs,
    updateTime: strategy.updatedAtMs,
  };
}
