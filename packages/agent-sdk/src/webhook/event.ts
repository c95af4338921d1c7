import { asObject, type Decoder, decimal, integer, oneOf, record, ShapeError, text } from '../decode.ts';

/** What every webhook says about its order. */
export interface WebhookOrder {
  /** The venue's id of the order or of the reverse. */
  readonly orderId: number;
  /** The partner's number. */
  readonly orderNo: string;
  readonly direction: 'IN' | 'OUT';
  readonly transferMode: 'FIXED_AMOUNT' | 'ALL_OUT';
  readonly currency: string;
  readonly amount: string;
  readonly agentCode: string;
  readonly agentUserId: string;
  readonly platformUserId: string;
  readonly failReason: string;
  /** ISO 8601. */
  readonly createdAt: string;
  /** ISO 8601. */
  readonly completedAt: string;
}

export interface TransferCompletedEvent extends WebhookOrder {
  readonly event: 'transfer.completed';
  readonly orderType: 'transfer';
  /** `REVERSED` comes for an original that was taken back. */
  readonly targetStatus: 'SUCCESS' | 'FAILED' | 'REVERSED';
}

export interface ReverseCompletedEvent extends WebhookOrder {
  readonly event: 'reverse.completed';
  readonly orderType: 'reverse';
  readonly targetStatus: 'SUCCESS' | 'FAILED';
}

export interface TransferDeadEvent extends WebhookOrder {
  readonly event: 'transfer.dead';
  readonly orderType: 'transfer';
  readonly targetStatus: 'DEAD';
}

export type WebhookEvent = TransferCompletedEvent | ReverseCompletedEvent | TransferDeadEvent;

const orderFields = {
  orderId: integer,
  orderNo: text,
  direction: oneOf<'IN' | 'OUT'>('IN', 'OUT'),
  transferMode: oneOf<'FIXED_AMOUNT' | 'ALL_OUT'>('FIXED_AMOUNT', 'ALL_OUT'),
  currency: text,
  amount: decimal,
  agentCode: text,
  agentUserId: text,
  platformUserId: text,
  failReason: text,
  createdAt: text,
  completedAt: text,
};

const decoders: { readonly [E in WebhookEvent as E['event']]: Decoder<E> } = {
  'transfer.completed': record<TransferCompletedEvent>({
    event: oneOf('transfer.completed'),
    orderType: oneOf('transfer'),
    targetStatus: oneOf('SUCCESS', 'FAILED', 'REVERSED'),
    ...orderFields,
  }),
  'reverse.completed': record<ReverseCompletedEvent>({
    event: oneOf('reverse.completed'),
    orderType: oneOf('reverse'),
    targetStatus: oneOf('SUCCESS', 'FAILED'),
    ...orderFields,
  }),
  'transfer.dead': record<TransferDeadEvent>({
    event: oneOf('transfer.dead'),
    orderType: oneOf('transfer'),
    targetStatus: oneOf('DEAD'),
    ...orderFields,
  }),
};

/** Whether `name` is an event of the contract. */
export function isEventName(name: unknown): name is WebhookEvent['event'] {
  return typeof name === 'string' && Object.hasOwn(decoders, name);
}

/** Reads a webhook body. Fields that the contract does not list are ignored. @throws ShapeError */
export function webhookEvent(value: unknown, where: string): WebhookEvent {
  const name = asObject(value, where)['event'];
  if (!isEventName(name)) throw new ShapeError(`${where}.event is not an event of the contract`);
  return decoders[name](value, where);
}

/**
 * `orderType:orderId:targetStatus`: the same for every delivery of one event. Store it with its effect and skip what is stored,
 * because events come at least once.
 */
export function idempotencyKeyOf(event: Pick<WebhookEvent, 'orderType' | 'orderId' | 'targetStatus'>): string {
  return `${event.orderType}:${event.orderId}:${event.targetStatus}`;
}
