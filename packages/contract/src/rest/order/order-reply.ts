import { Type } from 'typebox';
import { ORDER_STATUSES } from '../../enums.ts';
import { ErrorDetails } from '../../error-details.ts';
import { clientOrderIdView, count, id64, oneOf, replyText, timestampMs } from '../../scalars.ts';

const orderReplyFields = {
  orderId: id64('Id of the order'),
  clientOrderId: clientOrderIdView(),
  status: oneOf(ORDER_STATUSES, 'Status of the order after the call'),
  timestamp: timestampMs('Time of the call'),
};

/** Answer to place, move and cancel. */
export const OrderReply = Type.Object(orderReplyFields);

/** Answer to one item of a batch; the fields of the order are there when `code` is 0. */
export const BatchItemResult = Type.Object({
  code: count('0, or the code of the error catalogue'),
  message: replyText('"success", or the message of the error', 'success'),
  orderId: Type.Optional(orderReplyFields.orderId),
  clientOrderId: Type.Optional(orderReplyFields.clientOrderId),
  status: Type.Optional(orderReplyFields.status),
  timestamp: Type.Optional(orderReplyFields.timestamp),
  details: Type.Optional(ErrorDetails),
});

/** Answer to a batch: one result for each item, in the order of the items. */
export const BatchReply = Type.Object({
  successCount: count('Items with code 0'),
  failedCount: count('Items with another code'),
  results: Type.Array(BatchItemResult, { description: 'Results in the order of the items' }),
});
