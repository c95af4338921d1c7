import type { IncomingMessage, ServerResponse } from 'node:http';
import { errorOf } from '@openvenue/contract';
import { type Failure, fail } from '../failure.ts';
import { OVERLOADED } from '../limits/order-gate.ts';
import type { LimitState } from '../limits/token-buckets.ts';
import type { CallLine } from '../logging/call-log.ts';
import type { Venue } from '../venue.ts';
import type { Endpoint } from './endpoint.ts';
import { headersOfCall, type WrittenReply } from './reply.ts';
import type { RequestIds } from './request-id.ts';
import { securityHeaders } from './security-headers.ts';

export interface ExcessOrdersOptions {
  readonly venue: Pick<Venue, 'limits' | 'clock'>;
  readonly ids: RequestIds;
  /** Source address after trusted proxies. */
  readonly addressOf: (request: IncomingMessage) => string;
  /** Whether the venue is reached over TLS. */
  readonly isSecure: boolean;
  readonly onAnswered: (line: CallLine) => void;
}

/** An order that is not let in. */
export interface ExcessOrder {
  readonly endpoint: Endpoint;
  readonly request: IncomingMessage;
  /** When it had been read. */
  readonly sinceMs: number;
  /** Whose limit is spent; left out, the order is refused for the load of all. */
  readonly overLimit?: { readonly externalUserId: string; readonly limit: LimitState } | undefined;
}

/**
 * Orders that are refused in one turn of the event loop, as many as are begun. Who is refused may ask again at once: the more are answered in a
 * turn, the fewer are carried out in a second. The others wait, and a connection that waits sends nothing more.
 */
export const REFUSALS_PER_TURN = 16;
/** Orders that wait for their refusal; one more gets it at once. */
export const WAITING_MAX = 4_096;
const RETRY_AFTER_SECONDS = 1;

/** Refuses orders, unread and past all else: a refusal must cost a small part of what an order costs. */
export class ExcessOrders {
  readonly #options: ExcessOrdersOptions;
  readonly #headers: readonly string[];
  #waiting: (() => void)[] = [];

  constructor(options: ExcessOrdersOptions) {
    this.#options = options;
    const headers = { ...securityHeaders(options.isSecure), 'content-type': 'application/json; charset=utf-8' };
    this.#headers = Object.entries(headers).flat();
  }

  /**
   * Runs it when refusals have their turn: together, after all that has come is read. Writing wakes whoever waits for the reply, and that
   * takes twice as long for each when reading goes on in between.
   */
  inTurn(refuse: () => void): void {
    if (this.#waiting.length >= WAITING_MAX) refuse();
    else if (this.#waiting.push(refuse) === 1) setImmediate(this.#takeTurn);
  }

  readonly #takeTurn = (): void => {
    const turn = this.#waiting.splice(0, REFUSALS_PER_TURN);
    if (this.#waiting.length > 0) setImmediate(this.#takeTurn);
    for (const refuse of turn) refuse();
  };

  /** Refuses the request in its turn. */
  refuse(excess: ExcessOrder, response: ServerResponse): void {
    this.inTurn(() => {
      if (response.destroyed) return;
      const { requestId, status, headers, body } = this.#refusalOf(excess);
      response.writeHead(status, [...this.#headers, ...headers]);
      response.end(body, 'latin1');
      this.#tell(excess, requestId);
    });
  }

  #refusalOf({ request, overLimit }: ExcessOrder): WrittenReply & { readonly requestId: string } {
    const { venue, ids, addressOf } = this.#options;
    const { status, begin, end } = overLimit === undefined ? OVERLOAD : OVER_LIMIT;
    // An id is made of characters that JSON writes as they are.
    const requestId = ids.of(request.headers['x-request-id']);
    const body = begin + requestId + end;
    const limit = overLimit?.limit ?? venue.limits.takeOfAddress('public', addressOf(request), venue.clock.nowMs());
    const headers = [
      ...headersOfCall(requestId, limit),
      'retry-after',
      String(overLimit?.limit.retryAfterSeconds ?? RETRY_AFTER_SECONDS),
      'content-length',
      String(body.length),
    ];
    return { requestId, status, headers, body };
  }

  #tell({ endpoint, sinceMs, overLimit }: ExcessOrder, requestId: string): void {
    const { method, path } = endpoint.route;
    const { code, status } = overLimit === undefined ? OVERLOAD : OVER_LIMIT;
    const userId = overLimit?.externalUserId ?? '';
    const durationMs = performance.now() - sinceMs;
    this.#options.onAnswered({ requestId, method, route: path, status, code, durationMs, userId });
  }
}

/** What is the same in all refusals of a kind: the envelope up to the request's id, and the rest of it. */
function bytesOf({ error, details }: Failure) {
  const { code, message, httpStatus: status } = errorOf(error);
  const begin = `${JSON.stringify({ code, message }).slice(0, -1)},"requestId":"`;
  return { code, status, begin, end: details === undefined ? '"}' : `","details":${JSON.stringify(details)}}` };
}

const OVERLOAD = bytesOf(OVERLOADED);
const OVER_LIMIT = bytesOf(fail('RATE_LIMITED'));
