import { moveItemValidator, operations } from '@openvenue/contract';
import type { Amendment } from '@openvenue/core';
import { failForm } from '../../failure.ts';
import { privateEndpoint } from '../../http/endpoint.ts';
import { amendmentOf } from '../../mapping/new-order.ts';
import type { Venue } from '../../venue.ts';
import { readSymbol } from '../known-symbol.ts';
import { type BatchItem, runBatch } from './batch.ts';

export const batchMoveOrders = privateEndpoint(
  operations.batchMoveOrders,
  (venue, { body: { symbol, orders }, actor, context }) =>
    runBatch(venue, {
      actor,
      nowMs: context.nowMs,
      items: orders.map((move) => readItem(venue, symbol, move)),
      sent: orders,
      single: operations.moveOrder,
      command: (amendments) => ({ type: 'amend-orders', actor, amendments }),
    }),
  (body) => body.orders.length,
);

function readItem(venue: Venue, symbol: string, move: unknown): BatchItem<Amendment> {
  const form = moveItemValidator.validate(move);
  if (!form.ok) return failForm(form.problem);
  const known = readSymbol(venue, symbol);
  return known.ok ? amendmentOf({ symbol, ...form.value }, venue.node.core.exchange) : known;
}
