import { AGENT_EVENTS_LIMIT_DEFAULT, agentOperations } from '@openvenue/contract';
import { webhookView } from '../../mapping/transfer.ts';
import { answerAgent } from '../answer.ts';
import { agentQuery } from '../endpoint.ts';

export const agentEvents = agentQuery(agentOperations.agentEvents, ({ node }, { body, agent }) => {
  const { afterSeq, limit = AGENT_EVENTS_LIMIT_DEFAULT } = body;
  const webhooks = node.core.agency.webhooksAfter(agent.agentId, afterSeq, limit);
  const events = webhooks.map((webhook) => ({ ...webhookView(webhook, node.core), seq: webhook.seq }));
  return answerAgent({ events, lastSeq: events.at(-1)?.seq ?? afterSeq });
});
