import { agentOperations, CURRENCY_DEFAULT } from '@openvenue/contract';
import { formatDecimal } from '@openvenue/money';
import { userIdsOf } from '../../mapping/transfer.ts';
import { answerAgent } from '../answer.ts';
import { agentCommand } from '../endpoint.ts';
import { executeForAgent } from '../submit.ts';
import { environmentOf, namedUser, userReferenceOf } from './fields.ts';

export const transferAllOut = agentCommand(
  agentOperations.transferAllOut,
  async (venue, { body, agent, agentAuth }) => {
    const { agentOrderNo, currency = CURRENCY_DEFAULT } = body;
    const user = userReferenceOf(body);
    const executed = await executeForAgent(
      venue,
      { type: 'transfer-all-out', agentAuth, agentOrderNo, user, currency },
      'transfer',
    );
    if (executed === 'unknown') {
      const ids = namedUser(venue, agent.agentId, user);
      const processing = { orderNo: agentOrderNo, orderStatus: 'PROCESSING', ...ids, amount: '' } as const;
      return answerAgent({ ...processing, ...environmentOf(body) });
    }
    if (!executed.ok) return executed;
    const { status, order } = executed.reply;
    return answerAgent({
      orderNo: order.orderNo,
      orderStatus: status,
      ...userIdsOf(venue.node.core, order.userId),
      amount: formatDecimal(order.amount),
      ...environmentOf(body),
    });
  },
);
