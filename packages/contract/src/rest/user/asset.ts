import { Type } from 'typebox';
import { amount, ratio, replyText, signedAmount, userId } from '../../scalars.ts';
import { defineRoute, NO_FIELDS } from '../define-route.ts';

/** What the user has. */
export const getUserAsset = defineRoute({
  method: 'GET',
  path: '/v1/private/user/asset',
  auth: 'R',
  rateLimit: 'private',
  summary: 'Balances of the contract wallet',
  query: NO_FIELDS,
  body: NO_FIELDS,
  data: Type.Object({
    userAsset: Type.Object(
      {
        userId: userId('External id of the user'),
        assetType: replyText('Asset of the wallet', 'USDT'),
        walletBalance: signedAmount('Cross wallet and isolated margins'),
        frozenMargin: amount('Margin frozen for open orders'),
        usedMargin: amount('Initial margin of positions'),
        availableBalance: signedAmount('What new orders can use'),
        unrealizedPnl: signedAmount('Unrealised profit and loss at the mark price'),
        marginBalance: signedAmount('Wallet balance and unrealised profit and loss'),
        maintenanceMargin: amount('Maintenance margin of positions'),
        marginRatio: ratio('Maintenance margin by margin balance; 9999 when the balance is not above 0'),
      },
      { description: 'Balances' },
    ),
  }),
  errors: [],
});
