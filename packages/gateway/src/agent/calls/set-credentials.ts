import assert from 'node:assert/strict';
import { agentFailureOfProblem, agentOperations } from '@openvenue/contract';
import { refuseOfReject } from '../../mapping/agent-reject.ts';
import { answerAgent, refuseAgent } from '../answer.ts';
import { agentCommand } from '../endpoint.ts';
import { submitForAgent } from '../submit.ts';

const USERNAME_TAKEN = agentFailureOfProblem({ code: 2002, field: 'username', rule: 'a name that no other user has' });

/**
 * Whatever became of it, the call can be repeated: it sets the same name and password again. Where a password is replaced, all
 * sessions of the user end: whoever knew the old one is signed out. A first password ends none.
 */
export const setCredentials = agentCommand(agentOperations.setCredentials, async (venue, request) => {
  const { body, agent, agentAuth } = request;
  const { agentUserId, username, password } = body;
  const { agency, identity } = venue.node.core;
  const resolved = agency.resolveUser(identity, { agentId: agent.agentId, user: { agentUserId } });
  const hadPassword = resolved.ok && identity.userById(resolved.binding.userId)?.passwordHash !== '';
  const passwordHash = await venue.passwords.hash(password);
  if (passwordHash === undefined) return refuseAgent('TEMPORARILY_UNAVAILABLE');
  const submitted = await submitForAgent(venue, {
    type: 'set-credentials',
    agentAuth,
    user: { agentUserId },
    username,
    passwordHash,
  });
  if (!submitted.ok) return refuseAgent('TEMPORARILY_UNAVAILABLE');
  const { reply } = submitted;
  if (!reply.ok)
    return reply.reason === 'USERNAME_TAKEN' ? { ok: false, failure: USERNAME_TAKEN } : refuseOfReject(reply);
  assert(reply.kind === 'credentials', `set-credentials answered ${reply.kind}`);
  if (!hadPassword) return answerAgent({ username });
  const ended = await submitForAgent(venue, { type: 'revoke-all-sessions', userId: reply.userId });
  return ended.ok ? answerAgent({ username }) : refuseAgent('TEMPORARILY_UNAVAILABLE');
});
