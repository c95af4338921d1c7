import { operations } from '@openvenue/contract';
import { answer } from '../../failure.ts';
import { privateEndpoint } from '../../http/endpoint.ts';
import { execute } from '../command.ts';

export const renewListenKey = privateEndpoint(operations.renewListenKey, async (venue, { body, actor }) => {
  const command = { type: 'renew-listen-key', actor, listenKey: body.listenKey } as const;
  const renewed = await execute(venue, command, { kind: 'listen-key', userId: actor.userId });
  return renewed.ok ? answer({}) : renewed;
});
