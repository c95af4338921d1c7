import assert from 'node:assert/strict';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { JSON_BODY_LIMITS } from '@openvenue/contract';
import type { FastifyBaseLogger } from 'fastify';
import { type Answer, fail } from '../failure.ts';
import { type CallLine, logBug } from '../logging/call-log.ts';
import { isTracing } from '../monitoring/tracing.ts';
import type { Venue } from '../venue.ts';
import type { CallRecord } from './call-record.ts';
import { NO_ORIGIN_HEADERS } from './cross-origin.ts';
import type { Endpoint } from './endpoint.ts';
import type { ExcessOrders } from './excess-orders.ts';
import type { IncomingCall } from './incoming-call.ts';
import { KnownSenders } from './known-senders.ts';
import type { Replier } from './reply.ts';
import type { RequestIds } from './request-id.ts';
import type { RequestServer } from './serve.ts';

export interface DirectCallsOptions {
  /** Those with a cookie are left to the framework. */
  readonly endpoints: readonly Endpoint[];
  readonly server: RequestServer;
  readonly venue: Pick<Venue, 'orderGate' | 'limits' | 'clock'>;
  readonly excess: ExcessOrders;
  readonly replier: Replier;
  readonly ids: RequestIds;
  readonly log: FastifyBaseLogger;
  /** Source address after trusted proxies. */
  readonly addressOf: (request: IncomingMessage) => string;
  readonly onAnswered: (line: CallLine) => void;
}

/**
 * Answers plain calls of the API straight off the server, past the framework, whose hooks and objects cost as much as the rest of the way of
 * an order. Plain is what programs send: a known path as it is written, a host, a body of known length, no page's origin. All else
 * goes through the framework, to the same answer: what is done for a call is the same code on both ways.
 */
export class DirectCalls {
  readonly #options: DirectCallsOptions;
  readonly #endpoints = new Map<string, Endpoint>();
  readonly #senders: KnownSenders;
  #isClosing = false;

  constructor(options: DirectCallsOptions) {
    this.#options = options;
    this.#senders = new KnownSenders(options.venue.limits);
    for (const endpoint of options.endpoints) {
      const { method, path, refreshCookie } = endpoint.route;
      if (refreshCookie === undefined) this.#endpoints.set(`${method} ${path}`, endpoint);
    }
  }

  /** From now on calls go through the framework, which ends their connections. */
  close(): void {
    this.#isClosing = true;
  }

  /** Takes a request, or leaves it and returns false. */
  take(request: IncomingMessage, response: ServerResponse): boolean {
    if (this.#isClosing || isTracing()) return false;
    const { method = '', url = '', headers } = request;
    const endpoint = this.#endpointOf(method, url);
    if (endpoint === undefined || !isPlain(method, headers)) return false;
    const bytes = Number(headers['content-length'] ?? 0);
    const begun = { endpoint, request, response, sinceMs: performance.now() };
    if (isOrder(endpoint) && this.#isExcess(begun)) return true;
    if (bytes === 0) this.#enter(begun, NOTHING);
    else this.#receive(begun);
    return true;
  }

  /** Refuses an order at its headers, so that no more is done for it. */
  #isExcess(begun: Begun): boolean {
    const { venue, excess } = this.#options;
    const overLimit = this.#senders.overLimit(begun.request, venue.clock.nowMs());
    if (overLimit === undefined && venue.orderGate.refusal() === undefined) return false;
    excess.refuse({ ...begun, overLimit }, begun.response);
    return true;
  }

  #endpointOf(method: string, url: string): Endpoint | undefined {
    const mark = url.indexOf('?');
    return this.#endpoints.get(`${method} ${mark === -1 ? url : url.slice(0, mark)}`);
  }

  /** A request that breaks off never ends; its connection has been dealt with. */
  #receive(begun: Begun): void {
    const { request } = begun;
    let body: Buffer = NOTHING;
    request.on('data', (chunk: Buffer) => {
      body = body.length === 0 ? chunk : Buffer.concat([body, chunk]);
    });
    request.once('end', () => this.#enter(begun, body));
  }

  /** A new order waits for its turn, and whoever has gone by then gets none. */
  #enter(begun: Begun, body: Buffer): void {
    const { venue, excess } = this.#options;
    const turn = isOrder(begun.endpoint) ? venue.orderGate.enter() : undefined;
    if (turn === undefined) this.#serve(begun, body);
    else if (!(turn instanceof Promise)) excess.refuse(begun, begun.response);
    else
      void turn.then(() => {
        if (!begun.response.destroyed) this.#serve(begun, body);
      });
  }

  #serve(begun: Begun, body: Buffer): void {
    const { server, ids, log, addressOf } = this.#options;
    const { endpoint, request, response } = begun;
    const { headers, url = '' } = request;
    const contentType = headers['content-type'];
    const call = new DirectCall({
      id: ids.of(headers['x-request-id']),
      ip: addressOf(request),
      headers,
      target: url,
      body,
      record: contentType === undefined ? {} : { contentType },
    });
    response.once('close', () => this.#tell(begun, call));
    server
      .answer(endpoint, call)
      .then((answer) => this.#reply(response, call, answer))
      .catch((error: unknown) => {
        logBug(log, error, { requestId: call.id });
        if (response.headersSent) response.destroy();
        else this.#reply(response, call, fail('INTERNAL_ERROR'));
      });
  }

  #reply(response: ServerResponse, call: IncomingCall, answer: Answer<unknown>): void {
    const { status, headers, body } = this.#options.replier.write(call, answer);
    const bytes = Buffer.byteLength(body);
    response.writeHead(status, [...headers, ...NO_ORIGIN_HEADERS, 'content-length', String(bytes)]);
    // Of characters that all are one byte both encodings write the same, and this one takes less time.
    response.end(body, bytes === body.length ? 'latin1' : 'utf8');
  }

  #tell({ endpoint, request, response, sinceMs }: Begun, { id, record }: IncomingCall): void {
    if (isOrder(endpoint)) this.#senders.note(request, record);
    const { log, onAnswered } = this.#options;
    const { code = NO_CODE, externalUserId = '' } = record;
    const line: CallLine = {
      requestId: id,
      method: endpoint.route.method,
      route: endpoint.route.path,
      status: response.statusCode,
      code,
      durationMs: Math.round((performance.now() - sinceMs) * 1_000) / 1_000,
      userId: externalUserId,
    };
    log.info(line, 'call');
    onAnswered(line);
  }
}

interface Begun {
  readonly endpoint: Endpoint;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly sinceMs: number;
}

type CallParts = Pick<IncomingCall, 'id' | 'ip' | 'headers' | 'target' | 'body' | 'record'>;

/** A call of a route without a cookie. */
class DirectCall implements IncomingCall {
  readonly id: string;
  readonly ip: string;
  readonly headers: IncomingHttpHeaders;
  readonly target: string;
  readonly body: Buffer;
  readonly record: CallRecord;

  constructor({ id, ip, headers, target, body, record }: CallParts) {
    this.id = id;
    this.ip = ip;
    this.headers = headers;
    this.target = target;
    this.body = body;
    this.record = record;
  }

  cookie(): undefined {
    return undefined;
  }

  setCookie(): void {
    assert.fail('a route without a cookie sets one');
  }
}

const isOrder = ({ route }: Endpoint): boolean => route.rateLimit === 'order';

const NOTHING = Buffer.alloc(0);
const NO_CODE = -1;
const LENGTH = /^\d{1,9}$/;

function isPlain(method: string, headers: IncomingHttpHeaders): boolean {
  const { host, origin, expect, upgrade, 'transfer-encoding': coding, 'content-length': length = '0' } = headers;
  if (host === undefined || origin !== undefined || coding !== undefined) return false;
  if (expect !== undefined || upgrade !== undefined || !LENGTH.test(length)) return false;
  return Number(length) <= (method === 'GET' ? 0 : JSON_BODY_LIMITS.maxLength);
}
