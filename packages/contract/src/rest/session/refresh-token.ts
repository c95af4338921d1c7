import { defineRoute, NO_FIELDS } from '../define-route.ts';
import { AccessToken } from './access-token.ts';

/** Renews the access token from the refresh cookie. */
export const refreshToken = defineRoute({
  method: 'POST',
  path: '/v1/public/user/refresh-token',
  auth: '-',
  rateLimit: 'public',
  summary: 'New access token for the refresh cookie, which is rotated',
  refreshCookie: 'rotates',
  query: NO_FIELDS,
  body: NO_FIELDS,
  data: AccessToken,
  errors: ['UNAUTHENTICATED', 'TOKEN_EXPIRED', 'INVALID_TOKEN', 'TOKEN_REVOKED'],
});
