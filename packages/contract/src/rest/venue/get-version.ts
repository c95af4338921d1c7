import { Type } from 'typebox';
import { MARKET_KINDS } from '../../enums.ts';
import { oneOf, replyText } from '../../scalars.ts';
import { defineRoute, NO_FIELDS } from '../define-route.ts';

/** What is running. */
export const getVersion = defineRoute({
  method: 'GET',
  path: '/v1/version',
  auth: '-',
  rateLimit: 'public',
  summary: 'Version of the venue',
  query: NO_FIELDS,
  body: NO_FIELDS,
  data: Type.Object({
    service: replyText('Name of the service', 'openvenue'),
    version: replyText('Version of the service', '0.1.0'),
    commit: replyText('Commit the service was built from', '9f2c1ab'),
    date: replyText('Date of the build, ISO 8601', '2026-02-25T00:00:00Z'),
    market: oneOf(MARKET_KINDS, 'Whether prices are a replay or come from real sources'),
  }),
  errors: [],
});
