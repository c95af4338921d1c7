import { Type } from 'typebox';
import { defineRoute, NO_DATA, NO_FIELDS } from '../define-route.ts';
import { ipWhitelist, keyId, keyStatus, label, permissions } from './fields.ts';

/** Changes an API key; fields that are left out stay. */
export const updateApiKey = defineRoute({
  method: 'PUT',
  path: '/v1/private/user/api-key/update',
  auth: 'J',
  rateLimit: 'private',
  summary: 'Change label, permissions, allow-list or status of an API key',
  query: NO_FIELDS,
  body: Type.Object({
    id: keyId(),
    label: Type.Optional(label()),
    permissions: Type.Optional(permissions()),
    ipWhitelist: Type.Optional(ipWhitelist()),
    status: Type.Optional(keyStatus()),
  }),
  data: NO_DATA,
  errors: [],
});
