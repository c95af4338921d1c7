import { Type } from 'typebox';
import { text } from '../../scalars.ts';
import { defineAgentCall } from '../define-agent-call.ts';
import { agentOrderNo, environment, environmentEcho, orderStatus } from '../fields.ts';

/** Characters of the reason of a reverse. */
export const REVERSE_REASON_MAX_LENGTH = 256;

/** Takes a transfer back, once. */
export const reverse = defineAgentCall({
  path: '/v1/agent/reverse',
  auth: 'signed',
  kind: 'command',
  summary: 'Reverse a transfer; the number of the reverse makes it safe to repeat',
  body: Type.Object({
    origOrderNo: agentOrderNo('Number of the order to reverse'),
    reverseOrderNo: agentOrderNo('Number of the reverse, given by the partner'),
    reverseReason: text('Why', { minLength: 1, maxLength: REVERSE_REASON_MAX_LENGTH }, 'sent to the wrong customer'),
    environment: environment(),
  }),
  reply: { orderStatus: orderStatus('Status of the reverse'), environment: environmentEcho() },
  errors: ['ORDER_NOT_FOUND', 'ORDER_NUMBER_CONFLICT', 'ORDER_NOT_REVERSIBLE'],
});
