import assert from 'node:assert/strict';
import { errorOf, type OrderOpReply, SUCCESS_CODE, type WsOrderOp } from '@openvenue/contract';
import type { FastifyInstance } from 'fastify';
import { refusePermission } from './access/authenticate-key.ts';
import { IpAllowLists } from './access/ip-allow-list.ts';
import type { ConnectionPrincipal } from './access/principal.ts';
import { type Answer, type Failure, fail } from './failure.ts';
import type { CallContext, Endpoint } from './http/endpoint.ts';
import type { CallLine } from './logging/call-log.ts';
import { traced } from './monitoring/tracing.ts';
import { cancelOrder } from './rest/order/cancel.ts';
import { moveOrder } from './rest/order/move.ts';
import { placeOrder } from './rest/order/place.ts';
import type { Venue } from './venue.ts';

/** The order operations of a private connection are these endpoints. */
const ENDPOINT_OF_OP: Readonly<Record<WsOrderOp, Endpoint>> = {
  'order.place': placeOrder,
  'order.cancel': cancelOrder,
  'order.move': moveOrder,
};

/** One order operation as it came over a private connection. */
export interface OrderCall {
  readonly op: WsOrderOp;
  /** Parsed JSON; what the REST call has as its body. */
  readonly body: unknown;
  readonly principal: ConnectionPrincipal;
  /** Source address of the connection after trusted proxies. */
  readonly ip: string;
  /** Id of the connection, for the log. */
  readonly connectionId: string;
}

/** Takes a call after it was answered. */
export type OnAnswered = (line: CallLine) => void;

/** Orders over connections that were authenticated when they were opened: the endpoints, buckets and refusals of the REST API. */
export class OrderEntry {
  readonly #venue: Venue;
  readonly #onAnswered: OnAnswered;
  readonly #allowLists = new IpAllowLists();
  /** Of each connection that has orders in line, the turn of the last one. */
  readonly #lastTurns = new Map<string, Promise<void>>();

  constructor(venue: Venue, onAnswered: OnAnswered) {
    this.#venue = venue;
    this.#onAnswered = onAnswered;
  }

  /**
   * Carries an operation out. Commands of one connection are sequenced in the order of these calls. Rejects for a bug of ours
   * alone, after which nothing is certain.
   */
  async call(call: OrderCall): Promise<Answer<OrderOpReply['data']>> {
    const startedMs = performance.now();
    const answer = await traced(call.op, () => this.#answer(call));
    const { code, httpStatus } = answer.ok ? SUCCESS : errorOf(answer.error);
    this.#onAnswered({
      requestId: call.connectionId,
      method: METHOD,
      route: call.op,
      status: httpStatus,
      code,
      durationMs: Math.round((performance.now() - startedMs) * 1_000) / 1_000,
      userId: call.principal.externalUserId,
    });
    return answer;
  }

  async #answer(call: OrderCall): Promise<Answer<OrderOpReply['data']>> {
    const turn = this.#turnOf(call);
    if (turn === undefined) return this.#carryOut(call);
    if (!(turn instanceof Promise)) return turn;
    await turn;
    return this.#carryOut(call);
  }

  /** Undefined when the call is to be begun now. A cancel waits for none but the orders that its own connection has sent before it. */
  #turnOf({ op, connectionId, principal }: OrderCall): Promise<void> | Failure | undefined {
    if (ENDPOINT_OF_OP[op].route.rateLimit !== 'order') return this.#lastTurns.get(connectionId);
    const { limits, clock, orderGate } = this.#venue;
    // Who is over his own limit takes no place in line from others.
    if (!limits.lookAtOrders(principal.userId, clock.nowMs()).allowed) return fail('RATE_LIMITED');
    const turn = orderGate.enter();
    if (!(turn instanceof Promise)) return turn;
    const begun = turn.then(() => {
      if (this.#lastTurns.get(connectionId) === begun) this.#lastTurns.delete(connectionId);
    });
    this.#lastTurns.set(connectionId, begun);
    return begun;
  }

  async #carryOut({ op, body, principal, ip }: OrderCall): Promise<Answer<OrderOpReply['data']>> {
    const { limits, clock, keyUses } = this.#venue;
    const nowMs = clock.nowMs();
    const { userId, apiKeyId } = principal;
    const denied = apiKeyId === 0 ? undefined : this.#refuseKey(principal, ip);
    if (denied !== undefined) return denied;
    const endpoint = ENDPOINT_OF_OP[op];
    const prepared = endpoint.prepare({ query: {}, body });
    const cost = prepared.ok ? prepared.cost : 1;
    if (!limits.takeOfUser(endpoint.route.rateLimit, { userId, cost }, nowMs).allowed) return fail('RATE_LIMITED');
    if (apiKeyId !== 0) keyUses.note(apiKeyId, nowMs);
    if (!prepared.ok) return prepared;
    const run = () => prepared.run(this.#venue, contextOf(nowMs, ip), principal);
    const answer = endpoint.route.rateLimit === 'order' ? await this.#venue.orderGate.pass(run) : await run();
    // All three endpoints answer with this.
    return answer as Answer<OrderOpReply['data']>;
  }

  /** What the key may do can have changed since the connection was opened, and the connection can stand elsewhere than the key may. */
  #refuseKey({ userId, apiKeyId }: ConnectionPrincipal, ip: string): Failure | undefined {
    const key = this.#venue.node.core.identity.apiKeys(userId).find(({ id }) => id === apiKeyId);
    if (key === undefined || !key.enabled) return fail('INVALID_TOKEN');
    if (!this.#allowLists.allows(key.ipWhitelist, ip)) return fail('IP_NOT_ALLOWED');
    return refusePermission('T', key.permissions);
  }
}

/** In the place of a method of HTTP, in the log and the metrics. */
const METHOD = 'WS';
const SUCCESS = { code: SUCCESS_CODE, httpStatus: 200 };

const contextOf = (nowMs: number, ip: string): CallContext => ({
  nowMs,
  ip,
  embedOrigin: '',
  refreshCookie: undefined,
  setRefreshCookie: () => assert.fail('an order sets no cookie'),
  limited: () => assert.fail('an order asks no bucket of its own'),
});

const DECORATOR = 'orderEntry';

/** Gives the gateway's own order entry to whoever attaches the WebSocket to its server. */
export function addOrderEntry(app: FastifyInstance, venue: Venue, onAnswered: OnAnswered): void {
  app.decorate(
    DECORATOR,
    new OrderEntry(venue, (line) => {
      app.log.info(line, 'call');
      onAnswered(line);
    }),
  );
}

/** The order entry of an app that `buildGateway` has made. */
export const orderEntryOf = (app: FastifyInstance): OrderEntry => app.getDecorator<OrderEntry>(DECORATOR);
