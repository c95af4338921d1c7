import { defineRoute, NO_DATA, NO_FIELDS } from '../define-route.ts';

/** Ends the login session. */
export const logout = defineRoute({
  method: 'POST',
  path: '/v1/private/user/logout',
  auth: 'J',
  rateLimit: 'private',
  summary: 'End the session at once and clear the refresh cookie',
  refreshCookie: 'clears',
  query: NO_FIELDS,
  body: NO_FIELDS,
  data: NO_DATA,
  errors: [],
});
