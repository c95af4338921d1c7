import { Type } from 'typebox';
import { amount, replyText } from '../../scalars.ts';
import { defineRoute, NO_FIELDS } from '../define-route.ts';

/** The user's funding wallet. */
export const getFundingAsset = defineRoute({
  method: 'GET',
  path: '/v1/private/user/funding-asset',
  auth: 'R',
  rateLimit: 'private',
  summary: 'The funding wallet',
  query: NO_FIELDS,
  body: NO_FIELDS,
  data: Type.Object({
    assetCode: replyText('Asset of the wallet', 'USDT'),
    availableAmount: amount('What can be moved'),
    heldAmount: amount('What is held by movements under way'),
    totalAmount: amount('Both together'),
  }),
  errors: [],
});
