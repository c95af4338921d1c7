import { Type } from 'typebox';
import { defineRoute, NO_DATA, NO_FIELDS } from '../define-route.ts';
import { listenKey } from './listen-key.ts';

/** Ends a listen key. */
export const deleteListenKey = defineRoute({
  method: 'DELETE',
  path: '/v1/private/user/listen-key',
  auth: 'R',
  rateLimit: 'private',
  summary: 'End a listen key; its connection is closed',
  query: NO_FIELDS,
  body: Type.Object({ listenKey: listenKey() }),
  data: NO_DATA,
  errors: [],
});
