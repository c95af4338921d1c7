import { oneOf, replyText } from '../../scalars.ts';
import { TRANSFER_DIRECTIONS, TRANSFER_MODES } from '../enums.ts';
import { agentOrderNo, agentUserIdEcho, amountView, currencyView, orderStatus, platformUserIdEcho } from '../fields.ts';
import { isoTimeView } from '../iso-time.ts';

/** A transfer order as the queries show it. */
export const orderViewFields = {
  orderNo: agentOrderNo('Number of the order, as the partner gave it'),
  status: orderStatus(),
  direction: oneOf(TRANSFER_DIRECTIONS, 'IN to the user, OUT from the user'),
  transferMode: oneOf(TRANSFER_MODES, 'Whether an amount was named or all was taken out'),
  currency: currencyView(),
  amount: amountView('Amount of the order'),
  agentUserId: agentUserIdEcho(),
  platformUserId: platformUserIdEcho(),
  failReason: replyText('Why the order failed; empty when it did not', ''),
  createdAt: isoTimeView('Time the order was taken'),
  completedAt: isoTimeView('Time the order was done; empty before'),
};
