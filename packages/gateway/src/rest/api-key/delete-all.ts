import { operations } from '@openvenue/contract';
import { answer } from '../../failure.ts';
import { privateEndpoint } from '../../http/endpoint.ts';
import { execute } from '../command.ts';

export const deleteAllApiKeys = privateEndpoint(operations.deleteAllApiKeys, async (venue, { actor }) => {
  const command = { type: 'delete-all-api-keys', actor } as const;
  const deleted = await execute(venue, command, { kind: 'deleted', userId: actor.userId });
  return deleted.ok ? answer({ deleted: deleted.reply.count }) : deleted;
});
