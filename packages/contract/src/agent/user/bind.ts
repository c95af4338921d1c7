import { Type } from 'typebox';
import { flag, oneOf, text } from '../../scalars.ts';
import { defineAgentCall } from '../define-agent-call.ts';
import { BIND_STATUSES } from '../enums.ts';
import { agentUserId, platformUserIdView } from '../fields.ts';

/** Characters of a display name. */
export const DISPLAY_NAME_MAX_LENGTH = 128;

/** Binds a user of the partner to a user of the venue. */
export const bindUser = defineAgentCall({
  path: '/v1/agent/bind',
  auth: 'signed',
  kind: 'command',
  summary: 'Bind a user; repeated, it answers the same user',
  body: Type.Object({
    agentUserId: agentUserId(),
    username: Type.Optional(
      text('Display name; neither unique nor the name to log in with', { maxLength: DISPLAY_NAME_MAX_LENGTH }, 'Alice'),
    ),
    ext: Type.Optional(
      Type.Unknown({ description: 'Free for the partner: signed and otherwise ignored', examples: [{ tier: 'gold' }] }),
    ),
  }),
  reply: {
    platformUserId: platformUserIdView(),
    bindStatus: oneOf(BIND_STATUSES, 'The user is bound'),
    isSimulatedUser: flag('The user trades simulated money'),
  },
  errors: [],
});
