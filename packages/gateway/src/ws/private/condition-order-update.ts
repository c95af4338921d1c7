import type { ConditionOrderUpdate } from '@openvenue/contract';
import type { ConditionRecord } from '@openvenue/core';
import { externalId } from '../../ids.ts';
import { conditionFieldsOf } from '../../mapping/condition.ts';
import type { Grid } from '../../mapping/order.ts';
import { rejectCodeOf } from '../../mapping/reject.ts';

/** A condition order as it stands after the event, with the fields that REST gives it. */
export function conditionOrderUpdate(condition: ConditionRecord, grid: Grid): ConditionOrderUpdate {
  const { generatedOrderId, strategyId } = condition;
  return {
    eventType: 'CONDITION_ORDER_UPDATE',
    ...conditionFieldsOf(condition, grid),
    rejectReason: condition.rejectReason,
    rejectCode: rejectCodeOf(condition),
    generatedOrderId: generatedOrderId === 0 ? '' : externalId('order', generatedOrderId),
    strategyId: strategyId === 0 ? '' : externalId('strategy', strategyId),
    createdAt: condition.createdAtMs,
    updatedAt: condition.updatedAtMs,
  };
}
