import { operations } from '@openvenue/contract';
import { answer } from '../../failure.ts';
import { privateEndpoint } from '../../http/endpoint.ts';
import { amendmentOf } from '../../mapping/new-order.ts';
import { orderReply } from '../../mapping/order.ts';
import { execute } from '../command.ts';
import { readSymbol } from '../known-symbol.ts';

export const moveOrder = privateEndpoint(operations.moveOrder, async (venue, { body, actor }) => {
  const known = readSymbol(venue, body.symbol);
  if (!known.ok) return known;
  const amendment = amendmentOf(body, venue.node.core.exchange);
  if (!amendment.ok) return amendment;
  const command = { type: 'amend-order', actor, amendment: amendment.value } as const;
  const amended = await execute(venue, command, { kind: 'order', userId: actor.userId, symbol: body.symbol });
  return amended.ok ? answer(orderReply(amended.reply.order, amended.timeMs)) : amended;
});
