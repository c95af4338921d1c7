import { Type } from 'typebox';
import { defineAgentCall } from '../define-agent-call.ts';
import { agentOrderNo, amountView, currency, environment, environmentEcho } from '../fields.ts';
import { userReferenceFields, userReferenceProblem } from '../user-reference.ts';
import { orderReplyFields } from './order-reply.ts';

/** Transfers all that a user can withdraw to the deposit account of the agent. */
export const transferAllOut = defineAgentCall({
  path: '/v1/agent/transfer-all-out',
  auth: 'signed',
  kind: 'command',
  summary: 'Transfer all that a user can withdraw',
  body: Type.Object({
    agentOrderNo: agentOrderNo(),
    ...userReferenceFields,
    currency: currency(),
    environment: environment(),
  }),
  bodyRule: userReferenceProblem,
  reply: { ...orderReplyFields, amount: amountView('What was moved'), environment: environmentEcho() },
  errors: ['ORDER_NUMBER_CONFLICT', 'USER_NOT_BOUND', 'USER_IDS_DIFFER'],
});
