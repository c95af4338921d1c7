import assert from 'node:assert/strict';
import { agentOperations, CURRENCY_DEFAULT } from '@openvenue/contract';
import { formatDecimal, type Money, parseDecimal } from '@openvenue/money';
import { defined } from '../../defined.ts';
import { walletTransferView } from '../../mapping/wallet-transfer.ts';
import { answerAgent } from '../answer.ts';
import { agentCommand } from '../endpoint.ts';
import { walletTransferInFlightView } from '../orders-in-flight.ts';
import { executeOrder } from '../submit.ts';
import { environmentOf, userReferenceOf } from './fields.ts';

export const walletTransfer = agentCommand(
  agentOperations.walletTransfer,
  async (venue, { body, agent: { agentId }, agentAuth }) => {
    const { agentOrderNo, direction, currency = CURRENCY_DEFAULT } = body;
    const { core } = venue.node;
    const user = userReferenceOf(body);
    const amount = amountOf(body.amount);
    const order = {
      agentId,
      orderNo: agentOrderNo,
      user,
      direction,
      currency,
      amount: amount === undefined ? '' : formatDecimal(amount),
    };
    const executed = await executeOrder(
      venue,
      { type: 'wallet-transfer', agentAuth, agentOrderNo, user, direction, currency, ...defined({ amount }) },
      { kind: 'wallet-transfer', inFlight: venue.ordersInFlight.walletTransfers, order },
    );
    if (executed === 'unknown') {
      return answerAgent({ ...walletTransferInFlightView(order, core), ...environmentOf(body) });
    }
    if (!executed.ok) return executed;
    return answerAgent({ ...walletTransferView(executed.reply.order, core), ...environmentOf(body) });
  },
);

function amountOf(text: string | undefined): Money | undefined {
  if (text === undefined) return undefined;
  const amount = parseDecimal(text);
  assert(amount !== undefined, 'a well-formed amount is a decimal');
  return amount as Money;
}
