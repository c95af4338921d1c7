import {
  formatTopic,
  parseJsonBody,
  readFrame,
  readOrderArgument,
  readTopics,
  type Topic,
  WS_CLOSE_CODE,
  WS_LIMITS,
  WS_ORDER_OPS,
  type WsFrame,
  type WsFrameValidation,
  type WsOrderOp,
} from '@openvenue/contract';
import { TokenBuckets } from '../limits/token-buckets.ts';
import type { Connection } from './connection.ts';
import type { WsLimits } from './limits.ts';
import type { Holder, OrderRequests } from './order-requests.ts';
import { errorFrame, pongFrame, problemFrame, subscriptionFrame } from './replies.ts';
import type { PublicTopics } from './topics/public-topics.ts';

export interface ClientRequestsOptions {
  readonly topics: PublicTopics;
  readonly orders: OrderRequests;
  readonly nowMs: () => number;
  readonly limits: Pick<WsLimits, 'maxTopics' | 'requestsPerSecond' | 'maxConnections'>;
}

/** Frames that are over the rate are read for their id up to this length only: refusing must cost less than asking. */
const MAX_REFUSED_LENGTH = 1_024;
/** An order is shorter. Longer frames count as requests before they are read, whatever is in them. */
const MAX_ORDER_LENGTH = 4_096;

interface Client {
  readonly connection: Connection;
  /** Undefined on a public connection. */
  readonly holder: Holder | undefined;
  readonly subscribed: Set<string>;
  badJsonInARow: number;
}

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

  join(connection: Connection, holder?: Holder): void {
    this.#clients.set(connection, { connection, holder, subscribed: new Set(), badJsonInARow: 0 });
  }

  leave(connection: Connection): void {
    for (const name of this.#clients.get(connection)?.subscribed ?? [])
      this.#options.topics.unsubscribe(connection, name);
    this.#clients.delete(connection);
  }

  /** Orders count on the buckets of their user alone, so on a private connection a frame is read before it is counted. */
  receive(connection: Connection, data: Buffer, isBinary: boolean): void {
    const client = this.#clients.get(connection);
    if (client === undefined || !connection.isOpen) return;
    const isCountedFirst = client.holder === undefined || isBinary || data.length > MAX_ORDER_LENGTH;
    if (isCountedFirst && !this.#takeRequest(connection)) {
      this.#refuseRate(connection, isBinary ? {} : idOfSmall(data));
      return;
    }
    if (isBinary) {
      connection.send(errorFrame('PARAMETER_INVALID', {}, { message: 'Frames must be text' }));
      return;
    }
    const frame = frameOf(data);
    if (frame !== undefined) client.badJsonInARow = 0;
    if (frame?.ok && this.#isOrder(client, frame.value)) return;
    if (!isCountedFirst && !this.#takeRequest(connection)) this.#refuseRate(connection, idOf(frame));
    else if (frame === undefined) this.#refuseJson(client);
    else if (frame.ok) this.#answer(client, frame.value);
    else connection.send(problemFrame(frame.problem, frame));
  }

  #takeRequest(connection: Connection): boolean {
    return this.#rates.take(connection.id, 1, this.#options.nowMs()).allowed;
  }

  #refuseRate(connection: Connection, id: { readonly id?: string }): void {
    const rule = `at most ${this.#options.limits.requestsPerSecond} requests a second on a connection`;
    connection.send(errorFrame('RATE_LIMITED', id, { details: { rule } }));
  }

  #refuseJson(client: Client): void {
    const { connection } = client;
    client.badJsonInARow++;
    connection.send(errorFrame('PARAMETER_INVALID', {}, { message: 'Frame cannot be parsed' }));
    if (client.badJsonInARow >= WS_LIMITS.badJsonInARowMax) connection.close(WS_CLOSE_CODE.BAD_JSON, 'bad JSON');
  }

  /** Hands an order of a private connection on; false for any other request. */
  #isOrder({ connection, holder }: Client, frame: WsFrame): boolean {
    const { op } = frame;
    if (holder === undefined || !isOrderOp(op)) return false;
    const body = readOrderArgument(frame.args);
    if (!body.ok) return false;
    this.#options.orders.receive(connection, holder, { ...idOf({ ok: true, value: frame }), op, body: body.value });
    return true;
  }

  #answer(client: Client, frame: WsFrame): void {
    const { connection, holder } = client;
    switch (frame.op) {
      case 'ping':
        connection.send(pongFrame(frame, this.#options.nowMs()));
        return;
      case 'subscribe':
      case 'unsubscribe': {
        const topics = readTopics(frame.args);
        if (!topics.ok) connection.send(problemFrame(topics.problem, frame));
        else if (frame.op === 'subscribe') this.#subscribe(client, frame, topics.value);
        else this.#unsubscribe(client, frame, topics.value);
        return;
      }
      case 'order.place':
      case 'order.cancel':
      case 'order.move': {
        const body = readOrderArgument(frame.args);
        if (holder === undefined) connection.send(errorFrame('PERMISSION_DENIED', frame, { details: PRIVATE_ONLY }));
        else if (!body.ok) connection.send(problemFrame(body.problem, frame));
      }
    }
  }

  /** All topics or none. */
  #subscribe({ connection, subscribed }: Client, frame: WsFrame, topics: readonly Topic[]): void {
    const names = topics.map(formatTopic);
    const unknown = topics.findIndex((topic) => this.#options.topics.refusalOf(topic) === 'SYMBOL_UNKNOWN');
    if (unknown !== -1) {
      const details = { field: `args[${unknown}]`, value: names[unknown] ?? '', rule: 'a topic of a listed symbol' };
      connection.send(errorFrame('SYMBOL_NOT_TRADING', frame, { details }));
      return;
    }
    if (new Set([...subscribed, ...names]).size > this.#options.limits.maxTopics) {
      const message = `At most ${this.#options.limits.maxTopics} topics a connection`;
      connection.send(errorFrame('RATE_LIMITED', frame, { message }));
      return;
    }
    connection.send(subscriptionFrame('subscribe', frame, names));
    for (const name of names) subscribed.add(name);
    for (const topic of new Map(topics.map((each) => [formatTopic(each), each])).values())
      this.#options.topics.subscribe(connection, topic);
  }

  #unsubscribe({ connection, subscribed }: Client, frame: WsFrame, topics: readonly Topic[]): void {
    const names = topics.map(formatTopic);
    for (const name of names) if (subscribed.delete(name)) this.#options.topics.unsubscribe(connection, name);
    connection.send(subscriptionFrame('unsubscribe', frame, names));
  }
}

const PRIVATE_ONLY = { rule: 'orders are taken on private connections' };

const ORDER_OPS: ReadonlySet<string> = new Set(WS_ORDER_OPS);
const isOrderOp = (op: WsFrame['op']): op is WsOrderOp => ORDER_OPS.has(op);

/** Undefined for what is no JSON. */
function frameOf(data: Buffer): WsFrameValidation | undefined {
  const text = data.toString('utf8');
  const json = parseJsonBody(text);
  return json.ok && text.trim() !== '' ? readFrame(json.value) : undefined;
}

const idOfSmall = (data: Buffer) => (data.length > MAX_REFUSED_LENGTH ? {} : idOf(frameOf(data)));

function idOf(frame: WsFrameValidation | undefined): { readonly id?: string } {
  const id = frame?.ok ? frame.value.id : frame?.id;
  return id === undefined ? {} : { id };
}
