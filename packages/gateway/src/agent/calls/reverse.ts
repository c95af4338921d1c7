import { agentOperations } from '@openvenue/contract';
import { answerAgent } from '../answer.ts';
import { agentCommand } from '../endpoint.ts';
import { executeForAgent } from '../submit.ts';
import { environmentOf } from './fields.ts';

export const reverse = agentCommand(agentOperations.reverse, async (venue, { body, agentAuth }) => {
  const { origOrderNo, reverseOrderNo, reverseReason: reason } = body;
  const executed = await executeForAgent(
    venue,
    { type: 'reverse-transfer', agentAuth, origOrderNo, reverseOrderNo, reason },
    'transfer',
  );
  if (executed === 'unknown') return answerAgent({ orderStatus: 'PROCESSING', ...environmentOf(body) });
  if (!executed.ok) return executed;
  return answerAgent({ orderStatus: executed.reply.status, ...environmentOf(body) });
});
