import { agentOperations } from '@openvenue/contract';
import { formatDecimal } from '@openvenue/money';
import { refuseOfReject } from '../../mapping/agent-reject.ts';
import { answerAgent } from '../answer.ts';
import { agentQuery } from '../endpoint.ts';
import { environmentOf } from './fields.ts';

/** Nothing has ever moved through the funding wallet: transfers go to the contract wallet. */
const EMPTY_FUNDING = {
  assetCode: 'USDT',
  availableAmount: '0',
  heldAmount: '0',
  totalAmount: '0',
  materialized: false,
} as const;

export const queryUserAssets = agentQuery(agentOperations.queryUserAssets, ({ node }, { body, agent }) => {
  const { platformUserId, includeFunding = false } = body;
  const { agency, identity, exchange } = node.core;
  const resolved = agency.resolveUser(identity, { agentId: agent.agentId, user: { platformUserId } });
  if (!resolved.ok) return refuseOfReject(resolved);
  const { userId } = resolved.binding;
  const account = exchange.account(userId);
  return answerAgent({
    platformUserId,
    walletBalance: formatDecimal(account.wallet),
    frozenMargin: formatDecimal(account.frozen),
    usedMargin: formatDecimal(account.used),
    availableBalance: formatDecimal(account.available),
    // All margin is cross margin.
    isolatedMargin: formatDecimal(account.isolatedMargin),
    version: exchange.userSequence(userId),
    isSimulatedUser: false,
    ...(includeFunding ? { funding: EMPTY_FUNDING } : {}),
    ...environmentOf(body),
  });
});
