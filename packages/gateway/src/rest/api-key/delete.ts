import { operations } from '@openvenue/contract';
import { answer } from '../../failure.ts';
import { privateEndpoint } from '../../http/endpoint.ts';
import { execute } from '../command.ts';
import { readKeyId } from './key-id.ts';

export const deleteApiKey = privateEndpoint(operations.deleteApiKey, async (venue, { body, actor }) => {
  const key = readKeyId(body.id);
  if (!key.ok) return key;
  const command = { type: 'delete-api-key', actor, id: key.id } as const;
  const deleted = await execute(venue, command, { kind: 'deleted', userId: actor.userId });
  return deleted.ok ? answer({}) : deleted;
});
