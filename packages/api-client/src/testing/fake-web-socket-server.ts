import type { Socket, SocketClass, SocketEvent } from '../stream/web-socket.ts';
import { Arrivals } from './arrivals.ts';

/** A request frame that a client has sent. */
export interface FakeWsRequest {
  readonly id?: string;
  readonly op: string;
  /** Topics, or the one object of an order operation. */
  readonly args?: readonly unknown[];
}

type Listener = (event: SocketEvent) => void;

/** One connection as the venue sees it; the test plays the venue. */
export class FakeConnection implements Socket {
  readonly url: URL;
  readonly #listeners = new Map<string, Listener[]>();
  readonly #requests = new Arrivals<FakeWsRequest>();
  #isClosed = false;

  constructor(url: string) {
    this.url = new URL(url);
  }

  addEventListener(type: string, listener: Listener): void {
    this.#listeners.set(type, [...(this.#listeners.get(type) ?? []), listener]);
  }

  send(text: string): void {
    if (!this.#isClosed) this.#requests.add(JSON.parse(text) as FakeWsRequest);
  }

  close(): void {
    this.#isClosed = true;
  }

  /** Whether either side has closed it. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** The oldest request that the test has not taken yet. */
  nextRequest(): Promise<FakeWsRequest> {
    return this.#requests.next();
  }

  /** All requests that the test has not taken yet; it takes them now. */
  takeRequests(): readonly FakeWsRequest[] {
    return this.#requests.takeAll();
  }

  /** Requests that the test has not taken yet. */
  get requests(): readonly FakeWsRequest[] {
    return this.#requests.untaken;
  }

  /** Opens the connection; with a user id also his private channel. */
  accept(userId?: string): void {
    this.#emit({ type: 'open' });
    if (userId !== undefined) this.push({ event: 'auth', success: true, data: userId });
  }

  /** Takes the next request and acknowledges it. */
  async acknowledge(): Promise<FakeWsRequest> {
    const request = await this.nextRequest();
    this.confirm(request);
    return request;
  }

  /** Acknowledges a request. */
  confirm({ id, op, args }: FakeWsRequest): void {
    this.push({ id, event: op, success: true, data: args });
  }

  /** Refuses a request, or without an id the connection. */
  refuse(code: number, id?: string): void {
    this.push({
      ...(id === undefined ? {} : { id }),
      event: 'error',
      success: false,
      code,
      message: `refused ${code}`,
    });
  }

  /** Sends data of a public topic. */
  pushTopic(topic: string, data: object, ts = 1_772_007_815_000): void {
    this.push({ topic, event: 'data', ts, data });
  }

  /** Sends an event of the user, or with an undefined number one of the connection. */
  pushUser(userId: string, seq: string | undefined, data: object): void {
    this.push({ topic: `user.${userId}`, ts: 1_772_007_815_000, ...(seq === undefined ? {} : { seq }), data });
  }

  push(frame: object): void {
    this.pushText(JSON.stringify(frame));
  }

  pushText(text: string): void {
    this.#emit({ type: 'message', data: text });
  }

  /** Ends the connection from the venue's side. */
  end(code = 1006): void {
    this.#isClosed = true;
    this.#emit({ type: 'close', code });
  }

  #emit(event: SocketEvent): void {
    for (const listener of this.#listeners.get(event.type) ?? []) listener(event);
  }
}

/** Stands in for the venue's WebSocket: `WebSocket` is for the client, the connections are for the test. */
export class FakeWebSocketServer {
  readonly #connections = new Arrivals<FakeConnection>();
  readonly WebSocket: SocketClass;

  constructor() {
    const connections = this.#connections;
    this.WebSocket = class extends FakeConnection {
      constructor(url: string) {
        super(url);
        connections.add(this);
      }
    };
  }

  /** The oldest connection that the test has not taken yet. */
  nextConnection(): Promise<FakeConnection> {
    return this.#connections.next();
  }

  /** Connections that the test has not taken yet. */
  get untaken(): number {
    return this.#connections.untaken.length;
  }
}
