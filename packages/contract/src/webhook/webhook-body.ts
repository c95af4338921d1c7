import { type Static, Type } from 'typebox';
import { TRANSFER_DIRECTIONS, TRANSFER_MODES } from '../agent/enums.ts';
import { agentOrderNo, agentUserId, amountView, currencyView, platformUserIdView } from '../agent/fields.ts';
import { isoTimeView } from '../agent/iso-time.ts';
import { agentCode } from '../agent/signing.ts';
import { problemOf } from '../problem.ts';
import { count, oneOf, replyText } from '../scalars.ts';
import { compileValidator } from '../validation.ts';

/** What can happen to an order, with the kind of order it happens to and the statuses it can lead to. */
export const WEBHOOK_EVENTS = {
  'transfer.completed': { orderType: 'transfer', targetStatuses: ['SUCCESS', 'FAILED', 'REVERSED'] },
  'reverse.completed': { orderType: 'reverse', targetStatuses: ['SUCCESS', 'FAILED'] },
  'transfer.dead': { orderType: 'transfer', targetStatuses: ['DEAD'] },
} as const;
export type WebhookEventName = keyof typeof WEBHOOK_EVENTS;

export const WEBHOOK_EVENT_NAMES = ['transfer.completed', 'reverse.completed', 'transfer.dead'] as const;
export const WEBHOOK_ORDER_TYPES = ['transfer', 'reverse'] as const;
export type WebhookOrderType = (typeof WEBHOOK_ORDER_TYPES)[number];
export const WEBHOOK_TARGET_STATUSES = ['SUCCESS', 'FAILED', 'REVERSED', 'DEAD'] as const;
export type WebhookTargetStatus = (typeof WEBHOOK_TARGET_STATUSES)[number];

/** Body of a webhook. */
export const WebhookBody = Type.Object(
  {
    event: oneOf(WEBHOOK_EVENT_NAMES, 'What happened'),
    orderType: oneOf(WEBHOOK_ORDER_TYPES, 'To which kind of order'),
    orderId: count('Id of the order at the venue', 1),
    orderNo: agentOrderNo('Number of the order, as the partner gave it'),
    targetStatus: oneOf(WEBHOOK_TARGET_STATUSES, 'Status that the order has come to'),
    direction: oneOf(TRANSFER_DIRECTIONS, 'IN to the user, OUT from the user'),
    transferMode: oneOf(TRANSFER_MODES, 'Whether an amount was named or all was taken out'),
    currency: currencyView(),
    amount: amountView('Amount of the order'),
    agentCode: agentCode(),
    agentUserId: agentUserId(),
    platformUserId: platformUserIdView(),
    failReason: replyText('Why the order failed; empty when it did not', ''),
    createdAt: isoTimeView('Time the order was taken'),
    completedAt: isoTimeView('Time the order came to this status'),
  },
  { additionalProperties: false },
);
export type WebhookBody = Static<typeof WebhookBody>;

/** Checks a webhook's body: the fields, and that event, order type and status go together. */
export const webhookBodyValidator = compileValidator(WebhookBody, ({ event, orderType, targetStatus }) => {
  const expected = WEBHOOK_EVENTS[event];
  if (orderType !== expected.orderType) return problemOf(2002, 'orderType', `${expected.orderType} for ${event}`);
  if (expected.targetStatuses.some((status) => status === targetStatus)) return undefined;
  return problemOf(2002, 'targetStatus', `one of ${expected.targetStatuses.join(', ')} for ${event}`);
});

/** A repeated delivery has the same key; whoever has acted on the key ignores the repetition. */
export function webhookIdempotencyKey(body: Pick<WebhookBody, 'orderType' | 'orderId' | 'targetStatus'>): string {
  return `${body.orderType}:${body.orderId}:${body.targetStatus}`;
}
