import { Type } from 'typebox';
import { oneOf } from '../../scalars.ts';
import { defineAgentCall } from '../define-agent-call.ts';
import { TRANSFER_DIRECTIONS } from '../enums.ts';
import { agentOrderNo, currency, environment, transferAmount } from '../fields.ts';
import { userReferenceFields, userReferenceProblem } from '../user-reference.ts';
import { orderReply } from './order-reply.ts';

/** Transfers an amount between the deposit account of the agent and the contract wallet of a user. */
export const transfer = defineAgentCall({
  path: '/v1/agent/transfer',
  auth: 'signed',
  kind: 'command',
  summary: 'Transfer an amount to or from a user; the order number makes it safe to repeat',
  body: Type.Object({
    agentOrderNo: agentOrderNo(),
    ...userReferenceFields,
    direction: oneOf(TRANSFER_DIRECTIONS, 'IN to the user, OUT from the user'),
    currency: currency(),
    amount: transferAmount(),
    environment: environment(),
  }),
  bodyRule: userReferenceProblem,
  reply: orderReply,
  errors: ['ORDER_NUMBER_CONFLICT', 'USER_NOT_BOUND', 'USER_IDS_DIFFER'],
});
