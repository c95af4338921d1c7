import { Type } from 'typebox';
import { amount, count, flag, replyText, signedAmount } from '../../scalars.ts';
import { defineAgentCall } from '../define-agent-call.ts';
import { environment, environmentEcho, platformUserId, platformUserIdView } from '../fields.ts';

/** The funding wallet of a user. */
export const FundingAsset = Type.Object(
  {
    assetCode: replyText('Asset of the wallet', 'USDT'),
    availableAmount: amount('What can be moved'),
    heldAmount: amount('What is held by movements under way'),
    totalAmount: amount('Both together'),
    materialized: flag('Something has already moved through the wallet'),
  },
  { additionalProperties: false, description: 'Funding wallet; there when the request asked for it' },
);

/** What a user has. */
export const queryUserAssets = defineAgentCall({
  path: '/v1/agent/query-user-assets',
  auth: 'signed',
  kind: 'query',
  summary: 'Balances of a user',
  body: Type.Object({
    platformUserId: platformUserId(),
    includeFunding: Type.Optional(flag('Ask for the funding wallet too', true)),
    environment: environment(),
  }),
  reply: {
    platformUserId: platformUserIdView(),
    walletBalance: signedAmount('Cross wallet and isolated margins'),
    frozenMargin: amount('Margin frozen for open orders'),
    usedMargin: amount('Initial margin of positions'),
    availableBalance: signedAmount('What new orders can use'),
    isolatedMargin: amount('Margin of isolated positions'),
    version: count('Grows with every change of the balances'),
    isSimulatedUser: flag('The user trades simulated money'),
    funding: Type.Optional(FundingAsset),
    environment: environmentEcho(),
  },
  errors: [],
});
