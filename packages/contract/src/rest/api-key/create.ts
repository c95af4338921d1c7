import { Type } from 'typebox';
import { defineRoute, NO_FIELDS } from '../define-route.ts';
import { apiKey, ipWhitelist, label, permissions } from './fields.ts';

/** Creates an API key. */
export const createApiKey = defineRoute({
  method: 'POST',
  path: '/v1/private/user/api-key/create',
  auth: 'J',
  rateLimit: 'private',
  summary: 'Create an API key; its secret is shown this once',
  query: NO_FIELDS,
  body: Type.Object({
    label: label(),
    permissions: Type.Optional(permissions()),
    ipWhitelist: Type.Optional(ipWhitelist()),
  }),
  data: Type.Object({
    apiKey: apiKey(),
    apiSecret: Type.String({
      description: 'Secret to sign with; it cannot be read again',
      'x-secret': true,
      examples: ['c29tZSBsb25nIHJhbmRvbSBzZWNyZXQ'],
    }),
  }),
  errors: [],
});
