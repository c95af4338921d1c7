import { type AgentBodyOf, agentOperations, walletTransferOrderNo } from '@openvenue/contract';
import { walletTransferView } from '../../mapping/wallet-transfer.ts';
import type { Venue } from '../../venue.ts';
import { answerAgent, refuseAgent } from '../answer.ts';
import { type AgentRequest, agentQuery } from '../endpoint.ts';
import { walletTransferInFlightView } from '../orders-in-flight.ts';
import { environmentOf } from './fields.ts';

type Request = AgentRequest<AgentBodyOf<'walletTransferStatus'>>;

/** What the log says comes first; an order that it does not have yet may be on its way to it. */
export const walletTransferStatus = agentQuery(
  agentOperations.walletTransferStatus,
  (venue, request) => {
    const { core } = venue.node;
    const order = core.agency.walletTransfer(request.agent.agentId, walletTransferOrderNo(request.body));
    if (order === undefined) return processing(venue, request) ?? refuseAgent('ORDER_NOT_FOUND');
    return answerAgent({ ...walletTransferView(order, core), ...environmentOf(request.body) });
  },
  // The log stands still, and with it the order that is asked for.
  processing,
);

function processing(venue: Venue, { body, agent }: Request) {
  const key = { agentId: agent.agentId, orderNo: walletTransferOrderNo(body) };
  const order = venue.ordersInFlight.walletTransfers.find(key);
  if (order === undefined) return undefined;
  return answerAgent({ ...walletTransferInFlightView(order, venue.node.core), ...environmentOf(body) });
}
