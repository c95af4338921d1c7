import { flag, oneOf, replyText } from '../../scalars.ts';
import { WALLET_TRANSFER_DIRECTIONS, WALLET_TRANSFER_STATUSES } from '../enums.ts';
import {
  agentOrderNo,
  agentUserIdEcho,
  amountView,
  currencyView,
  environmentEcho,
  platformUserIdEcho,
} from '../fields.ts';

/** What a wallet transfer, and the query of one, answers. */
export const walletTransferReply = {
  orderNo: agentOrderNo('Number of the order, as the partner gave it'),
  status: oneOf(WALLET_TRANSFER_STATUSES, 'Status of the order'),
  direction: oneOf(WALLET_TRANSFER_DIRECTIONS, 'From which wallet to which'),
  currency: currencyView(),
  amount: amountView('What was moved, or is to be'),
  transferAll: flag('All there was, instead of an amount'),
  agentUserId: agentUserIdEcho(),
  platformUserId: platformUserIdEcho(),
  resultCode: replyText('Why the order failed; empty when it did not', ''),
  environment: environmentEcho(),
};
