import { operations, PERMISSIONS_DEFAULT } from '@openvenue/contract';
import type { Command } from '@openvenue/core';
import { answer } from '../../failure.ts';
import { privateEndpoint } from '../../http/endpoint.ts';
import { execute } from '../command.ts';
import { refuseIpWhitelist } from './ip-whitelist.ts';

export const createApiKey = privateEndpoint(operations.createApiKey, async (venue, { body, actor }) => {
  const { label, permissions = PERMISSIONS_DEFAULT, ipWhitelist = [] } = body;
  const refused = refuseIpWhitelist(ipWhitelist);
  if (refused !== undefined) return refused;
  const { apiKey, apiSecret, sealedSecret } = venue.secrets.create();
  const command: Command = { type: 'create-api-key', actor, apiKey, label, permissions, ipWhitelist, sealedSecret };
  const created = await execute(venue, command, { kind: 'api-key', userId: actor.userId });
  return created.ok ? answer({ apiKey, apiSecret }) : created;
});
