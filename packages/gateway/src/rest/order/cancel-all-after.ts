import { operations } from '@openvenue/contract';
import { defined } from '../../defined.ts';
import { answer } from '../../failure.ts';
import { privateEndpoint } from '../../http/endpoint.ts';
import { execute } from '../command.ts';

export const cancelAllAfter = privateEndpoint(operations.cancelAllAfter, async (venue, { body, actor }) => {
  const { timeoutMs, keepReduceOnly } = body;
  const command = { type: 'cancel-all-after', actor, timeoutMs, ...defined({ keepReduceOnly }) } as const;
  const set = await execute(venue, command, { kind: 'deadline', userId: actor.userId });
  return set.ok ? answer({}) : set;
});
