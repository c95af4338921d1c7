import { Type } from 'typebox';
import { CHANGE_TYPES } from '../../enums.ts';
import { oneOf, replyText, signedAmount, text, timestampMs } from '../../scalars.ts';
import { defineRoute, NO_FIELDS } from '../define-route.ts';
import { pageFields, timeFields, total } from '../paging.ts';

/** One change of the contract wallet. */
export const AccountChangeView = Type.Object({
  assetType: replyText('Asset of the wallet', 'USDT'),
  amount: signedAmount('Change of the wallet; paid is minus'),
  walletBalanceBefore: signedAmount('Wallet before'),
  walletBalanceAfter: signedAmount('Wallet after'),
  frozenBalanceBefore: signedAmount('Frozen margin before'),
  frozenBalanceAfter: signedAmount('Frozen margin after'),
  changeType: oneOf(CHANGE_TYPES, 'Kind of change'),
  referenceId: replyText('Fill, order of a liquidation, position or transfer that caused it; "0" for none', '0'),
  createdAt: timestampMs('Time of the change'),
});

/** The changes of the user's contract wallet. */
export const getAccountChangeLog = defineRoute({
  method: 'GET',
  path: '/v1/private/user/account-change-log',
  auth: 'R',
  rateLimit: 'private',
  summary: 'Changes of the contract wallet, newest first',
  query: Type.Object({
    assetType: Type.Optional(text('Only this asset', { minLength: 1, maxLength: 16 }, 'USDT')),
    changeType: Type.Optional(oneOf(CHANGE_TYPES, 'Only this kind of change')),
    ...timeFields,
    ...pageFields,
  }),
  body: NO_FIELDS,
  data: Type.Object({
    list: Type.Array(AccountChangeView, { description: 'Changes, newest first' }),
    total: total(),
  }),
  errors: [],
});
