import { operations } from '@openvenue/contract';
import type { NewOrder } from '@openvenue/core';
import { failForm } from '../../failure.ts';
import { privateEndpoint } from '../../http/endpoint.ts';
import { newOrderOf } from '../../mapping/new-order.ts';
import type { Venue } from '../../venue.ts';
import { type BatchItem, runBatch } from './batch.ts';

export const batchPlaceOrders = privateEndpoint(
  operations.batchPlaceOrders,
  (venue, { body, actor, context }) =>
    runBatch(venue, {
      actor,
      nowMs: context.nowMs,
      items: body.orders.map((order) => readItem(venue, order)),
      sent: body.orders,
      single: operations.placeOrder,
      command: (orders) => ({ type: 'place-orders', actor, orders }),
    }),
  (body) => body.orders.length,
);

function readItem(venue: Venue, order: unknown): BatchItem<NewOrder> {
  const form = operations.placeOrder.bodyValidator.validate(order);
  return form.ok ? newOrderOf(form.value, venue.node.core.exchange) : failForm(form.problem);
}
