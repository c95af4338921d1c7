import { agentOperations, CURRENCY_DEFAULT } from '@openvenue/contract';
import { formatDecimal } from '@openvenue/money';
import { answerAgent, refuseAgent } from '../answer.ts';
import { agentQuery } from '../endpoint.ts';

export const queryAccount = agentQuery(agentOperations.queryAccount, ({ node }, { body, agent: { agentId } }) => {
  // As it stands now: the agent of the request was read before its nonce was taken.
  const agent = node.core.agency.agent(agentId);
  if (agent === undefined) return refuseAgent('SIGNATURE_INVALID');
  const { currency = CURRENCY_DEFAULT } = body;
  // What can be transferred: an agent that owes for transfers without deposit has nothing.
  const depositBalance = formatDecimal(agent.deposit > 0n ? agent.deposit : 0n);
  return answerAgent({
    agentCode: agent.agentCode,
    agentStatus: agent.disabled ? 'DISABLED' : 'ACTIVE',
    assets: [{ currency, depositBalance }],
  });
});
