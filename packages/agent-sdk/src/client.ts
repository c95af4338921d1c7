import { randomBytes } from 'node:crypto';
import type { AgentClient } from './agent-client.ts';
import { createBackOff } from './back-off.ts';
import { type Clock, systemClock } from './clock.ts';
import type { Decoder } from './decode.ts';
import { createMoneyMoves } from './money-moves.ts';
import { perpetualFields, perpetualReply } from './perpetual.ts';
import { readReply } from './read-reply.ts';
import { type RepeatOptions, repeatUntilAnswered } from './repeat.ts';
import { type EnvironmentEcho, replies } from './replies.ts';
import * as request from './requests.ts';
import type { Fields } from './signing.ts';
import { createTransport } from './transport.ts';
import { waitForOrder } from './wait-for-order.ts';

export const DEFAULT_TIMEOUT_MS = 10_000;
export const DEFAULT_MAX_ATTEMPTS = 4;
export const MAX_ATTEMPTS = 20;

export interface AgentClientOptions {
  /** Where the Agent API is, such as `https://venue.example` or `https://venue.example/agent`. */
  readonly baseUrl: string;
  readonly agentCode: string;
  /** Stays in this process: no error, log or answer of the client carries it. Never ship it to a browser. */
  readonly apiSecret: string;
  /** Default: the platform's. */
  readonly fetch?: typeof globalThis.fetch;
  /** Default: the machine's. */
  readonly clock?: Clock;
  /** Cryptographically random bytes for nonces and jitter. Default: `node:crypto`. */
  readonly random?: (bytes: number) => Uint8Array;
  /** Time for one HTTP exchange, default 10 s. */
  readonly timeoutMs?: number;
  /** How often one call is sent at most while there is no answer, 1 to 20, default 4. */
  readonly maxAttempts?: number;
  /** Allows `http:` to hosts other than this machine, for private networks. */
  readonly allowInsecureHttp?: boolean;
}

/**
 * A client of the Agent API for one agent. It holds no connection and needs no closing.
 *
 * @throws TypeError or RangeError for options that cannot work.
 */
export function createAgentClient(options: AgentClientOptions): AgentClient {
  const clock = options.clock ?? systemClock;
  const random = options.random ?? ((bytes: number) => randomBytes(bytes));
  const transport = createTransport({
    baseUrl: requireBaseUrl(options),
    agentCode: request.requireText('agentCode', options.agentCode),
    apiSecret: request.requireText('apiSecret', options.apiSecret),
    fetch: options.fetch ?? globalThis.fetch,
    clock,
    random,
    timeoutMs: requireBetween('timeoutMs', options.timeoutMs ?? DEFAULT_TIMEOUT_MS, 600_000),
  });
  const backOff = createBackOff(clock, random);
  const maxAttempts = requireBetween('maxAttempts', options.maxAttempts ?? DEFAULT_MAX_ATTEMPTS, MAX_ATTEMPTS);
  const repetition: RepeatOptions = { maxAttempts, backOff };

  async function ask<T>(path: string, fields: Fields, decoder: Decoder<T>): Promise<T & EnvironmentEcho> {
    const success = await repeatUntilAnswered(() => transport.post(path, fields), repetition);
    return readReply(success, decoder, fields);
  }

  async function queryUserAssets(query: request.QueryUserAssetsRequest) {
    const fields = request.queryUserAssetsFields(query);
    const path = '/v1/agent/query-user-assets';
    return query.includeFunding === true
      ? ask(path, fields, replies.queryUserAssetsWithFunding)
      : ask(path, fields, replies.queryUserAssets);
  }

  return {
    ...createMoneyMoves(transport, repetition),
    waitForOrder: async (orderNo, wait) => waitForOrder(orderNo, wait, { transport, backOff, clock }),
    async version() {
      return readReply(await repeatUntilAnswered(() => transport.get('/version'), repetition), replies.version, {});
    },
    bind: async (user) => ask('/v1/agent/bind', request.bindFields(user), replies.bind),
    queryOrder: async (query) => ask('/v1/agent/query-order', request.queryOrderFields(query), replies.queryOrder),
    listOrders: async (query = {}) => ask('/v1/agent/list-orders', request.listOrdersFields(query), replies.listOrders),
    queryAccount: async ({ currency } = {}) => ask('/v1/agent/query-account', { currency }, replies.queryAccount),
    queryUserAssets: queryUserAssets as AgentClient['queryUserAssets'],
    async walletTransferStatus({ agentOrderNo, environment }) {
      const fields = { agentOrderNo: request.requireText('agentOrderNo', agentOrderNo), environment };
      return ask('/v1/agent/wallet-transfer-status', fields, replies.walletTransfer);
    },
    async setCredentials({ agentUserId, username, password }) {
      const fields = {
        agentUserId: request.requireText('agentUserId', agentUserId),
        username: request.requireText('username', username),
        password: request.requireText('password', password),
      };
      return ask('/v1/agent/set-credentials', fields, replies.setCredentials);
    },
    async disableUser({ agentUserId, disabled }) {
      if (typeof disabled !== 'boolean') throw new TypeError('disabled must be a boolean');
      const fields = { agentUserId: request.requireText('agentUserId', agentUserId), disabled };
      return ask('/v1/agent/disable-user', fields, replies.disableUser);
    },
    async events({ afterSeq, limit }) {
      const anyCount = { from: 0, to: Number.MAX_SAFE_INTEGER };
      const fields = {
        afterSeq: request.optionalInteger('afterSeq', afterSeq, anyCount),
        limit: request.optionalInteger('limit', limit, { ...anyCount, from: 1 }),
      };
      return ask('/v1/agent/events', fields, replies.events);
    },
    createEntryUrl: async (entry) =>
      ask('/v1/agent/create-entry-url', request.createEntryUrlFields(entry), replies.createEntryUrl),
    createEmbedToken: async (embed) =>
      ask('/v1/agent/create-embed-token', request.createEmbedTokenFields(embed), replies.createEmbedToken),
    listSupportedFiatCurrencies: async () =>
      ask('/v1/agent/list-supported-fiat-currencies', {}, replies.listSupportedFiatCurrencies),
    queryExchangeRates: async ({ sourceCurrencies } = {}) =>
      ask(
        '/v1/agent/query-exchange-rates',
        { sourceCurrencies: sourceCurrencies?.join(',') },
        replies.queryExchangeRates,
      ),
    queryPerpetual: async (view, filter = {}) =>
      ask(`/v1/agent/perpetual/${view}`, perpetualFields(filter), perpetualReply),
  };
}

function requireBaseUrl({ baseUrl, allowInsecureHttp }: AgentClientOptions): string {
  if (typeof baseUrl !== 'string' || !URL.canParse(baseUrl)) throw new TypeError('baseUrl must be an absolute URL');
  const url = new URL(baseUrl);
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw new RangeError('baseUrl must have no user, password, query or fragment');
  }
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && (isLocal || allowInsecureHttp === true))) {
    throw new RangeError('baseUrl must be https: tokens and passwords travel in the answers and calls');
  }
  return url.href.replace(/\/+$/, '');
}

function requireBetween(name: string, value: number, max: number): number {
  if (!Number.isSafeInteger(value) || value < 1 || value > max) {
    throw new RangeError(`${name} must be an integer from 1 to ${max}`);
  }
  return value;
}
