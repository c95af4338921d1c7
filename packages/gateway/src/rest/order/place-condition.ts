import { operations } from '@openvenue/contract';
import { answer } from '../../failure.ts';
import { privateEndpoint } from '../../http/endpoint.ts';
import { conditionReply } from '../../mapping/condition.ts';
import { newConditionOf } from '../../mapping/new-condition.ts';
import { execute } from '../command.ts';

export const placeCondition = privateEndpoint(operations.placeCondition, async (venue, { body, actor }) => {
  const command = {
    type: 'place-condition',
    actor,
    condition: newConditionOf(body, venue.node.core.exchange),
  } as const;
  const placed = await execute(venue, command, { kind: 'condition', userId: actor.userId, symbol: body.symbol });
  return placed.ok ? answer(conditionReply(placed.reply.condition, placed.timeMs)) : placed;
});
