import { agentOperations } from '@openvenue/contract';
import { transferView } from '../../mapping/transfer.ts';
import { answerAgent, refuseAgent } from '../answer.ts';
import { agentQuery } from '../endpoint.ts';
import { environmentOf } from './fields.ts';
import { directionOf } from './order-type.ts';

export const queryOrder = agentQuery(agentOperations.queryOrder, ({ node }, { body, agent }) => {
  const { orderNo, orderType } = body;
  const order = node.core.agency.transfer(agent.agentId, orderNo);
  if (order === undefined || order.direction !== directionOf(orderType)) return refuseAgent('ORDER_NOT_FOUND');
  return answerAgent({ orderType, ...transferView(order, node.core), ...environmentOf(body) });
});
