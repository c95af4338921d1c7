import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { errorOf } from '@openvenue/contract';
import type { Failure } from '../failure.ts';
import type { CallLine } from '../logging/call-log.ts';
import type { Venue } from '../venue.ts';
import type { Endpoint } from './endpoint.ts';
import type { RequestIds } from './request-id.ts';
import { securityHeaders } from './security-headers.ts';

export interface ExcessOrdersOptions {
  readonly venue: Pick<Venue, 'orderGate' | 'limits' | 'clock'>;
  readonly endpoints: readonly Endpoint[];
  readonly ids: RequestIds;
  /** Source address after trusted proxies. */
  readonly addressOf: (request: IncomingMessage) => string;
  /** Whether the venue is reached over TLS. */
  readonly isSecure: boolean;
  readonly onAnswered: (line: CallLine) => void;
}

/**
 * Requests that are refused in one turn of the event loop. Those that were let in make one step a turn: were all of the excess answered first,
 * each step would wait for it. The others wait unread, and a connection that waits sends nothing more.
 */
export const REFUSALS_PER_TURN = 32;
/** Requests that wait for their refusal; one more gets it at once. */
export const WAITING_MAX = 4_096;

/**
 * Stands before all else that answers a server's requests: while no more orders are let in, further ones are refused unread, because a
 * refusal must cost a small part of what an order costs. One whose turn comes when there is room again is let in. Requests of pages are
 * left to what comes next, which knows their origins.
 */
export function refuseExcessOrders(server: Server, options: ExcessOrdersOptions): void {
  const { venue, ids, addressOf, onAnswered } = options;
  const headers = { ...securityHeaders(options.isSecure), 'content-type': 'application/json; charset=utf-8' };
  const targets = new Set(
    options.endpoints
      .filter(({ route }) => route.rateLimit === 'order')
      .map(({ route }) => `${route.method} ${route.path}`),
  );

  const refuse = (request: IncomingMessage, response: ServerResponse, failure: Failure): void => {
    const sinceMs = performance.now();
    const requestId = ids.of(request.headers['x-request-id']);
    const { code, message, httpStatus } = errorOf(failure.error);
    const body = JSON.stringify({ code, message, requestId, details: failure.details });
    const limit = venue.limits.takeOfAddress('public', addressOf(request), venue.clock.nowMs());
    response.writeHead(httpStatus, {
      ...headers,
      'x-request-id': requestId,
      'x-ratelimit-limit': limit.limit,
      'x-ratelimit-remaining': limit.remaining,
      'x-ratelimit-reset': limit.resetSeconds,
      'retry-after': RETRY_AFTER_SECONDS,
      'content-length': Buffer.byteLength(body),
    });
    response.end(body);
    onAnswered({
      requestId,
      method: request.method ?? '',
      route: pathOf(request),
      status: httpStatus,
      code,
      durationMs: performance.now() - sinceMs,
      userId: '',
    });
  };

  const listeners = server.listeners('request') as RequestListener[];
  const goOn: RequestListener = (request, response) => {
    for (const listener of listeners) listener.call(server, request, response);
  };
  const isOrder = (request: IncomingMessage): boolean => {
    const { method, headers: sent } = request;
    return sent.origin === undefined && sent.host !== undefined && targets.has(`${method} ${pathOf(request)}`);
  };

  let waiting: Waiting[] = [];
  const takeTurn = (): void => {
    const turn = waiting.slice(0, REFUSALS_PER_TURN);
    waiting = waiting.slice(REFUSALS_PER_TURN);
    if (waiting.length > 0) setImmediate(takeTurn);
    for (const { request, response } of turn) {
      if (response.destroyed) continue;
      const failure = venue.orderGate.refusal();
      if (failure === undefined) goOn(request, response);
      else refuse(request, response, failure);
    }
  };

  server.removeAllListeners('request');
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const failure = venue.orderGate.refusal();
    if ((failure === undefined && waiting.length === 0) || !isOrder(request)) goOn(request, response);
    else if (failure !== undefined && waiting.length >= WAITING_MAX) refuse(request, response, failure);
    else if (waiting.push({ request, response }) === 1) setImmediate(takeTurn);
  });
}

interface Waiting {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

const RETRY_AFTER_SECONDS = '1';

function pathOf({ url = '' }: IncomingMessage): string {
  const mark = url.indexOf('?');
  return mark === -1 ? url : url.slice(0, mark);
}
