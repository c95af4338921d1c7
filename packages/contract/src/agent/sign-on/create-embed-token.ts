import { Type } from 'typebox';
import { channelId } from '../../embed-channel.ts';
import { seconds, symbolName } from '../../scalars.ts';
import { defineAgentCall } from '../define-agent-call.ts';
import { agentUserId } from '../fields.ts';

/** Makes a token that signs a user on in one embedded terminal, once. */
export const createEmbedToken = defineAgentCall({
  path: '/v1/agent/create-embed-token',
  auth: 'signed',
  kind: 'command',
  summary: 'One-time token for an embedded terminal',
  body: Type.Object({
    agentUserId: agentUserId(),
    channelId: channelId(),
    symbol: Type.Optional(symbolName('First market shown')),
  }),
  reply: {
    embedToken: Type.String({
      description: 'One-time token; never part of a URL',
      'x-secret': true,
      examples: ['et_3q2-7wAAfYk'],
    }),
    expireAt: seconds('End of the token'),
  },
  errors: ['USER_NOT_BOUND'],
});
