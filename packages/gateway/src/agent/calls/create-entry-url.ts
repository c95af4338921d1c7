import { agentOperations, REDIRECT_PATH_DEFAULT } from '@openvenue/contract';
import { newOneTimeToken, oneTimeTokenHash } from '../../access/one-time-token.ts';
import { answerAgent, refuseAgent } from '../answer.ts';
import { agentCommand } from '../endpoint.ts';
import { executeForAgent } from '../submit.ts';

export const createEntryUrl = agentCommand(agentOperations.createEntryUrl, async (venue, { body, agentAuth }) => {
  const { agentUserId, redirectPath = REDIRECT_PATH_DEFAULT, returnUrl = '' } = body;
  const ticket = newOneTimeToken(venue.random);
  const executed = await executeForAgent(
    venue,
    {
      type: 'create-entry-ticket',
      agentAuth,
      user: { agentUserId },
      ticketHash: oneTimeTokenHash(ticket),
      redirectPath,
      returnUrl: plainUrl(returnUrl),
    },
    'sign-on',
  );
  // A ticket that nobody was told of lets nobody in: the call can be repeated.
  if (executed === 'unknown') return refuseAgent('TEMPORARILY_UNAVAILABLE');
  if (!executed.ok) return executed;
  const webUrl = `${venue.publicUrl}/agent-entry?ticket=${ticket}`;
  return answerAgent({ webUrl, expireAt: Math.floor(executed.reply.expiresAtMs / 1_000) });
});

const PLAIN_URL = /^(?:https?:\/\/[\x21-\x7e]+)?$/;

/** Kept is ASCII under a lower-case scheme; other spellings of a URL become what a browser makes of them. */
const plainUrl = (text: string): string => (PLAIN_URL.test(text) ? text : new URL(text).href);
