import { Type } from 'typebox';
import { amount, oneOf } from '../../scalars.ts';
import { defineAgentCall } from '../define-agent-call.ts';
import { PARTY_STATUSES } from '../enums.ts';
import { currency, currencyView } from '../fields.ts';
import { agentCode } from '../signing.ts';

/** The deposit account of the agent in one currency. */
export const AgentAsset = Type.Object(
  { currency: currencyView(), depositBalance: amount('What the agent can transfer to users') },
  { additionalProperties: false },
);

/** The deposit account of the agent. */
export const queryAccount = defineAgentCall({
  path: '/v1/agent/query-account',
  auth: 'signed',
  kind: 'query',
  summary: 'The agent and its deposit account',
  body: Type.Object({ currency: currency() }),
  reply: {
    agentCode: agentCode(),
    agentStatus: oneOf(PARTY_STATUSES, 'State of the agent'),
    assets: Type.Array(AgentAsset, { description: 'Deposit accounts' }),
  },
  errors: [],
});
