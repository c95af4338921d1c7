import { agentFailureOfProblem, agentOperations } from '@openvenue/contract';
import { refuseOfReject } from '../../mapping/agent-reject.ts';
import { answerAgent, refuseAgent } from '../answer.ts';
import { agentCommand } from '../endpoint.ts';
import { submitForAgent } from '../submit.ts';

const USERNAME_TAKEN = agentFailureOfProblem({ code: 2002, field: 'username', rule: 'a name that no other user has' });

/** Whatever became of it, the call can be repeated: it sets the same name and password again. */
export const setCredentials = agentCommand(agentOperations.setCredentials, async (venue, { body, agentAuth }) => {
  const { agentUserId, username, password } = body;
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
  if (reply.ok) return answerAgent({ username });
  return reply.reason === 'USERNAME_TAKEN' ? { ok: false, failure: USERNAME_TAKEN } : refuseOfReject(reply);
});
