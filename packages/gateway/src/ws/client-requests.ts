import {
  formatTopic,
  parseJsonBody,
  readRequestFrame,
  WS_CLOSE_CODE,
  WS_LIMITS,
  type WsRequest,
} from '@openvenue/contract';
import { TokenBuckets } from '../limits/token-buckets.ts';
import type { Connection } from './connection.ts';
import type { WsLimits } from './limits.ts';
import { errorFrame, pongFrame, problemFrame, subscriptionFrame } from './replies.ts';
import type { PublicTopics } from './topics/public-topics.ts';

export interface ClientRequestsOptions {
  readonly topics: PublicTopics;
  readonly nowMs: () => number;
  readonly limits: Pick<WsLimits, 'maxTopics' | 'requestsPerSecond' | 'maxConnections'>;
}

/** Frames that are over the rate are read for their id up to this length only: refusing must cost less than asking. */
const MAX_REFUSED_LENGTH = 1_024;

interface Client {
  readonly connection: Connection;
  readonly subscribed: Set<string>;
  badJsonInARow: number;
}

type TopicRequest = Extract<WsRequest, { op: 'subscribe' | 'unsubscribe' }>;

/** Answers the frames of the clients. */
export class ClientRequests {
  readonly #options: ClientRequestsOptions;
  readonly #rates: TokenBuckets;
  readonly #clients = new Map<Connection, Client>();

  constructor(options: ClientRequestsOptions) {
    this.#options = options;
    const { requestsPerSecond, maxConnections } = options.limits;
    this.#rates = new TokenBuckets({ perSecond: requestsPerSecond, burst: requestsPerSecond }, maxConnections);
  }

  join(connection: Connection): void {
    this.#clients.set(connection, { connection, subscribed: new Set(), badJsonInARow: 0 });
  }

  leave(connection: Connection): void {
    for (const name of this.#clients.get(connection)?.subscribed ?? [])
      this.#options.topics.unsubscribe(connection, name);
    this.#clients.delete(connection);
  }

  receive(connection: Connection, data: Buffer, isBinary: boolean): void {
    const client = this.#clients.get(connection);
    if (client === undefined || !connection.isOpen) return;
    if (!this.#rates.take(connection.id, 1, this.#options.nowMs()).allowed) {
      connection.send(errorFrame('RATE_LIMITED', isBinary ? {} : idOfSmall(data)));
      return;
    }
    if (isBinary) connection.send(errorFrame('PARAMETER_INVALID', {}, { message: 'Frames must be text' }));
    else this.#receiveText(client, data.toString('utf8'));
  }

  #receiveText(client: Client, text: string): void {
    const { connection } = client;
    const json = parseJsonBody(text);
    if (!json.ok || text.trim() === '') {
      client.badJsonInARow++;
      connection.send(errorFrame('PARAMETER_INVALID', {}, { message: 'Frame cannot be parsed' }));
      if (client.badJsonInARow >= WS_LIMITS.badJsonInARowMax) connection.close(WS_CLOSE_CODE.BAD_JSON, 'bad JSON');
      return;
    }
    client.badJsonInARow = 0;
    const request = readRequestFrame(json.value);
    if (request.ok) this.#answer(client, request.value);
    else connection.send(problemFrame(request.problem, request));
  }

  #answer(client: Client, request: WsRequest): void {
    switch (request.op) {
      case 'ping':
        client.connection.send(pongFrame(request, this.#options.nowMs()));
        return;
      case 'subscribe':
        this.#subscribe(client, request);
        return;
      case 'unsubscribe':
        this.#unsubscribe(client, request);
        return;
      case 'order.place':
      case 'order.cancel':
      case 'order.move':
        client.connection.send(errorFrame('PARAMETER_INVALID', request, { message: NOT_AVAILABLE }));
    }
  }

  /** All topics or none. */
  #subscribe(client: Client, request: TopicRequest): void {
    const { connection, subscribed } = client;
    if (request.topics.some((topic) => this.#options.topics.refusalOf(topic) === 'SYMBOL_UNKNOWN')) {
      connection.send(errorFrame('SYMBOL_NOT_TRADING', request));
      return;
    }
    const names = request.topics.map(formatTopic);
    if (new Set([...subscribed, ...names]).size > this.#options.limits.maxTopics) {
      const message = `At most ${this.#options.limits.maxTopics} topics a connection`;
      connection.send(errorFrame('RATE_LIMITED', request, { message }));
      return;
    }
    connection.send(subscriptionFrame('subscribe', request, names));
    for (const name of names) subscribed.add(name);
    for (const topic of new Map(request.topics.map((topic) => [formatTopic(topic), topic])).values())
      this.#options.topics.subscribe(connection, topic);
  }

  #unsubscribe({ connection, subscribed }: Client, request: TopicRequest): void {
    const names = request.topics.map(formatTopic);
    for (const name of names) if (subscribed.delete(name)) this.#options.topics.unsubscribe(connection, name);
    connection.send(subscriptionFrame('unsubscribe', request, names));
  }
}

const NOT_AVAILABLE = 'Not available yet';

function idOfSmall(data: Buffer): { readonly id?: string } {
  if (data.length > MAX_REFUSED_LENGTH) return {};
  const json = parseJsonBody(data.toString('utf8'));
  if (!json.ok) return {};
  const request = readRequestFrame(json.value);
  return request.ok ? request.value : request;
}
