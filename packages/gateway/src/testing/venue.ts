import { createHmac, randomBytes } from 'node:crypto';
import { PERMISSION } from '@openvenue/contract';
import { BTC, ETH } from '@openvenue/core/testing';
import { type Money, type PriceTicks, parseDecimal } from '@openvenue/money';
import { MemoryViews } from '@openvenue/views';
import type { FastifyInstance } from 'fastify';
import { PasswordHasher } from '../access/password.ts';
import { buildGateway } from '../gateway.ts';
import type { GatewayConfig, GatewayOptions } from '../options.ts';
import { checkAgainstContract } from './contract-check.ts';
import { CoreNode } from './core-node.ts';
import { MemoryHistory } from './memory-history.ts';

export const START_MS = 1_772_007_815_000;
export const PASSWORD = 'correct horse battery staple';

export const CONFIG: GatewayConfig = {
  jwtSecret: Buffer.alloc(32, 1),
  keyEncryptionKey: Buffer.alloc(32, 2),
  issuer: 'https://venue.test',
  audience: 'openvenue',
  publicUrl: 'https://venue.test',
  secureCookies: true,
  trustProxy: [],
  corsOrigins: ['https://partner.example'],
  version: {
    service: 'openvenue',
    version: '0.1.0',
    commit: '9f2c1ab',
    date: '2026-02-25T00:00:00Z',
    market: 'simulated',
  },
};

/** A reply of the API as tests look at it. */
export interface Reply {
  readonly status: number;
  readonly code: number;
  readonly message: string;
  readonly data: Record<string, unknown>;
  readonly details: Record<string, unknown>;
  readonly requestId: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The refresh cookie that it sets, undefined when it sets none. */
  readonly cookie: string | undefined;
}

export interface Sent {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Path with its query. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON, a text as it is. */
  readonly body?: unknown;
  readonly ip?: string;
}

export interface ApiKey {
  readonly apiKey: string;
  readonly apiSecret: string;
}

/** Someone who can call: by the token of a session, or by a key. */
export type Credential = { readonly accessToken: string } | ApiKey;

/** A whole gateway over a real core, spoken to without a socket. */
export class TestGateway {
  readonly clock = { ms: START_MS, nowMs: () => this.clock.ms };
  readonly node = new CoreNode(this.clock);
  readonly history = new MemoryHistory();
  readonly passwords = new PasswordHasher({
    random: randomBytes,
    cost: { cost: 2 ** 10, blockSize: 8, parallelization: 1 },
  });
  #app: FastifyInstance | undefined;
  #build: (() => Promise<FastifyInstance>) | undefined;
  #users = 0;

  static async start(config: Partial<GatewayConfig> = {}, more: Partial<GatewayOptions> = {}): Promise<TestGateway> {
    const gateway = new TestGateway();
    const { node, history, clock, passwords } = gateway;
    node.onCommitted((batch) => history.take(batch));
    for (const parameters of [BTC, ETH]) await node.accepted({ type: 'configure-symbol', parameters }, 'done');
    await gateway.price('60000');
    gateway.#build = () => {
      const views = new MemoryViews(node.core);
      node.onCommitted((batch) => views.apply(batch));
      const options = { node, history, market: views, clock, random: randomBytes, passwords };
      return buildGateway({ ...options, ...more, config: { ...CONFIG, ...config } });
    };
    gateway.#app = await gateway.#build();
    return gateway;
  }

  get app(): FastifyInstance {
    if (this.#app === undefined) throw new Error('the gateway is not started');
    return this.#app;
  }

  /** Another process over the state that this one has saved: nothing else of it is left. */
  async restart(): Promise<void> {
    await this.app.close();
    this.node.restart();
    this.#app = await this.#build?.();
  }

  async close(): Promise<void> {
    await this.app.close();
  }

  /** One price command for BTCUSDT and ETHUSDT. */
  async price(price: string): Promise<void> {
    const ticks = Number((parseDecimal(price) ?? 0n) / BTC.tickSize) as PriceTicks;
    const symbols = [BTC, ETH].map(({ symbol }) => ({
      symbol,
      quotes: [{ source: 'test', price: ticks, ageMs: 0, weight: 1 }],
    }));
    await this.node.accepted({ type: 'update-prices', symbols }, 'done');
  }

  /** A new user with the common password; his name counts up from `user-1`. */
  async user(wallet = '100000'): Promise<{ readonly username: string; readonly userId: number }> {
    this.#users += 1;
    const username = `user-${this.#users}`;
    const passwordHash = (await this.passwords.hash(PASSWORD)) ?? '';
    const externalUserId = String(1_188_041_528 + this.#users);
    const command = { type: 'create-user', username, externalUserId, passwordHash, kind: 'trader' } as const;
    const { userId } = await this.node.accepted(command, 'user');
    const amount = (parseDecimal(wallet) ?? 0n) as Money;
    if (amount > 0n) {
      await this.node.accepted({ type: 'adjust-wallet', userId, amount, changeType: 'TRANSFER_IN' }, 'done');
    }
    return { username, userId };
  }

  async logIn(username: string): Promise<{ readonly accessToken: string; readonly cookie: string }> {
    const body = { username, password: PASSWORD };
    const reply = await this.send({ method: 'POST', url: '/v1/public/user/login', body });
    if (reply.code !== 0 || reply.cookie === undefined) throw new Error(`log-in failed: ${reply.message}`);
    return { accessToken: String(reply.data['accessToken']), cookie: reply.cookie };
  }

  /** A new user with a session. */
  async trader(
    wallet?: string,
  ): Promise<{ readonly userId: number; readonly accessToken: string; readonly cookie: string }> {
    const { username, userId } = await this.user(wallet);
    return { userId, ...(await this.logIn(username)) };
  }

  async apiKey(
    accessToken: string,
    settings: { readonly permissions?: number; readonly ipWhitelist?: readonly string[] } = {},
  ): Promise<ApiKey> {
    const body = { label: 'bot', permissions: PERMISSION.READ | PERMISSION.TRADE, ...settings };
    const reply = await this.call({ accessToken }, { method: 'POST', url: '/v1/private/user/api-key/create', body });
    if (reply.code !== 0) throw new Error(`no API key: ${reply.message}`);
    return { apiKey: String(reply.data['apiKey']), apiSecret: String(reply.data['apiSecret']) };
  }

  /** Sends as somebody: with his token, or signed with his key at the time of the clock. */
  async call(credential: Credential, sent: Sent): Promise<Reply> {
    if ('accessToken' in credential) {
      return this.send({ ...sent, headers: { authorization: `Bearer ${credential.accessToken}`, ...sent.headers } });
    }
    return this.send(this.sign(credential, sent));
  }

  sign({ apiKey, apiSecret }: ApiKey, sent: Sent, timestamp: number | string = this.clock.ms): Sent {
    const [path = '', query = ''] = sent.url.split('?');
    const signed = `${query === '' ? '' : `${query}&`}timestamp=${timestamp}`;
    const signature = createHmac('sha256', apiSecret).update(signed).update(bodyText(sent.body)).digest('hex');
    return {
      ...sent,
      url: `${path}?${signed}&signature=${signature}`,
      headers: { 'x-api-key': apiKey, ...sent.headers },
    };
  }

  async send({ method = 'GET', url, headers = {}, body, ip }: Sent): Promise<Reply> {
    const payload = bodyText(body);
    const response = await this.app.inject({
      method,
      url,
      headers: { ...(payload === '' ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(payload === '' ? {} : { payload }),
      ...(ip === undefined ? {} : { remoteAddress: ip }),
    });
    const envelope = response.body === '' ? {} : response.json();
    const { code = -1, message = '', data = {}, details = {}, requestId = '' } = envelope;
    checkAgainstContract({ method, url }, { code, data });
    const cookie = response.cookies.find(({ name }) => name.endsWith('openvenue_refresh'));
    return {
      status: response.statusCode,
      code,
      message,
      data,
      details,
      requestId,
      headers: Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, String(value)])),
      cookie: cookie?.value,
    };
  }
}

const bodyText = (body: unknown): string =>
  body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
