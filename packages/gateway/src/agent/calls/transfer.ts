import assert from 'node:assert/strict';
import { agentOperations, CURRENCY_DEFAULT } from '@openvenue/contract';
import { formatDecimal, type Money, parseDecimal } from '@openvenue/money';
import { namedUser, userIdsOf } from '../../mapping/transfer.ts';
import { answerAgent } from '../answer.ts';
import { agentCommand } from '../endpoint.ts';
import { executeOrder } from '../submit.ts';
import { environmentOf, userReferenceOf } from './fields.ts';

export const transfer = agentCommand(agentOperations.transfer, async (venue, { body, agent, agentAuth }) => {
  const { agentOrderNo, direction, currency = CURRENCY_DEFAULT } = body;
  const { agentId } = agent;
  const amount = parseDecimal(body.amount);
  assert(amount !== undefined, 'a well-formed amount is a decimal');
  const user = userReferenceOf(body);
  const asked = { agentId, orderNo: agentOrderNo, user, direction, currency, amount: formatDecimal(amount) };
  const executed = await executeOrder(
    venue,
    { type: 'transfer', agentAuth, agentOrderNo, user, direction, currency, amount: amount as Money },
    {
      kind: 'transfer',
      inFlight: venue.ordersInFlight.transfers,
      order: { ...asked, sinceMs: venue.clock.nowMs() },
    },
  );
  if (executed === 'unknown') {
    const ids = namedUser(venue.node.core, agentId, user);
    return answerAgent({ orderNo: agentOrderNo, orderStatus: 'PROCESSING', ...ids, ...environmentOf(body) });
  }
  if (!executed.ok) return executed;
  const { status, order } = executed.reply;
  const ids = userIdsOf(venue.node.core, order.userId);
  return answerAgent({ orderNo: order.orderNo, orderStatus: status, ...ids, ...environmentOf(body) });
});
