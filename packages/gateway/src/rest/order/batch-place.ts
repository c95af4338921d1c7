import assert from 'node:assert/strict';
import { operations } from '@openvenue/contract';
import type { NewOrder } from '@openvenue/core';
import { answer, type Failure, failForm } from '../../failure.ts';
import { privateEndpoint } from '../../http/endpoint.ts';
import { newOrderOf } from '../../mapping/new-order.ts';
import { failReject } from '../../mapping/reject.ts';
import type { Venue } from '../../venue.ts';
import { execute } from '../command.ts';
import { batchReply, type ItemOutcome } from './batch-result.ts';

type Item = Failure | { readonly ok: true; readonly value: NewOrder };

/** The well-formed items go into one command; a malformed one fails alone, at its place. */
export const batchPlaceOrders = privateEndpoint(
  operations.batchPlaceOrders,
  async (venue, { body, actor, context }) => {
    const items = body.orders.map((order) => readItem(venue, order));
    const orders = items.flatMap((item) => (item.ok ? [item.value] : []));
    if (orders.length === 0)
      return answer(
        batchReply(
          items.flatMap((item) => (item.ok ? [] : [item])),
          context.nowMs,
        ),
      );
    const command = { type: 'place-orders', actor, orders } as const;
    const placed = await execute(venue, command, { kind: 'batch', userId: actor.userId });
    if (!placed.ok) return placed;

    const { exchange } = venue.node.core;
    const results = placed.reply.results.values();
    const outcomes = items.map((item): ItemOutcome => {
      if (!item.ok) return item;
      const { value: result } = results.next();
      assert(result !== undefined, 'a batch has a result for each of its orders');
      return result.ok ? result : failReject(result, { exchange, userId: actor.userId, symbol: item.value.symbol });
    });
    return answer(batchReply(outcomes, placed.timeMs));
  },
  (body) => body.orders.length,
);

function readItem(venue: Venue, order: unknown): Item {
  const form = operations.placeOrder.bodyValidator.validate(order);
  return form.ok ? newOrderOf(form.value, venue.node.core.exchange) : failForm(form.problem);
}
