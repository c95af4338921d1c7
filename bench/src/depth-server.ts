import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Command, Event } from '@openvenue/core';
import { WebSocketServer } from 'ws';
import { WsScene } from '../../packages/gateway/src/testing/ws-scene.ts';
import { DepthTopic } from '../../packages/gateway/src/ws/topics/depth-topic.ts';

/** What the servers are asked, one question at a time. */
export type DepthQuestion = 'cpu' | 'stop';
/** Processor time so far, in microseconds. */
export interface DepthAnswer {
  readonly cpuMicros: number;
}

/** The ports of both servers. */
export interface DepthPorts {
  readonly openvenue: number;
  readonly naive: number;
}

const SYMBOL = 'BTCUSDT';
const TOPIC = `market.depth.${SYMBOL}@200.20`;
const UPDATE_INTERVAL_MS = 50;
/** Levels of each side; a few of them change with every update. */
const LEVELS = 50;
const CHANGES = 4;
const CONNECTIONS_MAX = 5_000;

/**
 * One book that changes 20 times a second, served twice: by the venue's WebSocket, and by the plainest server there is, which
 * makes and sends the text of every message for every client. Only one of them has clients at a time.
 */
async function serveDepth(): Promise<void> {
  const scene = await WsScene.start({
    limits: { maxConnections: CONNECTIONS_MAX, maxConnectionsPerAddress: CONNECTIONS_MAX },
  });
  const book = new MovingBook(scene);
  const naive = await NaiveServer.start(scene);
  const timer = setInterval(() => {
    book.move();
    naive.push();
  }, UPDATE_INTERVAL_MS);
  const ports: DepthPorts = { openvenue: (scene.server.address() as AddressInfo).port, naive: naive.port };
  process.send?.(ports);
  process.on('message', (question: DepthQuestion) => {
    if (question === 'cpu') {
      const { user, system } = process.cpuUsage();
      process.send?.({ cpuMicros: user + system } satisfies DepthAnswer);
      return;
    }
    clearInterval(timer);
    process.exit(0);
  });
}

/** Orders of one maker, of which the oldest few are replaced at every move. */
class MovingBook {
  readonly #scene: WsScene;
  readonly #userId: number;
  readonly #orderIds: number[] = [];
  #count = 0;

  constructor(scene: WsScene) {
    this.#scene = scene;
    this.#userId = scene.user('maker');
    for (let level = 0; level < 2 * LEVELS; level += 1) this.#place();
  }

  move(): void {
    for (let change = 0; change < CHANGES; change += 1) {
      const orderId = this.#orderIds.shift()!;
      const order = { symbol: SYMBOL, orderId };
      this.#apply({ type: 'cancel-order', actor: { userId: this.#userId }, order });
      this.#place();
    }
  }

  #place(): void {
    const level = Math.floor(this.#count / 2) % LEVELS;
    const side = this.#count % 2 === 0 ? 'BUY' : 'SELL';
    const price = side === 'BUY' ? 59_990 - level : 60_010 + level;
    const quantity = `0.${100 + (this.#count % 900)}`;
    this.#count += 1;
    const order = this.#scene.venue.order({ side, price: String(price), quantity });
    const events = this.#apply({ type: 'place-order', actor: { userId: this.#userId }, order });
    this.#orderIds.push(orderIdOf(events));
  }

  /** Past the test venue, which checks every invariant after every command. */
  #apply(command: Command): readonly Event[] {
    const { venue, views } = this.#scene;
    const { timeMs, core } = venue;
    const sequence = core.sequence + 1;
    const { events } = core.apply(sequence, timeMs, command);
    views.apply([{ sequence, timeMs, events }]);
    return events;
  }
}

function orderIdOf(events: readonly Event[]): number {
  const event = events.find((each) => each.type === 'order-updated');
  if (event === undefined) throw new Error('no order was placed');
  return event.order.orderId;
}

class NaiveServer {
  readonly #server: Server = createServer();
  readonly #sockets: WebSocketServer;
  readonly #topic: DepthTopic;

  private constructor(scene: WsScene) {
    this.#sockets = new WebSocketServer({ server: this.#server, perMessageDeflate: false });
    const book = scene.views.book(SYMBOL);
    const parameters = scene.venue.core.exchange.symbol(SYMBOL)?.parameters;
    if (book === undefined || parameters === undefined) throw new Error(`no book of ${SYMBOL}`);
    this.#topic = new DepthTopic(book, parameters, 200);
  }

  static async start(scene: WsScene): Promise<NaiveServer> {
    const naive = new NaiveServer(scene);
    naive.#server.listen(0, '127.0.0.1');
    await once(naive.#server, 'listening');
    return naive;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Clients get the updates from now on; they need no snapshot to count messages. */
  push(): void {
    const text = this.#topic.advance();
    if (text === undefined || this.#sockets.clients.size === 0) return;
    const data = JSON.parse(text) as unknown;
    for (const client of this.#sockets.clients)
      client.send(JSON.stringify({ topic: TOPIC, event: 'data', ts: Date.now(), data }));
  }
}

await serveDepth();
