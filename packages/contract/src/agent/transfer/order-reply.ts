import { agentOrderNo, agentUserIdEcho, environmentEcho, orderStatus, platformUserIdEcho } from '../fields.ts';

/** What a transfer answers. */
export const orderReplyFields = {
  orderNo: agentOrderNo('Number of the order, as the partner gave it'),
  orderStatus: orderStatus(),
  agentUserId: agentUserIdEcho(),
  platformUserId: platformUserIdEcho(),
};

/** The same with the environment, where the request named one. */
export const orderReply = { ...orderReplyFields, environment: environmentEcho() };
