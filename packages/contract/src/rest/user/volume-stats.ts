import { Type } from 'typebox';
import { amount, signedAmount } from '../../scalars.ts';
import { defineRoute, NO_FIELDS } from '../define-route.ts';

/** What sets the user's fee level. */
export const getVolumeStats = defineRoute({
  method: 'GET',
  path: '/v1/private/user/volume-stats',
  auth: 'R',
  rateLimit: 'private',
  summary: 'Traded value and fees of the 30 days before today',
  query: NO_FIELDS,
  body: NO_FIELDS,
  data: Type.Object({
    volume30d: amount(
      "Value of the user's trades in the 30 UTC days before today, as maker and as taker, but for those of liquidations; it sets today's fee level",
    ),
    feeTotal30d: signedAmount('Trading fees of the same days less rebates; negative: more rebates than fees'),
  }),
  errors: [],
});
