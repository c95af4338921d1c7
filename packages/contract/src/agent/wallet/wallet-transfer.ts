import { type Static, Type } from 'typebox';
import { missing, type Problem, problemOf, withValue } from '../../problem.ts';
import { flag, oneOf } from '../../scalars.ts';
import { defineAgentCall } from '../define-agent-call.ts';
import { TRANSFER_ALL_DIRECTIONS, WALLET_TRANSFER_DIRECTIONS } from '../enums.ts';
import { agentOrderNo, currency, environment, transferAmount } from '../fields.ts';
import { userReferenceFields, userReferenceProblem } from '../user-reference.ts';
import { walletTransferReply } from './wallet-transfer-reply.ts';

const WalletTransferBody = Type.Object({
  agentOrderNo: agentOrderNo(),
  ...userReferenceFields,
  direction: oneOf(WALLET_TRANSFER_DIRECTIONS, 'From which wallet to which'),
  currency: currency(),
  amount: Type.Optional(transferAmount('Amount to move; left out with transferAll')),
  transferAll: Type.Optional(flag("Move all there is; only between the user's own wallets", false)),
  environment: environment(),
});

/** Moves money between the partner, the funding wallet and the contract wallet of a user. */
export const walletTransfer = defineAgentCall({
  path: '/v1/agent/wallet-transfer',
  auth: 'signed',
  kind: 'command',
  summary: 'Move money between the wallets of a user; the order number makes it safe to repeat',
  body: WalletTransferBody,
  bodyRule: (body) => userReferenceProblem(body) ?? transferAllProblem(body),
  reply: walletTransferReply,
  errors: ['ORDER_NUMBER_CONFLICT', 'USER_NOT_BOUND', 'USER_IDS_DIFFER'],
});

function transferAllProblem(body: Static<typeof WalletTransferBody>): Problem | undefined {
  const { amount, direction } = body;
  if (body.transferAll !== true) return amount === undefined ? missing('amount') : undefined;
  if (amount !== undefined) return withValue(problemOf(2002, 'amount', 'left out with transferAll'), amount);
  if (TRANSFER_ALL_DIRECTIONS.some((each) => each === direction)) return undefined;
  return problemOf(2002, 'transferAll', `false or left out for ${direction}`);
}
