import { agentOperations } from '@openvenue/contract';
import { answerAgent, refuseAgent } from '../answer.ts';
import { agentCommand } from '../endpoint.ts';
import { executeForAgent } from '../submit.ts';

export const disableUser = agentCommand(agentOperations.disableUser, async (venue, { body, agentAuth }) => {
  const { agentUserId, disabled } = body;
  const command = { type: 'disable-user', agentAuth, user: { agentUserId }, disabled } as const;
  const executed = await executeForAgent(venue, command, 'user-status');
  // Whatever became of it, the call can be repeated: it leads to the same state again.
  if (executed === 'unknown') return refuseAgent('TEMPORARILY_UNAVAILABLE');
  if (!executed.ok) return executed;
  return answerAgent({ userStatus: executed.reply.disabled ? 'DISABLED' : 'ACTIVE' });
});
