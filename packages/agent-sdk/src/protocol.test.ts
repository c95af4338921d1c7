import { describe, expect, it } from 'vitest';
import type { AgentClient } from './agent-client.ts';
import { createAgentClient } from './client.ts';
import { OutcomeUnknownError, ProtocolError, UnavailableError } from './errors.ts';
import { MAX_REPLY_BYTES } from './http-exchange.ts';
import { AGENT, SECRET } from './testing/partner.ts';
import { TestClock } from './testing/test-clock.ts';

interface Sent {
  readonly url: string;
  readonly redirect: string | undefined;
  readonly body: Readonly<Record<string, unknown>> | undefined;
}

/** A client whose every call is answered with this text. */
function answeredWith(
  text: string | Uint8Array<ArrayBuffer>,
  init: ResponseInit = {},
): { client: AgentClient; sent: Sent[] } {
  const sent: Sent[] = [];
  const client = createAgentClient({
    baseUrl: 'https://venue.example',
    agentCode: AGENT,
    apiSecret: SECRET,
    clock: new TestClock({ instantUpToMs: 5_000 }),
    fetch: async (url, request) => {
      const body =
        typeof request?.body === 'string' ? (JSON.parse(request.body) as Record<string, unknown>) : undefined;
      sent.push({ url: String(url), redirect: request?.redirect, body });
      return new Response(text, init);
    },
  });
  return { client, sent };
}

const USER = { agentUserId: 'alice', platformUserId: '1188041528' };
const ORDER = {
  orderNo: 'n',
  status: 'SUCCESS',
  direction: 'IN',
  transferMode: 'FIXED_AMOUNT',
  currency: 'USDT',
  amount: '1',
  ...USER,
  failReason: '',
  createdAt: '2026-01-29T08:50:56.000Z',
  completedAt: '',
};
const EVENT = {
  seq: 7,
  event: 'transfer.completed',
  orderType: 'transfer',
  orderId: 12,
  orderNo: 'n',
  targetStatus: 'SUCCESS',
  direction: 'IN',
  transferMode: 'FIXED_AMOUNT',
  currency: 'USDT',
  amount: '1',
  agentCode: AGENT,
  ...USER,
  failReason: '',
  createdAt: '2026-01-29T08:50:56.000Z',
  completedAt: '2026-01-29T08:50:57.000Z',
};
const FUNDING = { assetCode: 'USDT', availableAmount: '1', heldAmount: '0', totalAmount: '1', materialized: true };
const ASSETS = {
  platformUserId: '1188041528',
  walletBalance: '1',
  frozenMargin: '0',
  usedMargin: '0',
  availableBalance: '-0.5',
  isolatedMargin: '0',
  version: 3,
  isSimulatedUser: false,
};
const WALLET = {
  orderNo: 'n',
  status: 'SUCCESS',
  direction: 'PARTNER_TO_FUNDING',
  currency: 'USDT',
  amount: '1',
  transferAll: false,
  ...USER,
  resultCode: '',
};
const RATES = {
  snapshotVersion: 'v1',
  provider: 'ecb',
  sourceDate: '2026-01-29',
  fetchedAt: 1,
  expiresAt: 2,
  pricingPolicy: 'FIXED_PEG',
  usdtUsdRate: '1',
  rateType: 'INDICATIVE_DAILY',
  usage: 'REFERENCE_ONLY',
  rateMeaning: '1 sourceCurrency = rate USDT',
  rates: [{ sourceCurrency: 'EUR', targetCurrency: 'USDT', rate: '1.080000000000000000' }],
};
const TRANSFER = { orderNo: 'n', orderStatus: 'PROCESSING', ...USER };

/** Every call with a good answer, besides `code` and `message`. */
const CALLS: readonly [string, Readonly<Record<string, unknown>>, (client: AgentClient) => Promise<unknown>][] = [
  ['/version', { service: 's', version: '1', commit: 'c', date: 'd' }, (client) => client.version()],
  [
    '/v1/agent/bind',
    { platformUserId: '1', bindStatus: 'BOUND', isSimulatedUser: false },
    (client) => client.bind({ agentUserId: 'alice' }),
  ],
  [
    '/v1/agent/transfer',
    TRANSFER,
    (client) => client.transfer({ agentOrderNo: 'n', agentUserId: 'alice', direction: 'IN', amount: '1' }),
  ],
  [
    '/v1/agent/transfer-all-out',
    { ...TRANSFER, amount: '' },
    (client) => client.transferAllOut({ agentOrderNo: 'n', agentUserId: 'alice' }),
  ],
  [
    '/v1/agent/reverse',
    { orderStatus: 'SUCCESS' },
    (client) => client.reverse({ origOrderNo: 'n', reverseOrderNo: 'r', reverseReason: 'x' }),
  ],
  [
    '/v1/agent/query-order',
    { orderType: 'TRANSFER_IN', ...ORDER },
    (client) => client.queryOrder({ orderNo: 'n', orderType: 'TRANSFER_IN' }),
  ],
  ['/v1/agent/list-orders', { total: 1, page: 1, pageSize: 20, orders: [ORDER] }, (client) => client.listOrders()],
  [
    '/v1/agent/query-account',
    { agentCode: AGENT, agentStatus: 'ACTIVE', assets: [{ currency: 'USDT', depositBalance: '1' }] },
    (client) => client.queryAccount({ currency: 'USDT' }),
  ],
  ['/v1/agent/query-user-assets', ASSETS, (client) => client.queryUserAssets({ platformUserId: '1188041528' })],
  [
    '/v1/agent/query-user-assets',
    { ...ASSETS, funding: FUNDING },
    (client) => client.queryUserAssets({ platformUserId: '1188041528', includeFunding: true }),
  ],
  [
    '/v1/agent/wallet-transfer',
    WALLET,
    (client) =>
      client.walletTransfer({ agentOrderNo: 'n', agentUserId: 'alice', direction: 'PARTNER_TO_FUNDING', amount: '1' }),
  ],
  ['/v1/agent/wallet-transfer-status', WALLET, (client) => client.walletTransferStatus({ agentOrderNo: 'n' })],
  [
    '/v1/agent/set-credentials',
    { username: 'u' },
    (client) => client.setCredentials({ agentUserId: 'alice', username: 'u', password: 'p' }),
  ],
  [
    '/v1/agent/disable-user',
    { userStatus: 'DISABLED' },
    (client) => client.disableUser({ agentUserId: 'alice', disabled: true }),
  ],
  ['/v1/agent/events', { events: [EVENT], lastSeq: 7 }, (client) => client.events({ afterSeq: 0 })],
  [
    '/v1/agent/create-entry-url',
    { webUrl: 'https://venue.example/agent-entry?ticket=t', expireAt: 1 },
    (client) => client.createEntryUrl({ agentUserId: 'alice' }),
  ],
  [
    '/v1/agent/create-embed-token',
    { embedToken: 't', expireAt: 1 },
    (client) => client.createEmbedToken({ agentUserId: 'alice', channelId: 'c' }),
  ],
  [
    '/v1/agent/list-supported-fiat-currencies',
    { targetCurrency: 'USDT', sourceCurrencies: ['EUR'] },
    (client) => client.listSupportedFiatCurrencies(),
  ],
  [
    '/v1/agent/query-exchange-rates',
    RATES,
    (client) => client.queryExchangeRates({ sourceCurrencies: ['EUR', 'USD'] }),
  ],
];

describe.each(CALLS)('the answer to %s', (path, good, call) => {
  const whole = { code: 0, message: 'success', ...good };

  it('is read to the listed fields, and anything more is ignored', async () => {
    const { client, sent } = answeredWith(JSON.stringify({ ...whole, later: 'addition' }));
    expect(await call(client)).toEqual(good);
    expect(sent.map(({ url }) => url)).toEqual([`https://venue.example${path}`]);
  });

  it.each(Object.keys(good))('needs %s, in its type', async (name) => {
    const { [name]: _missing, ...rest } = whole as Readonly<Record<string, unknown>>;
    await expect(call(answeredWith(JSON.stringify(rest)).client)).rejects.toBeInstanceOf(ProtocolError);
    for (const wrong of [null, { nested: 1 }, 1.5]) {
      const { client } = answeredWith(JSON.stringify({ ...whole, [name]: wrong }));
      await expect(call(client)).rejects.toBeInstanceOf(ProtocolError);
    }
  });
});

describe('answers', () => {
  it.each([
    ['no JSON', '<html>gateway</html>', {}],
    ['a list', '[]', {}],
    ['no code', '{"message":"success"}', {}],
    ['a code in a string', '{"code":"0","message":"success"}', {}],
    ['no message', '{"code":0}', {}],
    ['no UTF-8', new Uint8Array([0x7b, 0xff, 0x7d]), {}],
    ['nothing', '', {}],
    ['a redirect', '', { status: 307, headers: { location: 'https://elsewhere.example' } }],
    ['a status 400 with a success in it', '{"code":0,"message":"success"}', { status: 400 }],
  ])('with %s are no answers', async (_title, text, init) => {
    const { client } = answeredWith(text, init);
    await expect(client.queryAccount()).rejects.toBeInstanceOf(UnavailableError);
    const transfer = { agentOrderNo: 'n', agentUserId: 'alice', direction: 'IN', amount: '1' } as const;
    await expect(client.transfer(transfer)).rejects.toBeInstanceOf(OutcomeUnknownError);
  });

  it('are read up to a limit', async () => {
    const text = JSON.stringify({ code: 0, message: 'success', username: 'u' });
    const ask = (bytes: number): Promise<unknown> =>
      answeredWith(text.padEnd(bytes)).client.setCredentials({ agentUserId: 'alice', username: 'u', password: 'p' });
    expect(await ask(MAX_REPLY_BYTES)).toEqual({ username: 'u' });
    await expect(ask(MAX_REPLY_BYTES + 1)).rejects.toBeInstanceOf(UnavailableError);
  });

  it('of another environment are refused, and one named must come back', async () => {
    const answer = { code: 0, message: 'success', ...ASSETS };
    const ask = (text: unknown): Promise<unknown> =>
      answeredWith(JSON.stringify(text)).client.queryUserAssets({
        platformUserId: '1188041528',
        environment: 'SIMULATED',
      });
    expect(await ask({ ...answer, environment: 'SIMULATED' })).toEqual({ ...ASSETS, environment: 'SIMULATED' });
    await expect(ask(answer)).rejects.toBeInstanceOf(ProtocolError);
    await expect(ask({ ...answer, environment: 'PRODUCTION' })).rejects.toBeInstanceOf(ProtocolError);
  });

  it('carry the request id into the error', async () => {
    const text = JSON.stringify({ code: 6009, message: 'not allowed' });
    const { client } = answeredWith(text, { headers: { 'x-request-id': 'req-1' } });
    const error = { code: 6009, reason: 'not allowed', requestId: 'req-1', path: '/v1/agent/query-account' };
    await expect(client.queryAccount()).rejects.toMatchObject(error);
  });
});

describe('requests', () => {
  it('carry the fields that were given, the signing fields and nothing else', async () => {
    const { client, sent } = answeredWith(JSON.stringify({ code: 0, message: 'success', ...TRANSFER }));
    const extra = { note: 'not a field of the call' };
    await client.transfer({ agentOrderNo: 'n', agentUserId: 'alice', direction: 'IN', amount: '1.50', ...extra });
    expect(sent[0]?.body).toEqual({
      agentOrderNo: 'n',
      agentUserId: 'alice',
      direction: 'IN',
      amount: '1.50',
      agentCode: AGENT,
      timestamp: expect.any(Number),
      nonce: expect.stringMatching(/^[0-9a-f]{32}$/),
      sign: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it('follow no redirect', async () => {
    const { client, sent } = answeredWith('{"code":0,"message":"success","username":"u"}');
    await client.setCredentials({ agentUserId: 'alice', username: 'u', password: 'p' });
    expect(sent[0]?.redirect).toBe('manual');
  });

  it('join the currencies with commas', async () => {
    const { client, sent } = answeredWith(JSON.stringify({ code: 0, message: 'success', ...RATES }));
    await client.queryExchangeRates({ sourceCurrencies: ['EUR', 'USD'] });
    expect(sent[0]?.body).toMatchObject({ sourceCurrencies: 'EUR,USD' });
  });
});

describe('perpetual queries', () => {
  const order = {
    platformUserId: '1188041528',
    entityType: 'ORDER',
    entityId: '9223372036854775807',
    data: {
      symbol: 'BTCUSDT',
      orderId: '9223372036854775807',
      createdAt: 1,
      leverage: 20,
      price: '1.5',
      later: 'x',
      reduceOnly: false,
      closeOnly: false,
      makerOnly: true,
    },
  };
  const page = (...items: unknown[]): string =>
    JSON.stringify({ code: 0, message: 'success', data: { items, nextCursor: 'c', hasMore: true } });

  it('give typed items, without fields that have no value', async () => {
    const { client, sent } = answeredWith(page(order));
    const filter = { platformUserIds: ['1188041528'], orderCategory: 'NORMAL', limit: 1 } as const;
    const { items, nextCursor, hasMore } = await client.queryPerpetual('orders/current', filter);
    const { later: _later, ...data } = order.data;
    expect(items).toEqual([{ ...order, data }]);
    expect([nextCursor, hasMore]).toEqual(['c', true]);
    expect(sent[0]).toMatchObject({ url: 'https://venue.example/v1/agent/perpetual/orders/current', body: filter });
  });

  it.each([
    ['a missing boolean', { ...order, data: { ...order.data, reduceOnly: undefined } }],
    ['a number for a price', { ...order, data: { ...order.data, price: 1.5 } }],
    ['a text for a time', { ...order, data: { ...order.data, createdAt: '1' } }],
    ['an unknown kind', { ...order, entityType: 'OTHER' }],
    ['no data', { ...order, data: undefined }],
  ])('refuse %s', async (_title, item) => {
    await expect(answeredWith(page(item)).client.queryPerpetual('orders/current')).rejects.toBeInstanceOf(
      ProtocolError,
    );
  });

  it.each(['TRADE_FILL', 'POSITION', 'ACCOUNT_LEDGER'])('read a %s', async (entityType) => {
    const item = { ...order, entityType, data: { symbol: 'BTCUSDT' } };
    expect((await answeredWith(page(item)).client.queryPerpetual('trades')).items).toEqual([item]);
  });
});
