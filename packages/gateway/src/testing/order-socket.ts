import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { compileValidator, ErrorReply, OrderOpReply, PongReply } from '@openvenue/contract';
import { MemoryViews } from '@openvenue/views';
import { accessTokenVerifier } from '../access/token-verifier.ts';
import type { CallLine } from '../logging/call-log.ts';
import type { GatewayConfig } from '../options.ts';
import { orderEntryOf } from '../order-entry.ts';
import { type AttachedWebSocket, attachWebSocket, type WsLimits } from '../ws/index.ts';
import { CONFIG, type Credential, TestGateway } from './venue.ts';
import { type WsMessage, WsTestClient } from './ws-test-client.ts';

export interface OrderSocketOptions {
  readonly config?: Partial<GatewayConfig>;
  readonly limits?: Partial<WsLimits>;
  /** Source address of the connections. */
  readonly ip?: string;
}

const orderReply = compileValidator(OrderOpReply);
const pongReply = compileValidator(PongReply);
const errorReply = compileValidator(ErrorReply);

/** A whole gateway with its WebSocket on a port of this machine. */
export class OrderSocket {
  readonly gateway: TestGateway;
  readonly lines: CallLine[];
  readonly errors: unknown[] = [];
  readonly #socket: AttachedWebSocket;
  readonly #clients: WsTestClient[] = [];
  #isClosed = false;

  private constructor(gateway: TestGateway, lines: CallLine[], { limits, ip = '127.0.0.1' }: OrderSocketOptions) {
    const { node, clock, app } = gateway;
    const verifyAccessToken = accessTokenVerifier({ core: node.core, clock, random: randomBytes, config: CONFIG });
    this.gateway = gateway;
    this.lines = lines;
    const views = new MemoryViews(node.core);
    node.onCommitted((batch) => views.apply(batch));
    this.#socket = attachWebSocket(app.server, {
      node,
      views,
      clock,
      verifyAccessToken,
      orders: orderEntryOf(app),
      allowedOrigins: [],
      addressOf: () => ip,
      limits: limits ?? {},
      onError: (error) => this.errors.push(error),
    });
  }

  static async start(options: OrderSocketOptions = {}): Promise<OrderSocket> {
    const lines: CallLine[] = [];
    const gateway = await TestGateway.start(options.config, { onAnswered: (line) => lines.push(line) });
    await gateway.app.listen({ host: '127.0.0.1', port: 0 });
    return new OrderSocket(gateway, lines, options);
  }

  /** Connections that the server has. */
  connections(): number {
    return this.#socket.connections();
  }

  /** Closes the WebSocket as a stop of the venue does. Idempotent. */
  async closeSocket(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.#socket.close();
  }

  async stop(): Promise<void> {
    for (const client of this.#clients) client.terminate();
    await this.closeSocket();
    await this.gateway.close();
  }

  /** A connection on a listen key of somebody; his greeting is taken. */
  async connect(credential: Credential): Promise<WsTestClient> {
    const created = await this.gateway.call(credential, { method: 'POST', url: '/v1/private/user/listen-key' });
    const client = await this.connectTo(`/ws?listenKey=${String(created.data['listenKey'])}`);
    await client.nextThat(({ event }) => event === 'auth');
    return client;
  }

  async connectTo(path: string): Promise<WsTestClient> {
    const { port } = this.gateway.app.server.address() as AddressInfo;
    const client = new WsTestClient(`ws://127.0.0.1:${port}${path}`);
    this.#clients.push(client);
    await client.settled;
    return client;
  }
}

/** The next reply to the request of this id, whatever is pushed before it; it is what the contract says. */
export async function replyTo(client: WsTestClient, id: string): Promise<WsMessage> {
  const reply = await client.nextThat((message) => message.id === id);
  const { event } = reply;
  const validator = event === 'error' ? errorReply : event === 'pong' ? pongReply : orderReply;
  const checked = validator.validate(reply);
  if (!checked.ok) throw new Error(`a reply that the contract does not know: ${JSON.stringify(checked.problem)}`);
  return reply;
}
