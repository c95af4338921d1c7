import { operations } from '@openvenue/contract';
import { answer } from '../../failure.ts';
import { privateEndpoint } from '../../http/endpoint.ts';
import { execute } from '../command.ts';

const LISTEN_KEY_BYTES = 16;

export const createListenKey = privateEndpoint(operations.createListenKey, async (venue, { actor }) => {
  const listenKey = venue.random(LISTEN_KEY_BYTES).toString('hex');
  const command = { type: 'create-listen-key', actor, listenKey } as const;
  const created = await execute(venue, command, { kind: 'listen-key', userId: actor.userId });
  return created.ok ? answer({ listenKey, expireAt: created.reply.expiresAtMs }) : created;
});
