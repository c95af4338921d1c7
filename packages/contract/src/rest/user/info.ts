import { Type } from 'typebox';
import { count, replyText, text, timestampMs, userId } from '../../scalars.ts';
import { defineRoute, NO_FIELDS } from '../define-route.ts';

/** Who the user is. */
export const getUserInfo = defineRoute({
  method: 'GET',
  path: '/v1/private/user/info',
  auth: 'R',
  rateLimit: 'private',
  summary: 'The user',
  query: NO_FIELDS,
  body: NO_FIELDS,
  data: Type.Object({
    userInfo: Type.Object(
      {
        userId: userId('External id of the user'),
        username: text('User name', { maxLength: 128 }, 'alice'),
        agentId: count('Public number of the agent the user belongs to; 0 without agent'),
        vipLevel: count('Fee level'),
        lastLoginAt: timestampMs('Time of the last log-in; 0 when there was none'),
        lastLoginIp: replyText('Address of the last log-in', '203.0.113.7'),
      },
      { description: 'The user' },
    ),
  }),
  errors: [],
});
