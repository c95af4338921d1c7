import { agentOperations, CURRENCY_DEFAULT } from '@openvenue/contract';
import { formatDecimal } from '@openvenue/money';
import { namedUser, userIdsOf } from '../../mapping/transfer.ts';
import { answerAgent } from '../answer.ts';
import { agentCommand } from '../endpoint.ts';
import { executeOrder } from '../submit.ts';
import { environmentOf, userReferenceOf } from './fields.ts';

export const transferAllOut = agentCommand(
  agentOperations.transferAllOut,
  async (venue, { body, agent: { agentId }, agentAuth }) => {
    const { agentOrderNo, currency = CURRENCY_DEFAULT } = body;
    const user = userReferenceOf(body);
    const asked = { agentId, orderNo: agentOrderNo, user, direction: 'OUT', currency, amount: '' } as const;
    const executed = await executeOrder(
      venue,
      { type: 'transfer-all-out', agentAuth, agentOrderNo, user, currency },
      {
        kind: 'transfer',
        inFlight: venue.ordersInFlight.transfers,
        order: { ...asked, sinceMs: venue.clock.nowMs() },
      },
    );
    if (executed === 'unknown') {
      const ids = namedUser(venue.node.core, agentId, user);
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
