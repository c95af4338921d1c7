import { Type } from 'typebox';
import { BALANCE_PERIODS } from '../../enums.ts';
import { oneOf, signedAmount } from '../../scalars.ts';
import { defineRoute, NO_FIELDS } from '../define-route.ts';
import { bucketPnl } from './account-figures.ts';

/** Days, weeks or months when no limit is given. */
export const BALANCE_HISTORY_LIMIT_DEFAULT = 30;
/** Days, weeks or months a reply holds at most. */
export const BALANCE_HISTORY_LIMIT_MAX = 100;

/** A day, week or month of the contract wallet. */
export const BalanceHistoryItem = Type.Object({
  date: Type.String({
    pattern: '^\\d{4}-\\d{2}-\\d{2}$',
    description: 'First day in UTC; weeks begin on Monday',
    examples: ['2026-02-25'],
  }),
  balance: signedAmount('Contract wallet at the end, isolated margins included; of the running one: now'),
  pnl: bucketPnl,
});

/** The contract wallet over time. */
export const getBalanceHistory = defineRoute({
  method: 'GET',
  path: '/v1/private/user/balance-history',
  auth: 'R',
  rateLimit: 'private',
  summary: 'Contract wallet by day, week or month, newest first',
  query: Type.Object({
    period: oneOf(BALANCE_PERIODS, 'Length of an item: a day, a week or a month'),
    limit: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: BALANCE_HISTORY_LIMIT_MAX,
        default: BALANCE_HISTORY_LIMIT_DEFAULT,
        description: 'Number of items',
        'x-unit': 'count',
        examples: [30],
      }),
    ),
  }),
  body: NO_FIELDS,
  data: Type.Object({
    items: Type.Array(BalanceHistoryItem, {
      description:
        'Newest first, from the running one back to the first change of the wallet, those without a change included',
    }),
  }),
  errors: [],
});
