import { operations } from '@openvenue/contract';
import type { OrderReference } from '@openvenue/core';
import { failForm } from '../../failure.ts';
import { privateEndpoint } from '../../http/endpoint.ts';
import { orderReferenceOf } from '../../mapping/new-order.ts';
import type { Venue } from '../../venue.ts';
import { readSymbol } from '../known-symbol.ts';
import { type BatchItem, runBatch } from './batch.ts';

export const batchCancelOrders = privateEndpoint(
  operations.batchCancelOrders,
  (venue, { body, actor, context }) =>
    runBatch(venue, {
      actor,
      nowMs: context.nowMs,
      items: body.orders.map((order) => readItem(venue, order)),
      sent: body.orders,
      single: operations.cancelOrder,
      command: (orders) => ({ type: 'cancel-orders', actor, orders }),
    }),
  (body) => body.orders.length,
);

function readItem(venue: Venue, order: unknown): BatchItem<OrderReference> {
  const form = operations.cancelOrder.bodyValidator.validate(order);
  if (!form.ok) return failForm(form.problem);
  const known = readSymbol(venue, form.value.symbol);
  return known.ok ? orderReferenceOf(form.value) : known;
}
