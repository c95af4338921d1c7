import { createHmac, randomBytes } from 'node:crypto';
import {
  AgentFailure,
  agentCalls,
  agentErrorOfCode,
  compileValidator,
  operations,
  type Validator,
} from '@openvenue/contract';
import { type Money, parseDecimal } from '@openvenue/money';
import { AgentSecrets } from '../access/agent-secrets.ts';
import type { GatewayConfig } from '../options.ts';
import { CONFIG, TestGateway } from './venue.ts';

export const PARTNER_ORIGIN = 'https://partner.example';

/** An agent with the secret that it signs with. */
export interface TestAgent {
  readonly agentId: number;
  readonly agentCode: string;
  readonly publicNumber: string;
  readonly apiSecret: string;
}

export interface AgentReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  /** The text as it came. */
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look at replies as any client does, without our types
  readonly body: any;
}

type Fields = Readonly<Record<string, unknown>>;

const failure = compileValidator(AgentFailure);
const successes = new Map<string, Validator<unknown>>(
  agentCalls.map((call) => [call.path, compileValidator(call.reply)] as const),
);

/** A gateway with agents that call it as their back ends do, signing by the contract alone. Every reply is held against the contract. */
export class AgentScene {
  readonly gateway: TestGateway;
  readonly secrets = new AgentSecrets({ key: CONFIG.keyEncryptionKey, random: randomBytes });
  #agents = 0;
  #nonces = 0;

  private constructor(gateway: TestGateway) {
    this.gateway = gateway;
  }

  static async start(config: Partial<GatewayConfig> = {}): Promise<AgentScene> {
    return new AgentScene(await TestGateway.start(config));
  }

  /** Agents of a gateway that somebody else has started and will close. */
  static of(gateway: TestGateway): AgentScene {
    return new AgentScene(gateway);
  }

  /** A new agent; his code counts up from `agent-1`. */
  async agent(deposit = '10000'): Promise<TestAgent> {
    this.#agents += 1;
    const agentCode = `agent-${this.#agents}`;
    const publicNumber = String(7_000_000_000 + this.#agents);
    const apiSecret = `secret of ${agentCode}`;
    const { node } = this.gateway;
    const { agentId } = await node.accepted(
      {
        type: 'create-agent',
        agentCode,
        publicNumber,
        name: agentCode,
        webhookUrl: `${PARTNER_ORIGIN}/hook`,
        sealedSecrets: [this.secrets.seal(agentCode, apiSecret)],
        origins: [PARTNER_ORIGIN],
        depositless: false,
      },
      'agent',
    );
    const amount = (parseDecimal(deposit) ?? 0n) as Money;
    if (amount > 0n) await node.accepted({ type: 'adjust-agent-deposit', agentId, amount }, 'deposit');
    return { agentId, agentCode, publicNumber, apiSecret };
  }

  /** The fields of a call, signed at the time of the clock; `more` replaces signing fields. */
  signed({ agentCode, apiSecret }: TestAgent, fields: Fields = {}, more: Fields = {}): Fields {
    this.#nonces += 1;
    const timestamp = Math.floor(this.gateway.clock.ms / 1_000);
    const all: Fields = { agentCode, timestamp, nonce: `nonce-${this.#nonces}`, ...fields, ...more };
    const payload = Object.keys(all)
      .filter((name) => name !== 'sign' && all[name] !== null && all[name] !== undefined && all[name] !== '')
      .sort()
      .map((name) => `${name}=${typeof all[name] === 'string' ? all[name] : JSON.stringify(all[name])}`)
      .join('&');
    return { ...all, sign: more['sign'] ?? createHmac('sha256', apiSecret).update(payload).digest('hex') };
  }

  call(agent: TestAgent, path: string, fields: Fields = {}, more: Fields = {}): Promise<AgentReply> {
    return this.send(path, JSON.stringify(this.signed(agent, fields, more)));
  }

  /** Sends a body as it is to `/v1/agent/` and `path`, from an address, with further headers. */
  async send(
    path: string,
    payload: string | Buffer,
    from: string | { readonly headers: Readonly<Record<string, string>> } = '127.0.0.1',
  ): Promise<AgentReply> {
    const url = path.startsWith('/') ? path : `/v1/agent/${path}`;
    const response = await this.gateway.app.inject({
      method: 'POST',
      url,
      headers: { 'content-type': 'application/json', ...(typeof from === 'string' ? {} : from.headers) },
      payload,
      remoteAddress: typeof from === 'string' ? from : '127.0.0.1',
    });
    const reply = {
      status: response.statusCode,
      headers: response.headers,
      text: response.body,
      body: response.json(),
    };
    checkAgentReply(url, reply);
    return reply;
  }

  /** A user bound to the agent; returns the id that the venue gave him. */
  async bind(agent: TestAgent, agentUserId = 'carol'): Promise<string> {
    const { body } = await this.call(agent, 'bind', { agentUserId });
    if (body.code !== 0) throw new Error(`bind: ${body.code} ${body.message}`);
    return body.platformUserId;
  }

  /** The access token of an embedded terminal of the agent's user. */
  async embedSession(agent: TestAgent, agentUserId = 'carol'): Promise<string> {
    const { body } = await this.call(agent, 'create-embed-token', { agentUserId, channelId: 'c' });
    const exchange = { embedToken: body.embedToken, channelId: 'c' };
    const sent = { method: 'POST', url: operations.exchangeEmbedToken.path, body: exchange } as const;
    const { data } = await this.gateway.send({ ...sent, headers: { 'x-embed-origin': PARTNER_ORIGIN } });
    return String(data['accessToken']);
  }

  deposit(agent: TestAgent): bigint {
    return this.gateway.node.core.agency.agent(agent.agentId)?.deposit ?? -1n;
  }
}

/** Throws when a reply is not flat, has a field more or less, or names a refusal that its call does not. */
function checkAgentReply(url: string, { status, headers, body }: AgentReply): void {
  const path = url.replace(/^\/agent/, '').replace(/\?.*$/, '');
  const call = agentCalls.find((each) => each.path === path);
  const validator = successes.get(path);
  if (call === undefined || validator === undefined) throw new Error(`no call has the path ${path}`);
  if (status !== 200) throw new Error(`${url} answered ${status}: ${JSON.stringify(body)}`);
  if (typeof headers['x-request-id'] !== 'string') throw new Error(`${url} answered without X-Request-ID`);
  const checked = (body.code === 0 ? validator : failure).validate(body);
  if (!checked.ok) throw new Error(`${url}: ${JSON.stringify(checked.problem)} in ${JSON.stringify(body)}`);
  const error = agentErrorOfCode(body.code);
  if (body.code !== 0 && (error === undefined || !call.errors.includes(error.name))) {
    throw new Error(`${url} answered ${body.code}, which its contract does not name`);
  }
}
