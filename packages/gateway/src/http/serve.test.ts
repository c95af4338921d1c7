import { routes } from '@openvenue/contract';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ApiKey, TestGateway } from '../testing/venue.ts';

let gateway: TestGateway;
let accessToken: string;
let key: ApiKey;
beforeEach(async () => {
  gateway = await TestGateway.start();
  ({ accessToken } = await gateway.trader());
  key = await gateway.apiKey(accessToken);
});
afterEach(() => gateway.close());

const asset = { url: '/v1/private/user/asset' };
const current = { url: '/v1/private/order/current' };
const place = (clientOrderId: string) => ({
  method: 'POST' as const,
  url: '/v1/private/order/place',
  body: { symbol: 'BTCUSDT', type: 'LIMIT', side: 'BUY', price: '59900', quantity: '0.01', clientOrderId },
});

describe('a signed request', () => {
  test('passes with its query and body unchanged, wherever the signature stands', async () => {
    expect(await gateway.call(key, { url: '/v1/private/order/history?symbol=BTCUSDT&page=1' })).toMatchObject({
      code: 0,
    });
    expect(await gateway.call(key, place('a'))).toMatchObject({ code: 0, data: { status: 'PENDING' } });
    const signed = gateway.sign(key, { url: '/v1/private/order/history?symbol=BTCUSDT' });
    const [path = '', query = ''] = signed.url.split('?');
    const [first = '', ...rest] = query.split('&').toReversed();
    expect(await gateway.send({ ...signed, url: `${path}?${[first, ...rest.toReversed()].join('&')}` })).toMatchObject({
      code: 0,
    });
  });

  test('fails when a byte of query, body or signature differs, with one answer for all and for an unknown key', async () => {
    const signed = gateway.sign(key, place('a'));
    const tampered = [
      { ...signed, url: signed.url.replace('timestamp=1', 'timestamp=2') },
      { ...signed, url: `${signed.url}&symbol=ETHUSDT` },
      { ...signed, body: { ...place('a').body, quantity: '0.02' } },
      { ...signed, url: signed.url.slice(0, -1) },
      { ...signed, url: signed.url.replace(/&signature=.*/, '') },
      { ...signed, headers: { 'x-api-key': 'fx_unknown' } },
      { ...signed, headers: { 'x-api-key': '' } },
      gateway.sign({ ...key, apiSecret: `${key.apiSecret}x` }, place('a')),
    ];
    for (const sent of tampered) {
      const reply = await gateway.send(sent);
      expect(reply).toMatchObject({ status: 401, code: 1003, message: 'Invalid API key or signature', details: {} });
    }
    expect((await gateway.send(signed)).code).toBe(0);
  });

  test.each([
    [-10_000, 0],
    [10_000, 0],
    [-10_001, 1003],
    [10_001, 1003],
  ])('with a clock %d ms off answers %d', async (offset, code) => {
    const reply = await gateway.send(gateway.sign(key, asset, gateway.clock.ms + offset));
    expect(reply.code).toBe(code);
    if (code !== 0) expect(reply.message).toBe('Timestamp outside of tolerance window');
  });

  test.each(['', 'x', '1e12', '-1'])('with the timestamp %j is outside of the window', async (timestamp) => {
    const reply = await gateway.send(gateway.sign(key, asset, timestamp));
    expect(reply).toMatchObject({ code: 1003, message: 'Timestamp outside of tolerance window' });
  });

  test('says nothing of the time before the signature is proved', async () => {
    const wrong = gateway.sign({ ...key, apiSecret: 'x' }, asset, 1);
    expect(await gateway.send(wrong)).toMatchObject({ message: 'Invalid API key or signature' });
  });

  test('is taken once on order paths, queries included, and again elsewhere', async () => {
    const write = gateway.sign(key, place('a'));
    expect((await gateway.send(write)).code).toBe(0);
    expect(await gateway.send(write)).toMatchObject({ status: 200, code: 3004, message: 'Signature replay detected' });
    const read = gateway.sign(key, current);
    expect((await gateway.send(read)).code).toBe(0);
    expect(await gateway.send(read)).toMatchObject({ code: 3004 });
    const elsewhere = gateway.sign(key, { url: '/v1/private/user/info?x=1' });
    expect((await gateway.send(elsewhere)).code).toBe(0);
    expect((await gateway.send(elsewhere)).code).toBe(0);
  });

  test('of a query cannot be played as a write', async () => {
    const read = gateway.sign(key, current);
    expect((await gateway.send(read)).code).toBe(0);
    const url = read.url.replace('/current', '/batch-cancel-all');
    expect(await gateway.send({ ...read, method: 'POST', url })).toMatchObject({ code: 3004 });
  });

  test('is remembered by the core across gateways', async () => {
    const write = gateway.sign(key, place('a'));
    expect((await gateway.send(write)).code).toBe(0);
    const { signatureHash } =
      gateway.node.commands.flatMap((command) => (command.type === 'place-order' ? [command.actor] : [])).at(-1) ?? {};
    expect(signatureHash).toMatch(/^[0-9a-f]{64}$/);
    const replay = {
      type: 'cancel-all-orders',
      actor: { userId: 1, apiKeyId: 1, signatureHash: signatureHash ?? '', signatureExpiresAtMs: gateway.clock.ms + 1 },
    } as const;
    expect((await gateway.node.submit(replay)).reply).toMatchObject({ ok: false, reason: 'SIGNATURE_REPLAYED' });
  });
});

describe('a key', () => {
  test('with read alone reads the account and nothing of orders and positions', async () => {
    const reader = await gateway.apiKey(accessToken, { permissions: 1 });
    const trader = await gateway.apiKey(accessToken, { permissions: 2 });
    for (const { method, path: url, auth } of routes.filter((route) => route.auth === 'R' || route.auth === 'T')) {
      const refused = auth === 'R' ? trader : reader;
      const allowed = auth === 'R' ? reader : trader;
      expect(await gateway.call(refused, { method, url: `${url}?n=1` }), url).toMatchObject({
        status: 200,
        code: 3006,
      });
      expect((await gateway.call(allowed, { method, url: `${url}?n=2` })).code, url).not.toBe(3006);
    }
  });

  test('manages no keys and ends no session', async () => {
    for (const { method, path: url } of routes.filter(({ auth }) => auth === 'J')) {
      expect(await gateway.call(key, { method, url: `${url}?m=1` }), url).toMatchObject({ code: 3006 });
    }
  });

  test('with an allow-list is taken from its addresses alone', async () => {
    const bound = await gateway.apiKey(accessToken, { ipWhitelist: ['203.0.113.0/24', '2001:db8::1'] });
    expect((await gateway.call(bound, { ...asset, ip: '203.0.113.9' })).code).toBe(0);
    expect((await gateway.call(bound, { ...asset, ip: '2001:db8::1' })).code).toBe(0);
    const reply = await gateway.call(bound, { ...asset, ip: '198.51.100.1' });
    expect(reply).toMatchObject({ status: 401, code: 1006, message: 'Source IP not allowed' });
    const spoofed = { ...asset, ip: '198.51.100.1', headers: { 'x-forwarded-for': '203.0.113.9' } };
    expect(await gateway.call(bound, spoofed)).toMatchObject({ code: 1006 });
  });

  test('counts before the token that is sent along', async () => {
    const signed = gateway.sign({ ...key, apiSecret: 'wrong' }, asset);
    const both = { ...signed, headers: { ...signed.headers, authorization: `Bearer ${accessToken}` } };
    expect(await gateway.send(both)).toMatchObject({ code: 1003 });
  });
});

test('behind a trusted proxy the forwarded address counts', async () => {
  const proxied = await TestGateway.start({ trustProxy: ['10.0.0.0/8'] });
  const session = await proxied.trader();
  const bound = await proxied.apiKey(session.accessToken, { ipWhitelist: ['203.0.113.9'] });
  const forwarded = { ...asset, headers: { 'x-forwarded-for': '1.1.1.1, 203.0.113.9' } };
  expect((await proxied.call(bound, { ...forwarded, ip: '10.1.2.3' })).code).toBe(0);
  expect(await proxied.call(bound, { ...forwarded, ip: '11.1.2.3' })).toMatchObject({ code: 1006 });
  await proxied.close();
});

test.each([
  [{}, 1001],
  [{ authorization: 'Basic dTpw' }, 1001],
  [{ authorization: 'Bearer' }, 1001],
  [{ authorization: 'Bearer a.b.c' }, 1003],
] as const)('the headers %j answer %d', async (headers, code) => {
  expect(await gateway.send({ ...asset, headers })).toMatchObject({ status: 401, code });
});

describe('limits', () => {
  test('every reply tells of its bucket', async () => {
    const unknown = await gateway.send({ url: '/nothing' });
    const time = await gateway.send({ url: '/v1/time' });
    expect(time.headers).toMatchObject({ 'x-ratelimit-limit': '200', 'x-ratelimit-reset': '1' });
    expect(unknown.headers['x-ratelimit-limit']).toBe('200');
    expect((await gateway.call({ accessToken }, asset)).headers['x-ratelimit-limit']).toBe('100');
    expect((await gateway.send(asset)).headers['x-ratelimit-limit']).toBe('100');
    const large = await gateway.send({ method: 'POST', url: '/v1/public/user/login', body: 'x'.repeat(70_000) });
    expect(large.headers['x-ratelimit-limit']).toBe('200');
  });

  test('an address that fails too often is not listened to, and another is', async () => {
    for (let attempt = 0; attempt < 100; attempt += 1) await gateway.send({ ...asset, ip: '203.0.113.1' });
    expect(await gateway.send({ ...asset, ip: '203.0.113.1' })).toMatchObject({ status: 429, code: 5003 });
    expect(await gateway.call({ accessToken }, { ...asset, ip: '203.0.113.1' })).toMatchObject({ code: 5003 });
    expect(await gateway.call({ accessToken }, { ...asset, ip: '203.0.113.2' })).toMatchObject({ code: 0 });
  });

  test('a batch costs its orders, and a cancel passes when orders do not', async () => {
    const tight = await TestGateway.start({
      rateLimits: { order: { perSecond: 1, burst: 5 }, cancel: { perSecond: 1, burst: 1 } },
    });
    const session = await tight.trader();
    const orders = ['a', 'b', 'c'].map((id) => place(id).body);
    const batch = { method: 'POST', url: '/v1/private/order/batch-place', body: { orders } } as const;
    expect(await tight.call(session, batch)).toMatchObject({ code: 0, headers: { 'x-ratelimit-remaining': '2' } });
    expect(await tight.call(session, batch)).toMatchObject({
      status: 429,
      code: 5003,
      headers: { 'retry-after': '1' },
    });
    const cancel = { method: 'POST', url: '/v1/private/order/batch-cancel-all' } as const;
    expect(await tight.call(session, cancel)).toMatchObject({ code: 0, headers: { 'x-ratelimit-limit': '1' } });
    expect(await tight.call(session, cancel)).toMatchObject({ code: 5003 });
    await tight.close();
  });
});
