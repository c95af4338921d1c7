import type { ConditionView, FillView, OrderView } from '@openvenue/contract';
import type { ConditionRecord, FillRecord, OrderRecord } from '@openvenue/core';
import { conditionView } from '../../mapping/condition.ts';
import { fillView, orderView } from '../../mapping/order.ts';
import { rejectCodeOf } from '../../mapping/reject.ts';
import type { Venue } from '../../venue.ts';
import { parametersOf } from '../known-symbol.ts';

export const showOrder = (venue: Venue, order: OrderRecord): OrderView =>
  orderView(order, parametersOf(venue, order.symbol));

export const showFill = (venue: Venue, fill: FillRecord): FillView => fillView(fill, parametersOf(venue, fill.symbol));

export function showCondition(venue: Venue, condition: ConditionRecord): ConditionView {
  const rejectCode = rejectCodeOf(condition);
  return {
    ...conditionView(condition, parametersOf(venue, condition.symbol)),
    ...(rejectCode === 0 ? {} : { rejectCode }),
  };
}
