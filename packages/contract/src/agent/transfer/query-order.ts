import { Type } from 'typebox';
import { oneOf } from '../../scalars.ts';
import { defineAgentCall } from '../define-agent-call.ts';
import { AGENT_ORDER_TYPES } from '../enums.ts';
import { agentOrderNo, environment, environmentEcho } from '../fields.ts';
import { orderViewFields } from './order-view.ts';

const orderType = () => oneOf(AGENT_ORDER_TYPES, 'Direction of the order');

/** What became of an order. */
export const queryOrder = defineAgentCall({
  path: '/v1/agent/query-order',
  auth: 'signed',
  kind: 'query',
  summary: 'One transfer order',
  body: Type.Object({
    orderNo: agentOrderNo('Number of the order, as the partner gave it'),
    orderType: orderType(),
    environment: environment(),
  }),
  reply: { orderType: orderType(), ...orderViewFields, environment: environmentEcho() },
  errors: ['ORDER_NOT_FOUND'],
});
