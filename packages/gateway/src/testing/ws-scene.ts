import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Command, Event } from '@openvenue/core';
import { BTC, ETH, TestVenue } from '@openvenue/core/testing';
import { money } from '@openvenue/money';
import { type CommittedEvents, MemoryViews, type MemoryViewsOptions } from '@openvenue/views';
import type { ClientOptions } from 'ws';
import { type AttachedWebSocket, attachWebSocket, type TokenHolder, type WsLimits } from '../ws/index.ts';
import { WsTestClient } from './ws-test-client.ts';

export interface WsSceneOptions {
  readonly limits?: Partial<WsLimits>;
  readonly views?: MemoryViewsOptions;
  readonly allowedOrigins?: readonly string[];
  readonly verifyAccessToken?: (token: string) => Promise<TokenHolder>;
}

/** A real core, its views and the WebSocket on an HTTP server of this machine. The clock stands unless a test moves it. */
export class WsScene {
  readonly venue = new TestVenue([BTC, ETH]);
  readonly views: MemoryViews;
  readonly server: Server = createServer();
  readonly gateway: AttachedWebSocket;
  readonly errors: unknown[] = [];
  /** The server's ends of its connections. */
  readonly sockets = new Set<Socket>();
  readonly #clients: WsTestClient[] = [];
  #sequence: number;

  private constructor(options: WsSceneOptions) {
    const { core } = this.venue;
    this.venue.prices({ BTCUSDT: '60000', ETHUSDT: '3000' });
    this.server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
    });
    this.views = new MemoryViews(core, options.views);
    this.#sequence = core.sequence;
    this.gateway = attachWebSocket(this.server, {
      node: { core },
      views: this.views,
      clock: { nowMs: () => this.venue.timeMs },
      verifyAccessToken: options.verifyAccessToken ?? (async () => ({ ok: false, error: 'INVALID_TOKEN' })),
      allowedOrigins: options.allowedOrigins ?? [],
      limits: options.limits ?? {},
      onError: (error) => this.errors.push(error),
    });
  }

  static async start(options: WsSceneOptions = {}): Promise<WsScene> {
    const scene = new WsScene(options);
    scene.server.listen(0, '127.0.0.1');
    await once(scene.server, 'listening');
    return scene;
  }

  async stop(): Promise<void> {
    for (const client of this.#clients) client.terminate();
    await this.gateway.close();
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, 'close');
  }

  /** Applies commands as one batch; each must be accepted. */
  run(...commands: readonly Command[]): readonly Event[] {
    const batch = commands.map((command): CommittedEvents => {
      const { events } = this.venue.ok(command);
      return { sequence: ++this.#sequence, timeMs: this.venue.timeMs, events };
    });
    this.views.apply(batch);
    return batch.flatMap(({ events }) => events);
  }

  /** Events that no core has made, as one batch: for amounts of traffic that a core would take long for. */
  feed(events: readonly Event[]): void {
    this.views.apply([{ sequence: ++this.#sequence, timeMs: this.venue.timeMs, events }]);
  }

  /** A new user with 1,000,000 USDT. */
  user(name: string): number {
    const events = this.run({
      type: 'create-user',
      username: name,
      externalUserId: String(1_000_000_000 + this.venue.core.sequence),
      passwordHash: '',
      kind: 'trader',
    });
    const created = events.find((event) => event.type === 'user-created');
    if (created === undefined) throw new Error('no user was created');
    const { userId } = created;
    this.run({
      type: 'adjust-wallet',
      userId,
      amount: money(100_000_000_000_000n),
      changeType: 'TRANSFER_IN',
    });
    return userId;
  }

  address(path: string): string {
    return `ws://127.0.0.1:${(this.server.address() as AddressInfo).port}${path}`;
  }

  /** A client as soon as it is connected or refused. */
  async connect(path = '/ws', options: ClientOptions = {}): Promise<WsTestClient> {
    const client = new WsTestClient(this.address(path), options);
    this.#clients.push(client);
    await client.settled;
    return client;
  }
}
