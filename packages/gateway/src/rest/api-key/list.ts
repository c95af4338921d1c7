import { operations } from '@openvenue/contract';
import { answer } from '../../failure.ts';
import { privateEndpoint } from '../../http/endpoint.ts';
import { externalId } from '../../ids.ts';

export const listApiKeys = privateEndpoint(operations.listApiKeys, ({ node, keyUses }, { principal }) => {
  const newestFirst = node.core.identity.apiKeys(principal.userId).toReversed();
  const list = newestFirst.map((key) => ({
    id: externalId('api-key', key.id),
    label: key.label,
    apiKey: key.apiKey,
    permissions: key.permissions,
    ipWhitelist: [...key.ipWhitelist],
    status: key.enabled ? 1 : 0,
    lastUsedAt: Math.max(key.lastUsedAtMs, keyUses.lastUsedAtMs(key.id)),
    createdAt: key.createdAtMs,
  }));
  return answer({ list });
});
