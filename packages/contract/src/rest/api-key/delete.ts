import { Type } from 'typebox';
import { defineRoute, NO_DATA, NO_FIELDS } from '../define-route.ts';
import { keyId } from './fields.ts';

/** Deletes an API key. */
export const deleteApiKey = defineRoute({
  method: 'POST',
  path: '/v1/private/user/api-key/delete',
  auth: 'J',
  rateLimit: 'private',
  summary: 'Delete an API key',
  query: NO_FIELDS,
  body: Type.Object({ id: keyId() }),
  data: NO_DATA,
  errors: [],
});
