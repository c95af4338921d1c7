import { operations } from '@openvenue/contract';
import { answer } from '../../failure.ts';
import { privateEndpoint } from '../../http/endpoint.ts';
import { newOrderOf } from '../../mapping/new-order.ts';
import { previewView } from '../../mapping/preview.ts';
import { failReject } from '../../mapping/reject.ts';
import { parametersOf } from '../known-symbol.ts';

/** Answered from what the core knows now: nothing is sequenced, so its signature may come again. */
export const previewOrder = privateEndpoint(operations.previewOrder, (venue, { body, principal: { userId } }) => {
  const { exchange } = venue.node.core;
  const order = newOrderOf(body, exchange);
  if (!order.ok) return order;
  const preview = exchange.previewOrder(userId, order.value);
  if (!preview.ok) return failReject(preview, { exchange, userId, symbol: body.symbol });
  return answer(previewView(preview, parametersOf(venue, body.symbol)));
});
