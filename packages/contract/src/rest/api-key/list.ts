import { Type } from 'typebox';
import { timestampMs } from '../../scalars.ts';
import { defineRoute, NO_FIELDS } from '../define-route.ts';
import { apiKey, ipWhitelist, keyId, keyStatus, label, permissions } from './fields.ts';

/** An API key without its secret. */
export const ApiKeyView = Type.Object({
  id: keyId(),
  label: label(),
  apiKey: apiKey(),
  permissions: permissions(),
  ipWhitelist: ipWhitelist(),
  status: keyStatus(),
  lastUsedAt: timestampMs('Time of the last use; 0 when never used'),
  createdAt: timestampMs('Time of creation'),
});

/** Lists the user's API keys. */
export const listApiKeys = defineRoute({
  method: 'GET',
  path: '/v1/private/user/api-key/list',
  auth: 'J',
  rateLimit: 'private',
  summary: 'The API keys of the user',
  query: NO_FIELDS,
  body: NO_FIELDS,
  data: Type.Object({ list: Type.Array(ApiKeyView, { description: 'Keys, newest first' }) }),
  errors: [],
});
