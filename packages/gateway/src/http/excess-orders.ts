import type { IncomingMessage, ServerResponse } from 'node:http';
import { errorOf } from '@openvenue/contract';
import { type Failure, fail } from '../failure.ts';
import { OVERLOADED } from '../limits/order-gate.ts';
import type { LimitState } from '../limits/token-buckets.ts';
import { TurnQueue } from '../limits/turn-queue.ts';
import type { CallLine } from '../logging/call-log.ts';
import type { Venue } from '../venue.ts';
import type { Endpoint } from './endpoint.ts';
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

/** A request for an order that is not let in. */
export interface ExcessOrder {
  readonly endpoint: Endpoint;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** When it had been read. */
  readonly sinceMs: number;
  /** Whose limit is spent; left out, the order is refused for the load of all. */
  readonly overLimit?: { readonly externalUserId: string; readonly limit: LimitState } | undefined;
}

/**
 * Requests that are refused in one turn of the event loop. Who is refused may ask again at once: were all answered first, those that were
 * let in would wait for ever new ones. The others wait, and a connection that waits sends nothing more.
 */
export const REFUSALS_PER_TURN = 128;
/** Requests that wait for their refusal; one more gets it at once. */
export const WAITING_MAX = 4_096;
const RETRY_AFTER_SECONDS = 1;

/** Refuses orders, unread and past all else: a refusal must cost a small part of what an order costs. */
export class ExcessOrders {
  readonly #options: ExcessOrdersOptions;
  readonly #headers: readonly string[];
  readonly #line = new TurnQueue({ perTurn: REFUSALS_PER_TURN });

  constructor(options: ExcessOrdersOptions) {
    this.#options = options;
    const own = { 'content-type': 'application/json; charset=utf-8' };
    this.#headers = Object.entries({ ...securityHeaders(options.isSecure), ...own }).flat();
  }

  /** Refuses the request in its turn. */
  refuse(excess: ExcessOrder): void {
    if (this.#line.length >= WAITING_MAX) this.#write(excess);
    else this.#line.push(() => this.#write(excess));
  }

  #write({ endpoint, request, response, sinceMs, overLimit }: ExcessOrder): void {
    if (response.destroyed) return;
    const { venue, ids, addressOf, onAnswered } = this.#options;
    const { code, httpStatus, begin, end } = overLimit === undefined ? OVERLOAD : OVER_LIMIT;
    // An id is made of characters that JSON writes as they are.
    const requestId = ids.of(request.headers['x-request-id']);
    const body = begin + requestId + end;
    const limit = overLimit?.limit ?? venue.limits.takeOfAddress('public', addressOf(request), venue.clock.nowMs());
    response.writeHead(httpStatus, [
      ...this.#headers,
      'x-request-id',
      requestId,
      'x-ratelimit-limit',
      String(limit.limit),
      'x-ratelimit-remaining',
      String(limit.remaining),
      'x-ratelimit-reset',
      String(limit.resetSeconds),
      'retry-after',
      String(overLimit?.limit.retryAfterSeconds ?? RETRY_AFTER_SECONDS),
      'content-length',
      String(body.length),
    ]);
    response.end(body, 'latin1');
    const { method, path } = endpoint.route;
    const durationMs = performance.now() - sinceMs;
    const userId = overLimit?.externalUserId ?? '';
    onAnswered({ requestId, method, route: path, status: httpStatus, code, durationMs, userId });
  }
}

/** What is the same in all refusals of a kind: the envelope up to the request's id, and the rest of it. */
function bytesOf({ error, details }: Failure) {
  const { code, message, httpStatus } = errorOf(error);
  const begin = `${JSON.stringify({ code, message }).slice(0, -1)},"requestId":"`;
  return { code, httpStatus, begin, end: details === undefined ? '"}' : `","details":${JSON.stringify(details)}}` };
}

const OVERLOAD = bytesOf(OVERLOADED);
const OVER_LIMIT = bytesOf(fail('RATE_LIMITED'));
