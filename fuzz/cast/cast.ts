import { createHmac } from 'node:crypto';
import { agentOperations, agentPayload, type OperationName, operations, readSignedBody } from '@openvenue/contract';
import type { SigningAgent } from '../hostile/agent-requests.ts';
import type { ApiKey, Member } from './member.ts';

/** Replies are looked at as any client does, without our types. */
type Data = Readonly<Record<string, unknown>>;

const FUNDS = '50000';
const READ_AND_TRADE = 3;

/** Brings users to the venue as a partner does, with every kind of credential. */
export class Casting {
  readonly #url: string;
  readonly #agent: SigningAgent;
  /** Part of every name, so that each batch has users of its own whatever ran before it. */
  readonly #prefix: string;
  #count = 0;

  constructor(venue: { readonly port: number; readonly agent: SigningAgent }, prefix: string) {
    this.#url = `http://127.0.0.1:${venue.port}`;
    this.#agent = venue.agent;
    this.#prefix = prefix;
  }

  async member(): Promise<Member> {
    const agentUserId = `${this.#prefix}-${this.#count++}`;
    const { platformUserId } = await this.#ask(agentOperations.bindUser.path, { agentUserId });
    await this.#ask(agentOperations.transfer.path, {
      agentOrderNo: `fund-${agentUserId}`,
      agentUserId,
      direction: 'IN',
      amount: FUNDS,
    });
    const { webUrl } = await this.#ask(agentOperations.createEntryUrl.path, { agentUserId });
    const ticket = new URL(String(webUrl)).searchParams.get('ticket');
    const entered = await this.#call('exchangeTicket', { ticket });
    const cookie = /openvenue_refresh=([^;]*)/.exec(entered.cookie)?.[1] ?? '';
    const token = String(entered.data['accessToken']);
    const { embedToken } = await this.#ask(agentOperations.createEmbedToken.path, { agentUserId, channelId: 'fuzz' });
    const embedded = await this.#call('exchangeEmbedToken', { embedToken, channelId: 'fuzz' }, ORIGIN);
    const auth = { authorization: `Bearer ${token}` };
    const key = await this.#key(auth, { permissions: READ_AND_TRADE });
    const disabledKey = await this.#key(auth, { permissions: READ_AND_TRADE });
    const readOnlyKey = await this.#key(auth, { permissions: 1 });
    const boundKey = await this.#key(auth, { permissions: READ_AND_TRADE, ipWhitelist: ['192.0.2.1'] });
    const { data: keys } = await this.#call('listApiKeys', undefined, auth);
    const list = keys['list'] as readonly Data[];
    const idOf = ({ apiKey }: ApiKey): string => String(list.find((each) => each['apiKey'] === apiKey)?.['id']);
    await this.#call('updateApiKey', { id: idOf(disabledKey), status: 0 }, auth);
    const { data: listen } = await this.#call('createListenKey', undefined, auth);
    const order = { symbol: 'BTCUSDT', side: 'BUY', quantity: '0.01' };
    const { data: placed } = await this.#call('placeOrder', { ...order, type: 'LIMIT', price: '20000' }, auth);
    const stop = { ...order, side: 'SELL', type: 'STOP_MARKET', stopPrice: '10000' };
    const { data: waiting } = await this.#call('placeCondition', stop, auth);
    return {
      agentUserId,
      platformUserId: String(platformUserId),
      token,
      cookie,
      embedToken: String(embedded.data['accessToken']),
      listenKey: String(listen['listenKey']),
      key,
      keyId: idOf(key),
      readOnlyKey,
      boundKey,
      disabledKey,
      orderId: String(placed['orderId']),
      conditionId: String(waiting['conditionId']),
    };
  }

  async #key(auth: Headers, settings: Readonly<Record<string, unknown>>): Promise<ApiKey> {
    const { data } = await this.#call('createApiKey', { label: 'fuzz', ...settings }, auth);
    return { apiKey: String(data['apiKey']), apiSecret: String(data['apiSecret']) };
  }

  async #call(name: OperationName, body: unknown, headers: Headers = {}): Promise<{ data: Data; cookie: string }> {
    const { method, path } = operations[name];
    const reply = await fetch(this.#url + path, {
      method,
      headers: { ...headers, ...this.#origin(), ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const envelope = (await reply.json()) as { readonly code: number; readonly data: Data };
    if (envelope.code !== 0) throw new Error(`${name}: ${JSON.stringify(envelope)}`);
    return { data: envelope.data, cookie: reply.headers.get('set-cookie') ?? '' };
  }

  async #ask(path: string, fields: Readonly<Record<string, unknown>>): Promise<Data> {
    const { agentCode, apiSecret } = this.#agent;
    const timestamp = Math.floor(Date.now() / 1_000);
    const all = { ...fields, agentCode, timestamp, nonce: `${this.#prefix}-${performance.now()}-${path}` };
    const read = readSignedBody(Buffer.from(JSON.stringify(all)));
    if (!read.ok) throw new Error(`${path}: the fields are none`);
    const sign = createHmac('sha256', apiSecret).update(agentPayload(read.value), 'utf8').digest('hex');
    const reply = await fetch(this.#url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...this.#origin() },
      body: JSON.stringify({ ...all, sign }),
    });
    const answer = (await reply.json()) as Data;
    if (answer['code'] !== 0) throw new Error(`${path}: ${JSON.stringify(answer)}`);
    return answer;
  }

  /** An address of the batch's own, so that bringing users meets no limit. */
  #origin(): Headers {
    return { 'x-forwarded-for': `198.51.100.${(this.#count % 250) + 1}` };
  }
}

type Headers = Readonly<Record<string, string>>;
/** Where the demo agent has its pages. */
const ORIGIN = { 'x-embed-origin': 'http://127.0.0.1:8081' };
