import { Type } from 'typebox';
import { secretText, text } from '../../scalars.ts';
import { defineAgentCall } from '../define-agent-call.ts';
import { agentUserId } from '../fields.ts';

const username = () => text('Name to log in with; unique', { minLength: 3, maxLength: 32 }, 'alice');

/** Gives a user a name and a password to log in with. */
export const setCredentials = defineAgentCall({
  path: '/v1/agent/set-credentials',
  auth: 'signed',
  kind: 'command',
  summary: 'Set the name and password that a user logs in with',
  body: Type.Object({
    agentUserId: agentUserId(),
    username: username(),
    password: secretText('Password', { minLength: 1, maxLength: 64 }),
  }),
  reply: { username: username() },
  errors: ['USER_NOT_BOUND'],
});
