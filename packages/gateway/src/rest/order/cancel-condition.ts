import { operations } from '@openvenue/contract';
import { answer } from '../../failure.ts';
import { privateEndpoint } from '../../http/endpoint.ts';
import { conditionReply } from '../../mapping/condition.ts';
import { conditionReferenceOf } from '../../mapping/new-condition.ts';
import { execute } from '../command.ts';
import { readSymbol } from '../known-symbol.ts';

export const cancelCondition = privateEndpoint(operations.cancelCondition, async (venue, { body, actor }) => {
  const known = readSymbol(venue, body.symbol);
  if (!known.ok) return known;
  const condition = conditionReferenceOf(body);
  if (!condition.ok) return condition;
  const command = { type: 'cancel-condition', actor, condition: condition.value } as const;
  const canceled = await execute(venue, command, { kind: 'condition', userId: actor.userId, symbol: body.symbol });
  return canceled.ok ? answer(conditionReply(canceled.reply.condition, canceled.timeMs)) : canceled;
});
