import { afterEach, beforeEach, expect, test } from 'vitest';
import { TestGateway } from '../testing/venue.ts';

let gateway: TestGateway;
let trader: { readonly accessToken: string; readonly userId: number };
beforeEach(async () => {
  gateway = await TestGateway.start();
  trader = await gateway.trader();
});
afterEach(() => gateway.close());

const post = (url: string, body?: object) => gateway.call(trader, { method: 'POST', url, ...(body && { body }) });
const get = (url: string) => gateway.call(trader, { url });
const order = (changes: object) => ({
  symbol: 'BTCUSDT',
  type: 'LIMIT',
  side: 'BUY',
  price: '60000',
  quantity: '0.1',
  ...changes,
});

async function openPosition(): Promise<void> {
  const other = await gateway.trader();
  const url = '/v1/private/order/place';
  await gateway.call(other, { method: 'POST', url, body: order({ side: 'SELL' }) });
  await gateway.call(trader, { method: 'POST', url, body: order({}) });
}

test('the account shows what is held for orders and positions', async () => {
  expect((await get('/v1/private/user/asset')).data['userAsset']).toEqual({
    userId: '1188041529',
    assetType: 'USDT',
    walletBalance: '100000',
    frozenMargin: '0',
    usedMargin: '0',
    availableBalance: '100000',
    unrealizedPnl: '0',
    marginBalance: '100000',
    maintenanceMargin: '0',
    marginRatio: '0',
  });
  await openPosition();
  await gateway.price('60100');
  expect((await get('/v1/private/user/asset')).data['userAsset']).toMatchObject({
    walletBalance: '99997',
    usedMargin: '600',
    unrealizedPnl: expect.stringMatching(/^\d+(\.\d+)?$/),
  });
});

test('a position has all fields of the contract as decimals', async () => {
  expect((await get('/v1/private/position/positions')).data).toEqual({ positions: [] });
  await openPosition();
  const { data } = await get('/v1/private/position/positions?symbol=BTCUSDT');
  expect(data['positions']).toEqual([
    expect.objectContaining({
      symbol: 'BTCUSDT',
      marginMode: 'CROSS',
      positionSide: 'BOTH',
      leverage: 10,
      quantity: '0.1',
      entryPrice: '60000',
      markPrice: '60000',
      margin: '600',
      notional: '6000',
      adlQuantile: 5,
    }),
  ]);
  expect(await get('/v1/private/position/positions?symbol=XRPUSDT')).toMatchObject({ code: 3013 });
});

test('leverage is set within the first tier and shown in the settings', async () => {
  const url = '/v1/private/position/leverage';
  expect((await post(url, { symbol: 'BTCUSDT', leverage: 25 })).data).toEqual({
    symbol: 'BTCUSDT',
    leverage: 25,
    timestamp: gateway.clock.ms,
  });
  const settings = await get('/v1/private/position/settings?symbol=BTCUSDT');
  expect(settings.data).toEqual({ symbol: 'BTCUSDT', marginMode: 1, leverage: 25 });
  expect(await post(url, { symbol: 'BTCUSDT', leverage: 101 })).toMatchObject({ code: 2003 });
  expect(await post(url, { symbol: 'BTCUSDT', leverage: 1.5 })).toMatchObject({ code: 2002 });
  expect(await post(url, { symbol: 'BTCUSDT', leverage: 5, x: 1 })).toMatchObject({
    code: 2002,
    details: { field: 'x' },
  });
  expect(await post(url, { symbol: 'XRPUSDT', leverage: 5 })).toMatchObject({ code: 3013 });
  expect(await get('/v1/private/position/settings?symbol=XRPUSDT')).toMatchObject({ code: 3013 });
});

test('margin is isolated, added and taken down; the mode is locked while there is a position', async () => {
  const mode = (marginMode: number) => post('/v1/private/position/margin-mode', { symbol: 'BTCUSDT', marginMode });
  const margin = (amount: string) =>
    post('/v1/private/position/margin', { symbol: 'BTCUSDT', positionSide: 'BOTH', amount });
  expect(await mode(3)).toMatchObject({ code: 2003 });
  expect(await margin('1')).toMatchObject({ code: 3012 });
  expect(await mode(2)).toMatchObject({ code: 0, data: {} });
  expect((await get('/v1/private/position/settings?symbol=BTCUSDT')).data).toMatchObject({ marginMode: 2 });
  expect(await margin('1')).toMatchObject({ code: 3008 });
  await openPosition();
  expect(await mode(1)).toMatchObject({ code: 3012 });
  expect((await margin('40.5')).data).toEqual({
    symbol: 'BTCUSDT',
    positionSide: 'BOTH',
    margin: '640.5',
    timestamp: gateway.clock.ms,
  });
  expect(await margin('0.000000001')).toMatchObject({ code: 2002 });
  expect(await margin('-40.50000001')).toMatchObject({
    code: 3001,
    details: { required: '40.50000001', available: '40.5' },
  });
  expect((await margin('-40.5')).data).toMatchObject({ margin: '600' });
  expect((await get('/v1/private/position/positions')).data['positions']).toEqual([
    expect.objectContaining({ marginMode: 'ISOLATED', margin: '600', liqPrice: '54216.8' }),
  ]);
});

test('a hedge leg is opened and shown with its side; the size of a short leg has no sign', async () => {
  const other = await gateway.trader();
  const url = '/v1/private/order/place';
  await gateway.call(other, { method: 'POST', url, body: order({}) });
  await post(url, order({ side: 'SELL', positionSide: 'SHORT' }));
  expect((await get('/v1/private/position/positions')).data['positions']).toEqual([
    expect.objectContaining({ positionSide: 'SHORT', quantity: '0.1', entryPrice: '60000' }),
  ]);
  expect((await get('/v1/private/order/trades')).data).toMatchObject({ list: [{ positionSide: 'SHORT' }] });
  expect(await post(url, order({}))).toMatchObject({ code: 3011 });
  expect(await post(url, order({ positionSide: 'LONG', reduceOnly: true }))).toMatchObject({ code: 3008 });
});

test('API keys are made, listed newest first, changed and deleted; the secret is shown once', async () => {
  const first = await gateway.apiKey(trader.accessToken, { permissions: 1 });
  const second = await gateway.apiKey(trader.accessToken, { ipWhitelist: ['10.0.0.0/8'] });
  expect(first.apiKey).toMatch(/^fx_[0-9a-f]{40}$/);
  const list = async () => (await get('/v1/private/user/api-key/list')).data['list'] as Record<string, unknown>[];
  const keys = await list();
  expect(keys).toEqual([
    expect.objectContaining({
      apiKey: second.apiKey,
      permissions: 3,
      ipWhitelist: ['10.0.0.0/8'],
      status: 1,
      lastUsedAt: 0,
    }),
    expect.objectContaining({ apiKey: first.apiKey, permissions: 1, ipWhitelist: [], createdAt: gateway.clock.ms }),
  ]);
  expect(JSON.stringify(keys)).not.toContain(first.apiSecret);
  gateway.clock.ms += 5_000;
  expect((await gateway.call(first, { url: '/v1/private/user/info' })).code).toBe(0);
  expect((await list())[1]).toMatchObject({ lastUsedAt: gateway.clock.ms });

  const id = keys[1]?.['id'];
  const put = (body: object) => gateway.call(trader, { method: 'PUT', url: '/v1/private/user/api-key/update', body });
  expect((await put({ id, label: 'renamed', status: 0 })).data).toEqual({});
  expect((await list())[1]).toMatchObject({ label: 'renamed', status: 0, permissions: 1 });
  expect(await gateway.call(first, { url: '/v1/private/user/info?x=1' })).toMatchObject({ code: 1003 });
  expect(await put({ id: '7', label: 'x' })).toMatchObject({ code: 2002, details: { field: 'id' } });
  expect(await put({ id: '4000000000000000099', label: 'x' })).toMatchObject({ code: 2002, details: { field: 'id' } });
  expect(await put({ id, ipWhitelist: ['10.0.0.1', '10.0.0.0/33'] })).toMatchObject({
    code: 2002,
    details: { field: 'ipWhitelist[1]' },
  });
  expect(await put({ id, ipWhitelist: Array(21).fill('10.0.0.1') })).toMatchObject({ code: 2003 });

  expect((await post('/v1/private/user/api-key/delete', { id })).data).toEqual({});
  expect(await post('/v1/private/user/api-key/delete', { id })).toMatchObject({ code: 2002, details: { field: 'id' } });
  expect((await post('/v1/private/user/api-key/delete-all')).data).toEqual({ deleted: 1 });
  expect(await list()).toEqual([]);
});

test('a label of 64 characters is taken whatever they are, and kept', async () => {
  const label = '🤖'.repeat(64);
  expect(await post('/v1/private/user/api-key/create', { label })).toMatchObject({ code: 0 });
  expect(await post('/v1/private/user/api-key/create', { label: `${label}x` })).toMatchObject({ code: 2003 });
  const keys = await get('/v1/private/user/api-key/list');
  expect(keys.data['list']).toMatchObject([{ label }]);
});

test('a user has at most 30 keys and sees only his own', async () => {
  for (let count = 0; count < 30; count += 1) await gateway.apiKey(trader.accessToken);
  expect(await post('/v1/private/user/api-key/create', { label: 'one more' })).toMatchObject({ code: 2003 });
  const other = await gateway.trader();
  const reply = await gateway.call(other, { url: '/v1/private/user/api-key/list' });
  expect(reply.data).toEqual({ list: [] });
  const body = { id: '4000000000000000001' };
  expect(await gateway.call(other, { method: 'POST', url: '/v1/private/user/api-key/delete', body })).toMatchObject({
    code: 2002,
  });
});

test('a listen key lives for an hour, is renewed and ended by its user alone', async () => {
  const url = '/v1/private/user/listen-key';
  const made = await post(url);
  expect(made.data).toEqual({
    listenKey: expect.stringMatching(/^[0-9a-f]{32}$/),
    expireAt: gateway.clock.ms + 3_600_000,
  });
  const body = { listenKey: made.data['listenKey'] };
  gateway.clock.ms += 60_000;
  expect((await gateway.call(trader, { method: 'PUT', url, body })).data).toEqual({});
  const other = await gateway.trader();
  for (const method of ['PUT', 'DELETE'] as const) {
    expect(await gateway.call(other, { method, url, body })).toMatchObject({
      code: 2002,
      details: { field: 'listenKey' },
    });
  }
  expect((await gateway.call(trader, { method: 'DELETE', url, body })).code).toBe(0);
  expect(await gateway.call(trader, { method: 'DELETE', url, body })).toMatchObject({ code: 2002 });
});
