import { Type } from 'typebox';
import { count } from '../../scalars.ts';
import { defineRoute, NO_FIELDS } from '../define-route.ts';

/** Deletes all API keys of the user. */
export const deleteAllApiKeys = defineRoute({
  method: 'POST',
  path: '/v1/private/user/api-key/delete-all',
  auth: 'J',
  rateLimit: 'private',
  summary: 'Delete all API keys of the user',
  query: NO_FIELDS,
  body: NO_FIELDS,
  data: Type.Object({ deleted: count('Number of keys that were deleted') }),
  errors: [],
});
