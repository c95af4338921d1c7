import { type AgentBodyOf, agentOperations } from '@openvenue/contract';
import { transferView } from '../../mapping/transfer.ts';
import type { Venue } from '../../venue.ts';
import { answerAgent, refuseAgent } from '../answer.ts';
import { type AgentRequest, agentQuery } from '../endpoint.ts';
import { transferInFlightView } from '../orders-in-flight.ts';
import { environmentOf } from './fields.ts';
import { directionOf } from './order-type.ts';

type Request = AgentRequest<AgentBodyOf<'queryOrder'>>;

/** What the log says comes first; an order that it does not have yet may be on its way to it. */
export const queryOrder = agentQuery(
  agentOperations.queryOrder,
  (venue, request) => {
    const { orderNo, orderType } = request.body;
    const order = venue.node.core.agency.transfer(request.agent.agentId, orderNo);
    if (order === undefined) return processing(venue, request) ?? refuseAgent('ORDER_NOT_FOUND');
    if (order.direction !== directionOf(orderType)) return refuseAgent('ORDER_NOT_FOUND');
    return answerAgent({ orderType, ...transferView(order, venue.node.core), ...environmentOf(request.body) });
  },
  // The log stands still, and with it the order that is asked for.
  processing,
);

function processing(venue: Venue, { body, agent }: Request) {
  const { orderNo, orderType } = body;
  const order = venue.ordersInFlight.transfers.find({ agentId: agent.agentId, orderNo });
  if (order === undefined || order.direction !== directionOf(orderType)) return undefined;
  return answerAgent({ orderType, ...transferInFlightView(order, venue.node.core), ...environmentOf(body) });
}
