import { type Static, Type } from 'typebox';
import { OWN_WALLET_DIRECTIONS } from '../../enums.ts';
import { missing, type Problem, problemOf, withValue } from '../../problem.ts';
import { amount, flag, oneOf, timestampMs } from '../../scalars.ts';
import { defineRoute, NO_FIELDS } from '../define-route.ts';

const OwnWalletTransferBody = Type.Object({
  direction: oneOf(OWN_WALLET_DIRECTIONS, 'From which wallet to which'),
  amount: Type.Optional(amount('Amount to move, above 0 and with at most 8 decimals; left out with transferAll')),
  transferAll: Type.Optional(flag('Move all that can be moved, be it nothing')),
});

/** Moves money between the user's own two wallets. */
export const transferBetweenWallets = defineRoute({
  method: 'POST',
  path: '/v1/private/user/wallet-transfer',
  auth: 'RT',
  rateLimit: 'private',
  summary: 'Move money between the funding wallet and the contract wallet',
  query: NO_FIELDS,
  body: OwnWalletTransferBody,
  bodyRule: amountProblem,
  data: Type.Object({
    amount: amount('What was moved'),
    timestamp: timestampMs('Time of the call'),
  }),
  errors: ['INSUFFICIENT_BALANCE'],
});

function amountProblem(body: Static<typeof OwnWalletTransferBody>): Problem | undefined {
  if (body.transferAll !== true) return body.amount === undefined ? missing('amount') : undefined;
  if (body.amount === undefined) return undefined;
  return withValue(problemOf(2002, 'amount', 'left out with transferAll'), body.amount);
}
