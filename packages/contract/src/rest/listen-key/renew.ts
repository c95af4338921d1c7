import { Type } from 'typebox';
import { defineRoute, NO_DATA, NO_FIELDS } from '../define-route.ts';
import { listenKey } from './listen-key.ts';

/** Renews a listen key. */
export const renewListenKey = defineRoute({
  method: 'PUT',
  path: '/v1/private/user/listen-key',
  auth: 'R',
  rateLimit: 'private',
  summary: 'Renew a listen key for another 60 minutes',
  query: NO_FIELDS,
  body: Type.Object({ listenKey: listenKey() }),
  data: NO_DATA,
  errors: [],
});
