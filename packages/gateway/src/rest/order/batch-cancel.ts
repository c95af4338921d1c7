import { operations } from '@openvenue/contract';
import type { OrderReference } from '@openvenue/core';
import { failForm } from '../../failure.ts';
import { privateEndpoint } from '../../http/endpoint.ts';
import { orderReferenceOf } from '../../mapping/new-order.ts';
import { type BatchItem, runBatch } from './batch.ts';

export const batchCancelOrders = privateEndpoint(
  operations.batchCancelOrders,
  (venue, { body, actor, context }) =>
    runBatch(venue, {
      actor,
      nowMs: context.nowMs,
      items: body.orders.map(readItem),
      command: (orders) => ({ type: 'cancel-orders', actor, orders }),
    }),
  (body) => body.orders.length,
);

function readItem(order: unknown): BatchItem<OrderReference> {
  const form = operations.cancelOrder.bodyValidator.validate(order);
  return form.ok ? orderReferenceOf(form.value) : failForm(form.problem);
}
