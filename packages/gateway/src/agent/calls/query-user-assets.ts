import { agentOperations } from '@openvenue/contract';
import type { FundingWallet } from '@openvenue/core';
import { formatDecimal } from '@openvenue/money';
import { refuseOfReject } from '../../mapping/agent-reject.ts';
import { answerAgent } from '../answer.ts';
import { agentQuery } from '../endpoint.ts';
import { environmentOf } from './fields.ts';

export const queryUserAssets = agentQuery(agentOperations.queryUserAssets, ({ node }, { body, agent }) => {
  const { platformUserId, includeFunding = false } = body;
  const { agency, identity, exchange } = node.core;
  const resolved = agency.resolveUser(identity, { agentId: agent.agentId, user: { platformUserId } });
  if (!resolved.ok) return refuseOfReject(resolved);
  const { userId } = resolved.binding;
  const account = exchange.account(userId);
  const funding = agency.fundingWallet(userId);
  return answerAgent({
    platformUserId,
    walletBalance: formatDecimal(account.wallet),
    frozenMargin: formatDecimal(account.frozen),
    usedMargin: formatDecimal(account.used),
    availableBalance: formatDecimal(account.available),
    isolatedMargin: formatDecimal(account.isolatedMargin),
    version: exchange.userSequence(userId) + funding.version,
    isSimulatedUser: false,
    ...(includeFunding ? { funding: fundingView(funding) } : {}),
    ...environmentOf(body),
  });
});

/** Nothing of a funding wallet is ever held: what moves through it moves at once. */
function fundingView({ available, version }: FundingWallet) {
  const amount = formatDecimal(available);
  return {
    assetCode: 'USDT',
    availableAmount: amount,
    heldAmount: '0',
    totalAmount: amount,
    materialized: version > 0,
  };
}
