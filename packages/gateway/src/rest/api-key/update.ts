import { operations } from '@openvenue/contract';
import type { Command } from '@openvenue/core';
import { defined } from '../../defined.ts';
import { answer } from '../../failure.ts';
import { privateEndpoint } from '../../http/endpoint.ts';
import { execute } from '../command.ts';
import { refuseIpWhitelist } from './ip-whitelist.ts';
import { readKeyId } from './key-id.ts';

export const updateApiKey = privateEndpoint(operations.updateApiKey, async (venue, { body, actor }) => {
  const { label, permissions, ipWhitelist, status } = body;
  const key = readKeyId(body.id);
  if (!key.ok) return key;
  const refused = refuseIpWhitelist(ipWhitelist ?? []);
  if (refused !== undefined) return refused;
  const enabled = status === undefined ? undefined : status === 1;
  const changes = defined({ label, permissions, ipWhitelist, enabled });
  const command: Command = { type: 'update-api-key', actor, id: key.id, ...changes };
  const updated = await execute(venue, command, { kind: 'done', userId: actor.userId });
  return updated.ok ? answer({}) : updated;
});
