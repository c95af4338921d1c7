import assert from 'node:assert/strict';
import { agentOperations, CURRENCY_DEFAULT } from '@openvenue/contract';
import { type Money, parseDecimal } from '@openvenue/money';
import { userIdsOf } from '../../mapping/transfer.ts';
import { answerAgent } from '../answer.ts';
import { agentCommand } from '../endpoint.ts';
import { executeForAgent } from '../submit.ts';
import { environmentOf, namedUser, userReferenceOf } from './fields.ts';

export const transfer = agentCommand(agentOperations.transfer, async (venue, { body, agent, agentAuth }) => {
  const { agentOrderNo, direction, currency = CURRENCY_DEFAULT } = body;
  const amount = parseDecimal(body.amount);
  assert(amount !== undefined, 'a well-formed amount is a decimal');
  const user = userReferenceOf(body);
  const executed = await executeForAgent(
    venue,
    { type: 'transfer', agentAuth, agentOrderNo, user, direction, currency, amount: amount as Money },
    'transfer',
  );
  if (executed === 'unknown') {
    const ids = namedUser(venue, agent.agentId, user);
    return answerAgent({ orderNo: agentOrderNo, orderStatus: 'PROCESSING', ...ids, ...environmentOf(body) });
  }
  if (!executed.ok) return executed;
  const { status, order } = executed.reply;
  const ids = userIdsOf(venue.node.core, order.userId);
  return answerAgent({ orderNo: order.orderNo, orderStatus: status, ...ids, ...environmentOf(body) });
});
