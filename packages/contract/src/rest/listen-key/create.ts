import { Type } from 'typebox';
import { timestampMs } from '../../scalars.ts';
import { defineRoute, NO_FIELDS } from '../define-route.ts';
import { listenKey } from './listen-key.ts';

/** Opens the private channel. */
export const createListenKey = defineRoute({
  method: 'POST',
  path: '/v1/private/user/listen-key',
  auth: 'R',
  rateLimit: 'private',
  summary: 'Listen key for the private channel, valid for 60 minutes',
  query: NO_FIELDS,
  body: NO_FIELDS,
  data: Type.Object({ listenKey: listenKey(), expireAt: timestampMs('End of the key, unless it is renewed') }),
  errors: [],
});
