import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WS_CLOSE_CODE, WS_LIMITS, WS_PATH } from '@openvenue/contract';
import { type WebSocket, WebSocketServer } from 'ws';
import { networkOf } from '../access/address.ts';
import { Admission } from './admission.ts';
import { ClientRequests } from './client-requests.ts';
import { Connection } from './connection.ts';
import { DEFAULT_WS_LIMITS, type WsLimits } from './limits.ts';
import type { WebSocketOptions } from './options.ts';
import { type Holder, OrderRequests } from './order-requests.ts';
import { UserChannels } from './private/user-channels.ts';
import { refuseUpgrade } from './refuse-upgrade.ts';
import { errorFrame, problemFrame } from './replies.ts';
import { type SignIn, signIn } from './sign-in.ts';
import { PublicTopics } from './topics/public-topics.ts';

/** The WebSocket of a running server. */
export interface AttachedWebSocket {
  /** Connections, those that are still being opened included. */
  connections(): number;
  /** Takes no more connections and orders, answers those it has taken, then closes all (1001); resolves when they are gone. The HTTP server stays. */
  close(): Promise<void>;
}

/** RFC 6455 "going away". */
const GOING_AWAY = 1001;

/** Serves `/ws` on an HTTP server. Register the views with the node before the first connection; they call this after each batch. */
export function attachWebSocket(server: Server, options: WebSocketOptions): AttachedWebSocket {
  return new Gateway(server, options);
}

class Gateway implements AttachedWebSocket {
  readonly #server: Server;
  readonly #options: WebSocketOptions;
  readonly #limits: WsLimits;
  readonly #upgrader = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: WS_LIMITS.frameMaxBytes,
  });
  readonly #admission: Admission;
  readonly #connections = new Map<Connection, Promise<void>>();
  readonly #topics: PublicTopics;
  readonly #orders: OrderRequests;
  readonly #requests: ClientRequests;
  readonly #users: UserChannels;
  readonly #onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) =>
    this.#upgrade({ request, socket, head });
  readonly #stopApplied: () => void;
  readonly #sweepTimer: NodeJS.Timeout;
  #isClosing = false;

  constructor(server: Server, options: WebSocketOptions) {
    const { node, views } = options;
    const nowMs = () => options.clock.nowMs();
    const limits = { ...DEFAULT_WS_LIMITS, ...options.limits };
    this.#server = server;
    this.#options = options;
    this.#limits = limits;
    this.#admission = new Admission(limits);
    this.#topics = new PublicTopics({ views, nowMs, limits, symbol: (name) => node.core.exchange.symbol(name) });
    this.#orders = new OrderRequests({ ...options, limits });
    this.#requests = new ClientRequests({ topics: this.#topics, orders: this.#orders, nowMs, limits });
    this.#users = new UserChannels({
      views,
      nowMs,
      limits,
      exchange: () => node.core.exchange,
      identity: () => node.core.identity,
    });
    this.#stopApplied = views.onApplied((batch) => {
      this.#topics.applied(batch);
      this.#users.applied(batch);
    });
    this.#sweepTimer = setInterval(() => this.#sweep(), limits.sweepIntervalMs);
    // A handshake that is none.
    this.#upgrader.on('wsClientError', (_error, socket, request) => refuseUpgrade(request, socket, 400));
    server.on('upgrade', this.#onUpgrade);
  }

  connections(): number {
    return this.#admission.total;
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    this.#server.off('upgrade', this.#onUpgrade);
    await this.#orders.close();
    this.#stopApplied();
    clearInterval(this.#sweepTimer);
    for (const connection of this.#connections.keys()) connection.close(GOING_AWAY, 'the venue is going away');
    await Promise.all(this.#connections.values());
  }

  #sweep(): void {
    this.#users.sweep();
    for (const connection of this.#connections.keys()) connection.beat(this.#limits.sweepIntervalMs);
  }

  #upgrade(upgrade: Upgrade): void {
    const { request, socket } = upgrade;
    const { path, query } = targetOf(request);
    if (path !== WS_PATH) {
      if (this.#server.listenerCount('upgrade') === 1) refuseUpgrade(request, socket, 404);
      return;
    }
    const { origin } = request.headers;
    if (origin !== undefined && !this.#options.allowedOrigins.includes(origin)) {
      refuseUpgrade(request, socket, 403);
      return;
    }
    const address = this.#options.addressOf?.(request) ?? request.socket.remoteAddress ?? '';
    const leave = this.#admission.enter(networkOf(address));
    if (typeof leave !== 'function') {
      refuseUpgrade(request, socket, leave === 'venue-full' ? 503 : 429);
      return;
    }
    socket.once('close', leave);
    // Until the WebSocket takes the socket over, a broken one only has to be let go of.
    const letGo = () => socket.destroy();
    socket.on('error', letGo);
    signIn(query, this.#options).then(
      (signedIn) => {
        socket.off('error', letGo);
        if (this.#isClosing) refuseUpgrade(request, socket, 503);
        else this.#complete(upgrade, signedIn, address);
      },
      (error: unknown) => {
        refuseUpgrade(request, socket, 500);
        this.#options.onError(error);
      },
    );
  }

  #complete({ request, socket, head }: Upgrade, signedIn: SignIn, ip: string): void {
    this.#upgrader.handleUpgrade(request, socket, head, (webSocket) => {
      const connection = new Connection(randomUUID(), { webSocket, socket }, this.#limits);
      this.#track(connection, webSocket, signedIn);
      this.#greet(connection, signedIn, ip);
    });
  }

  #track(connection: Connection, webSocket: WebSocket, signedIn: SignIn): void {
    const gone = new Promise<void>((resolve) => {
      webSocket.once('close', () => {
        this.#connections.delete(connection);
        this.#requests.leave(connection);
        if (signedIn.kind === 'private') this.#users.leave(connection, signedIn.credential.userId);
        resolve();
      });
    });
    this.#connections.set(connection, gone);
    // A frame that breaks the protocol: the WebSocket closes itself with the code that fits.
    webSocket.on('error', () => {});
    webSocket.on('message', (data, isBinary) => {
      this.#requests.receive(
        connection,
        Buffer.isBuffer(data) ? data : Buffer.concat([data].flat().map(bytesOf)),
        isBinary,
      );
    });
  }

  #greet(connection: Connection, signedIn: SignIn, ip: string): void {
    switch (signedIn.kind) {
      case 'refused':
        this.#refuse(connection, errorFrame(signedIn.error, {}, { message: signedIn.message }));
        return;
      case 'malformed':
        this.#refuse(connection, problemFrame(signedIn.problem));
        return;
      case 'private':
        if (this.#users.connectionsOf(signedIn.credential.userId) >= this.#limits.maxConnectionsPerUser) {
          this.#refuse(connection, errorFrame('RATE_LIMITED', {}, { message: 'Too many connections of the user' }));
          return;
        }
        this.#requests.join(connection, holderOf(signedIn, ip));
        this.#users.join({ connection, ...signedIn }, signedIn.since);
        return;
      case 'public':
        this.#requests.join(connection);
    }
  }

  #refuse(connection: Connection, frame: Buffer): void {
    connection.send(frame);
    connection.close(WS_CLOSE_CODE.AUTH_REFUSED, 'refused');
  }
}

function holderOf({ credential, externalUserId }: Extract<SignIn, { kind: 'private' }>, ip: string): Holder {
  const { userId, sessionId, apiKeyId } = credential;
  return { principal: { kind: 'connection', userId, externalUserId, sessionId, apiKeyId }, ip };
}

interface Upgrade {
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  readonly head: Buffer;
}

/** By hand, because a target that is no URL must not throw. */
function targetOf({ url = '' }: IncomingMessage): { readonly path: string; readonly query: URLSearchParams } {
  const mark = url.indexOf('?');
  if (mark < 0) return { path: url, query: new URLSearchParams() };
  return { path: url.slice(0, mark), query: new URLSearchParams(url.slice(mark + 1)) };
}

const bytesOf = (data: ArrayBuffer | Buffer): Uint8Array => new Uint8Array(data);
