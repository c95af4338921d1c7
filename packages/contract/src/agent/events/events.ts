import { Type } from 'typebox';
import { count } from '../../scalars.ts';
import { WebhookBody } from '../../webhook/webhook-body.ts';
import { defineAgentCall } from '../define-agent-call.ts';

/** Events a reply when no limit is given. */
export const AGENT_EVENTS_LIMIT_DEFAULT = 100;
/** Events a reply holds at most. */
export const AGENT_EVENTS_LIMIT_MAX = 1_000;

/** A webhook body with its place among the agent's events. */
export const AgentEvent = Type.Object(
  { ...WebhookBody.properties, seq: count("Place among the agent's events, rising", 1) },
  { additionalProperties: false },
);

/** The events that the webhook delivers, to be fetched. */
export const agentEvents = defineAgentCall({
  path: '/v1/agent/events',
  auth: 'signed',
  kind: 'query',
  summary: 'Events after a place, oldest first: for who missed a webhook, or takes none',
  body: Type.Object({
    afterSeq: count('Place after which to begin; 0 for the first event'),
    limit: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: AGENT_EVENTS_LIMIT_MAX,
        default: AGENT_EVENTS_LIMIT_DEFAULT,
        description: 'Number of events',
        'x-unit': 'count',
        examples: [100],
      }),
    ),
  }),
  reply: {
    events: Type.Array(AgentEvent, { description: 'Events, oldest first' }),
    lastSeq: count('Place to go on after: that of the last event here, or afterSeq when there is none'),
  },
  errors: [],
});
