import { agentOperations } from '@openvenue/contract';
import { newOneTimeToken, oneTimeTokenHash } from '../../access/one-time-token.ts';
import { answerAgent, refuseAgent } from '../answer.ts';
import { agentCommand } from '../endpoint.ts';
import { executeForAgent } from '../submit.ts';

export const createEmbedToken = agentCommand(agentOperations.createEmbedToken, async (venue, { body, agentAuth }) => {
  const { agentUserId, channelId, symbol = '' } = body;
  const embedToken = newOneTimeToken(venue.random);
  const tokenHash = oneTimeTokenHash(embedToken);
  const executed = await executeForAgent(
    venue,
    { type: 'create-embed-token', agentAuth, user: { agentUserId }, tokenHash, channelId, symbol },
    'sign-on',
  );
  // A token that nobody was told of lets nobody in: the call can be repeated.
  if (executed === 'unknown') return refuseAgent('TEMPORARILY_UNAVAILABLE');
  if (!executed.ok) return executed;
  return answerAgent({ embedToken, expireAt: Math.floor(executed.reply.expiresAtMs / 1_000) });
});
