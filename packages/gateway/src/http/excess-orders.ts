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
 * Stands before all else that answers a server's requests: while no more orders are let in, further ones are refused at once, unread.
 * A refusal must cost a small part of what an order costs, or those alone would take all the time there is. Requests of pages are left to
 * what comes next, which knows their origins.
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
  server.removeAllListeners('request');
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const failure = venue.orderGate.refusal();
    const { method, headers: sent } = request;
    const isExcess = failure !== undefined && sent.origin === undefined && sent.host !== undefined;
    if (isExcess && targets.has(`${method} ${pathOf(request)}`)) refuse(request, response, failure);
    else for (const listener of listeners) listener.call(server, request, response);
  });
}

const RETRY_AFTER_SECONDS = '1';

function pathOf({ url = '' }: IncomingMessage): string {
  const mark = url.indexOf('?');
  return mark === -1 ? url : url.slice(0, mark);
}
