import type { OrderReply, OrderView, PlaceOrderBody } from '@openvenue/contract';
import { Backoff } from '../backoff.ts';
import { type Clock, type Random, systemClock } from '../clock.ts';
import { compareDecimals } from '../decimal.ts';
import { UnavailableError } from '../errors/api-error.ts';
import { DuplicateClientOrderIdError, InternalError, TemporarilyUnavailableError } from '../errors/classes.ts';
import { OutcomeUnknownError, UnreachableError } from '../errors/no-reply.ts';
import type { CallOptions } from './calls.ts';
import { randomId } from './random-id.ts';

/** Places one order with one request. */
export type PlaceOrder = (order: PlaceOrderBody, options?: CallOptions) => Promise<OrderReply>;

/** Times that an order is sent before its error is passed on. */
export const PLACE_SENDS_MAX = 4;

const RETRY_DELAYS = { baseMs: 250, maxMs: 4_000 };
/** A venue that asks for a longer wait than this gets no repetition: its error says how long. */
const RETRY_AFTER_MAX_MS = 10_000;

/**
 * Places an order once, however many replies are lost: repeats the call with the same `clientOrderId`, which is made up when
 * the order has none. That the venue then knows the id (3015) is the answer to the first try, if the order it names is this
 * one. @throws OutcomeUnknownError when an order may stand and no try has brought certainty; look for its `clientOrderId`.
 */
export function placeSafely(
  place: PlaceOrder,
  { clock = systemClock, random = Math.random }: { readonly clock?: Clock; readonly random?: Random } = {},
): PlaceOrder {
  return async (order, options = {}) => {
    const named = { ...order, clientOrderId: order.clientOrderId ?? randomId() };
    const backoff = new Backoff(RETRY_DELAYS, random);
    let uncertain: Uncertain | undefined;
    let mayStand = false;
    for (let sends = 1; ; sends += 1) {
      try {
        return await place(named, options);
      } catch (error) {
        if (mayStand && error instanceof DuplicateClientOrderIdError) {
          const original = error.details.order;
          if (original !== undefined && isSameOrder(original, named)) return replyOf(original);
        }
        if (error instanceof OutcomeUnknownError || error instanceof InternalError) uncertain = error;
        mayStand ||= uncertain !== undefined || error instanceof TemporarilyUnavailableError;
        const isAborted = options.signal?.aborted === true;
        const isFinal = sends >= PLACE_SENDS_MAX || isAborted || !isPassing(error);
        if (isFinal) throw isPassing(error) ? (uncertain ?? error) : error;
        const delayMs = error instanceof UnavailableError ? error.retryAfterMs : backoff.nextMs();
        await wait(clock, delayMs, options.signal);
        if (options.signal?.aborted) throw uncertain ?? options.signal.reason;
      }
    }
  };
}

/** Errors after which the order may stand. */
type Uncertain = OutcomeUnknownError | InstanceType<typeof InternalError>;

/** Whether another try can bring what this one did not. */
function isPassing(error: unknown): boolean {
  if (error instanceof UnavailableError) return error.retryAfterMs <= RETRY_AFTER_MAX_MS;
  return error instanceof OutcomeUnknownError || error instanceof UnreachableError || error instanceof InternalError;
}

/** An older order may have had the id: then 3015 says nothing about this one. Only what the venue cannot have filled in is compared. */
function isSameOrder(original: OrderView, order: PlaceOrderBody): boolean {
  const hasOwnPrice = order.type === 'LIMIT' && order.price !== undefined && (order.priceType ?? 0) === 0;
  return (
    original.clientOrderId === order.clientOrderId &&
    original.symbol === order.symbol &&
    original.side === order.side &&
    original.type === order.type &&
    original.positionSide === (order.positionSide ?? original.positionSide) &&
    (order.quantity === undefined || compareDecimals(original.quantity, order.quantity) === 0) &&
    (!hasOwnPrice || compareDecimals(original.price, order.price ?? '0') === 0)
  );
}

function replyOf({ orderId, clientOrderId, status, updatedAt }: OrderView): OrderReply {
  return { orderId, clientOrderId, status, timestamp: updatedAt };
}

function wait(clock: Clock, delayMs: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      cancelTimer();
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const cancelTimer = clock.setTimer(delayMs, done);
    signal?.addEventListener('abort', done);
    if (signal?.aborted) done();
  });
}
