import { Type } from 'typebox';
import { oneOf, replyText, seconds, timestampMs } from '../../scalars.ts';
import { defineRoute, NO_FIELDS } from '../define-route.ts';

/** Server time, for clients that sign. */
export const getTime = defineRoute({
  method: 'GET',
  path: '/v1/time',
  auth: '-',
  rateLimit: 'public',
  summary: 'Server time, to calibrate a clock before signing',
  query: NO_FIELDS,
  body: NO_FIELDS,
  data: Type.Object({
    timestamp: seconds('Server time'),
    timestampMs: timestampMs('Server time'),
    iso: replyText('Server time, ISO 8601', '2026-02-25T08:23:35.000Z'),
    timezone: oneOf(['UTC'], 'Zone in which days, weeks and months roll over'),
  }),
  errors: [],
});
