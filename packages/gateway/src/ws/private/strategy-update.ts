import type { StrategyRecord } from '@openvenue/core';
import { externalId } from '../../ids.ts';

/** A strategy that has begun or ended; its orders have events of their own. */
export function strategyUpdate(strategy: StrategyRecord): object {
  return {
    eventType: 'STRATEGY_UPDATE',
    strategyId: externalId('strategy', strategy.strategyId),
    symbol: strategy.symbol,
    strategyType: strategy.type,
    strategyStatus: strategy.status,
    subOrders: strategy.subOrders.map(({ strategySubId, order, condition }) => ({
      strategySubId,
      status: order?.status ?? condition?.status ?? '',
      orderId: order === undefined ? '' : externalId('order', order.orderId),
      conditionId: condition === undefined ? '' : externalId('condition', condition.conditionId),
    })),
    bookTime: strategy.createdAtMs,
    updateTime: strategy.updatedAtMs,
  };
}
