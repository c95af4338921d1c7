import { operations } from '@openvenue/contract';
import { answer } from '../../failure.ts';
import { privateEndpoint } from '../../http/endpoint.ts';
import { newOrderOf } from '../../mapping/new-order.ts';
import { orderReply } from '../../mapping/order.ts';
import { execute } from '../command.ts';

export const placeOrder = privateEndpoint(operations.placeOrder, async (venue, { body, actor }) => {
  const order = newOrderOf(body, venue.node.core.exchange);
  if (!order.ok) return order;
  const command = { type: 'place-order', actor, order: order.value } as const;
  const placed = await execute(venue, command, { kind: 'order', userId: actor.userId, symbol: body.symbol });
  return placed.ok ? answer(orderReply(placed.reply.order, placed.timeMs)) : placed;
});
