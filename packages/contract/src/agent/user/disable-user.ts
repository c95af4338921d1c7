import { Type } from 'typebox';
import { flag, oneOf } from '../../scalars.ts';
import { defineAgentCall } from '../define-agent-call.ts';
import { PARTY_STATUSES } from '../enums.ts';
import { agentUserId } from '../fields.ts';

/** Disables a user or enables it again. */
export const disableUser = defineAgentCall({
  path: '/v1/agent/disable-user',
  auth: 'signed',
  kind: 'command',
  summary: 'Disable a user, which ends its sessions, or enable it again',
  body: Type.Object({
    agentUserId: agentUserId(),
    disabled: flag('true disables, false enables', true),
  }),
  reply: { userStatus: oneOf(PARTY_STATUSES, 'State of the user after the call') },
  errors: ['USER_NOT_BOUND'],
});
