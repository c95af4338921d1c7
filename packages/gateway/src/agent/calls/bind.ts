import { agentOperations } from '@openvenue/contract';
import { refuseOfReject } from '../../mapping/agent-reject.ts';
import type { RandomBytes } from '../../options.ts';
import { answerAgent, refuseAgent } from '../answer.ts';
import { agentCommand } from '../endpoint.ts';
import { submitForAgent } from '../submit.ts';

/** Draws of an external id before giving up: one is in use once in nine thousand times at the most users there can be. */
const DRAWS = 5;
const FIRST_EXTERNAL_ID = 1_000_000_000;
const EXTERNAL_IDS = 9_000_000_000;
const DRAW_BYTES = 6;

export const bindUser = agentCommand(agentOperations.bindUser, async (venue, { body, agentAuth }) => {
  const { agentUserId, username: displayName } = body;
  for (let draw = 0; draw < DRAWS; draw++) {
    const submitted = await submitForAgent(venue, {
      type: 'bind-user',
      agentAuth,
      agentUserId,
      externalUserId: drawExternalId(venue.random),
      ...(displayName === undefined ? {} : { displayName }),
    });
    // Whatever became of it, a repeated bind gives the same user.
    if (!submitted.ok) return refuseAgent('TEMPORARILY_UNAVAILABLE');
    const { reply } = submitted;
    if (reply.ok && reply.kind === 'binding') {
      return answerAgent({ platformUserId: reply.externalUserId, bindStatus: 'BOUND', isSimulatedUser: false });
    }
    if (reply.ok) throw new Error(`bind-user answered ${reply.kind}`);
    if (reply.reason !== 'EXTERNAL_ID_TAKEN') return refuseOfReject(reply);
  }
  return refuseAgent('TEMPORARILY_UNAVAILABLE');
});

/** Ten digits at random, so that they tell nothing. */
function drawExternalId(random: RandomBytes): string {
  return String(FIRST_EXTERNAL_ID + (random(DRAW_BYTES).readUIntBE(0, DRAW_BYTES) % EXTERNAL_IDS));
}
