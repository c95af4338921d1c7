import { operations } from '@openvenue/contract';
import { answer } from '../../failure.ts';
import { privateEndpoint } from '../../http/endpoint.ts';
import { execute } from '../command.ts';

export const deleteListenKey = privateEndpoint(operations.deleteListenKey, async (venue, { body, actor }) => {
  const command = { type: 'close-listen-key', actor, listenKey: body.listenKey } as const;
  const closed = await execute(venue, command, { kind: 'done', userId: actor.userId });
  return closed.ok ? answer({}) : closed;
});
