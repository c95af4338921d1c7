import { operations } from '@openvenue/contract';
import { answer } from '../../failure.ts';
import { privateEndpoint } from '../../http/endpoint.ts';
import { orderReferenceOf } from '../../mapping/new-order.ts';
import { orderReply } from '../../mapping/order.ts';
import { execute } from '../command.ts';
import { readSymbol } from '../known-symbol.ts';

export const cancelOrder = privateEndpoint(operations.cancelOrder, async (venue, { body, actor }) => {
  const known = readSymbol(venue, body.symbol);
  if (!known.ok) return known;
  const order = orderReferenceOf(body);
  if (!order.ok) return order;
  const command = { type: 'cancel-order', actor, order: order.value } as const;
  const canceled = await execute(venue, command, { kind: 'order', userId: actor.userId, symbol: body.symbol });
  return canceled.ok ? answer(orderReply(canceled.reply.order, canceled.timeMs)) : canceled;
});
