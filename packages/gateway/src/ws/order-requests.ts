import type { WsOrderOp } from '@openvenue/contract';
import type { ConnectionPrincipal } from '../access/principal.ts';
import type { Connection } from './connection.ts';
import type { WsLimits } from './limits.ts';
import type { WebSocketOptions } from './options.ts';
import { errorFrame, failureFrame, orderFrame } from './replies.ts';

/** Who holds a private connection, and from where. */
export interface Holder {
  readonly principal: ConnectionPrincipal;
  /** Source address after trusted proxies. */
  readonly ip: string;
}

/** An order operation before the form of its body is checked. */
export interface OrderRequest {
  readonly id?: string;
  readonly op: WsOrderOp;
  readonly body: unknown;
}

export type OrderRequestsOptions = Pick<WebSocketOptions, 'orders' | 'onError'> & {
  readonly limits: Pick<WsLimits, 'maxOrdersInFlight'>;
};

/** The orders of private connections: many at a time, sequenced as they came, each answered when its outcome is durable. */
export class OrderRequests {
  readonly #options: OrderRequestsOptions;
  readonly #inFlight = new Map<Connection, number>();
  #isClosing = false;
  #becameIdle: () => void = () => undefined;

  constructor(options: OrderRequestsOptions) {
    this.#options = options;
  }

  receive(connection: Connection, holder: Holder, { id, op, body }: OrderRequest): void {
    const { orders, limits } = this.#options;
    const frameId = id === undefined ? {} : { id };
    if (orders === undefined) {
      connection.send(errorFrame('PERMISSION_DENIED', frameId, { details: { rule: 'no orders are taken here' } }));
      return;
    }
    if (this.#isClosing) {
      connection.send(errorFrame('TEMPORARILY_UNAVAILABLE', frameId, { details: { rule: 'the venue is going away' } }));
      return;
    }
    const inFlight = this.#inFlight.get(connection) ?? 0;
    if (inFlight >= limits.maxOrdersInFlight) {
      const rule = `at most ${limits.maxOrdersInFlight} order operations without a reply on a connection`;
      connection.send(errorFrame('RATE_LIMITED', frameId, { details: { rule } }));
      return;
    }
    this.#inFlight.set(connection, inFlight + 1);
    orders.call({ op, body, ...holder, connectionId: connection.id }).then(
      (answer) => {
        this.#answered(connection);
        connection.send(answer.ok ? orderFrame(op, frameId, answer.data) : failureFrame(answer, frameId));
      },
      (error: unknown) => {
        this.#answered(connection);
        connection.send(errorFrame('INTERNAL_ERROR', frameId));
        this.#options.onError(error);
      },
    );
  }

  /** Takes no more orders; resolves when those that were taken are answered. */
  async close(): Promise<void> {
    this.#isClosing = true;
    if (this.#inFlight.size === 0) return;
    await new Promise<void>((resolve) => {
      this.#becameIdle = resolve;
    });
  }

  #answered(connection: Connection): void {
    const left = (this.#inFlight.get(connection) ?? 1) - 1;
    if (left > 0) {
      this.#inFlight.set(connection, left);
      return;
    }
    this.#inFlight.delete(connection);
    if (this.#inFlight.size === 0) this.#becameIdle();
  }
}
