import type {
  CancelOrderBody,
  ErrorReply,
  MoveOrderBody,
  OrderOpReply,
  OrderReply,
  PlaceOrderBody,
  WsOrderOp,
} from '@openvenue/contract';
import type { Clock, Random } from '../clock.ts';
import { errorOfRefusal } from '../errors/error-of.ts';
import { type NoReplyReason, OutcomeUnknownError, UnreachableError } from '../errors/no-reply.ts';
import type { CallOptions } from '../rest/calls.ts';
import { type PlaceOrder, placeSafely } from '../rest/place-safely.ts';

/** Operations that wait for their replies; the venue takes no more on a connection. */
export const ORDERS_IN_FLIGHT_MAX = 256;
/** Wait for a reply. */
export const ORDER_TIMEOUT_MS = 10_000;

/**
 * Orders over the private channel: what `client.order` does, on a connection that is already there and with many operations under
 * way at once, which the venue sequences in the order of the calls. They reject with an `ApiError` when the venue refuses, with
 * `OutcomeUnknownError` when an operation was sent and has no reply, with `UnreachableError` while the stream is not open, and
 * with a RangeError above 256 operations under way.
 */
export interface StreamOrders {
  readonly place: PlaceOrder;
  readonly cancel: (order: CancelOrderBody, options?: CallOptions) => Promise<OrderReply>;
  readonly move: (change: MoveOrderBody, options?: CallOptions) => Promise<OrderReply>;
  /** Places an order once, however often the connection is lost meanwhile; see `placeSafely`. */
  readonly placeSafely: PlaceOrder;
}

/** Tells the ids of these from those of topic requests. */
const ID_PREFIX = 'o';

export interface OrderRequestsOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly isOpen: () => boolean;
  readonly send: (request: { readonly id: string; readonly op: WsOrderOp; readonly args: readonly [object] }) => void;
}

interface Waiting {
  readonly op: WsOrderOp;
  readonly resolve: (reply: OrderReply) => void;
  readonly reject: (error: unknown) => void;
}

/** Order operations that were sent, until each has its reply or none can come any more. */
export class OrderRequests implements StreamOrders {
  readonly #options: OrderRequestsOptions;
  readonly #waiting = new Map<string, Waiting>();
  readonly place: StreamOrders['place'] = (order, options) => this.#ask('order.place', order, options);
  readonly cancel: StreamOrders['cancel'] = (order, options) => this.#ask('order.cancel', order, options);
  readonly move: StreamOrders['move'] = (change, options) => this.#ask('order.move', change, options);
  readonly placeSafely: StreamOrders['placeSafely'];
  #count = 0;

  constructor(options: OrderRequestsOptions) {
    this.#options = options;
    this.placeSafely = placeSafely((order, callOptions) => this.place(order, callOptions), options);
  }

  /** The reply to an operation that was given up has nobody left to hear it. */
  answered({ id = '', data }: OrderOpReply): void {
    this.#settle(id, ({ resolve }) => resolve(data));
  }

  /** True when the refusal was of an operation of this. */
  refused(reply: ErrorReply): boolean {
    const { id = '' } = reply;
    this.#settle(id, ({ reject }) => reject(errorOfRefusal(reply)));
    return id.startsWith(ID_PREFIX);
  }

  /** No reply will come any more. */
  disconnected(): void {
    for (const id of this.#waiting.keys()) this.#lose(id, 'network', new Error('the connection was lost'));
  }

  async #ask(
    op: WsOrderOp,
    body: PlaceOrderBody | CancelOrderBody | MoveOrderBody,
    { signal, timeoutMs = ORDER_TIMEOUT_MS }: CallOptions = {},
  ): Promise<OrderReply> {
    signal?.throwIfAborted();
    const { clock, isOpen, send } = this.#options;
    if (!isOpen()) {
      const cause = new Error('the stream is not open');
      throw new UnreachableError({ operation: op, reason: 'network', requestId: '', cause });
    }
    if (this.#waiting.size >= ORDERS_IN_FLIGHT_MAX) {
      throw new RangeError(`a stream has at most ${ORDERS_IN_FLIGHT_MAX} order operations under way`);
    }
    const id = `${ID_PREFIX}${++this.#count}`;
    const cancelTimer = clock.setTimer(timeoutMs, () =>
      this.#lose(id, 'timeout', new Error(`no reply within ${timeoutMs} ms`)),
    );
    const giveUp = () => this.#lose(id, 'aborted', signal?.reason);
    signal?.addEventListener('abort', giveUp);
    try {
      return await new Promise<OrderReply>((resolve, reject) => {
        this.#waiting.set(id, { op, resolve, reject });
        send({ id, op, args: [body] });
      });
    } finally {
      this.#waiting.delete(id);
      cancelTimer();
      signal?.removeEventListener('abort', giveUp);
    }
  }

  #lose(id: string, reason: NoReplyReason, cause: unknown): void {
    this.#settle(id, ({ op, reject }) =>
      reject(new OutcomeUnknownError({ operation: op, reason, requestId: id, cause })),
    );
  }

  #settle(id: string, settle: (waiting: Waiting) => void): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (waiting !== undefined) settle(waiting);
  }
}
