import { TRADES_LIMIT_MAX } from '@openvenue/contract';
import { DEFAULT_KEPT_TRADES } from '@openvenue/views';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestGateway } from '../../testing/venue.ts';

let gateway: TestGateway;
const get = (path: string) => gateway.send({ url: `/v1/public/market/${path}` });

beforeAll(async () => {
  gateway = await TestGateway.start();
  const maker = await gateway.trader();
  const taker = await gateway.trader();
  const place = (trader: { accessToken: string }, order: object) =>
    gateway.call(trader, {
      method: 'POST',
      url: '/v1/private/order/place',
      body: { symbol: 'BTCUSDT', type: 'LIMIT', quantity: '0.01', ...order },
    });
  await place(maker, { side: 'SELL', price: '60000' });
  await place(taker, { side: 'BUY', price: '60000' });
  await place(maker, { side: 'SELL', price: '60060', quantity: '0.02' });
  await place(taker, { side: 'BUY', price: '60060', quantity: '0.02' });
  await place(maker, { side: 'SELL', price: '60100' });
  await place(taker, { side: 'BUY', price: '59900', quantity: '0.5' });
});
afterAll(() => gateway.close());

test('the version is what was built', async () => {
  expect((await gateway.send({ url: '/v1/version' })).data).toEqual({
    service: 'openvenue',
    version: '0.1.0',
    commit: '9f2c1ab',
    date: '2026-02-25T00:00:00Z',
    market: 'simulated',
  });
});

test('symbols come with limits, continuous tiers and the fee schedule', async () => {
  const { data } = await get('symbols');
  const [btc, eth] = data['list'] as Record<string, unknown>[];
  expect(eth?.['symbol']).toBe('ETHUSDT');
  expect(btc).toMatchObject({
    symbol: 'BTCUSDT',
    tickSize: '0.1',
    stepSize: '0.001',
    pricePrecision: 1,
    quantityPrecision: 3,
    minQuantity: '0.001',
    minNotional: '5',
    maxLimitOrderQty: '100',
    defaultMarginMode: 1,
    status: 'TRADING',
  });
  const tiers = btc?.['leverageTiers'] as Record<string, unknown>[];
  expect(tiers.map((tier) => tier['maintenanceAmount'])).toEqual(['0', '50', '1300', '16300']);
  expect(tiers[1]).toEqual({
    tier: 2,
    minNotional: '50000',
    maxNotional: '250000',
    maxLeverage: 50,
    maintenanceMarginRate: '0.005',
    maintenanceAmount: '50',
  });
  expect(data['handlingFeeLevelConfig']).toEqual([
    { level: 0, minVolume30d: '0', makerFeeRate: '0.0002', takerFeeRate: '0.0005' },
  ]);
});

test('the book, best first', async () => {
  const { data } = await get('depth?symbol=BTCUSDT&limit=5');
  expect(data).toEqual({ version: expect.any(Number), bids: [['59900', '0.5']], asks: [['60100', '0.01']] });
});

test('as many trades are kept as a call can ask for', () => {
  expect(DEFAULT_KEPT_TRADES).toBeGreaterThanOrEqual(TRADES_LIMIT_MAX);
});

test('the last trades, newest first', async () => {
  const { data } = await get('trades?symbol=BTCUSDT');
  expect(data['list']).toEqual([
    {
      tradeId: expect.stringMatching(/^2\d{18}$/),
      price: '60060',
      quantity: '0.02',
      side: 'BUY',
      ts: gateway.clock.ms,
    },
    expect.objectContaining({ price: '60000', quantity: '0.01' }),
  ]);
  expect((await get('trades?symbol=BTCUSDT&limit=1')).data['list']).toHaveLength(1);
  expect((await get('trades?symbol=ETHUSDT')).data).toEqual({ list: [] });
});

test('the ticker of one symbol or of all', async () => {
  const { data } = await get('ticker?symbol=BTCUSDT');
  expect(data['list']).toEqual([
    {
      symbol: 'BTCUSDT',
      lastPrice: '60060',
      markPrice: '60000',
      indexPrice: '60000',
      openPrice: '60000',
      highPrice: '60060',
      lowPrice: '60000',
      volume: '0.03',
      quoteVolume: '1801.2',
      priceChange: '60',
      priceChangePercent: '0.1',
      bestBid: '59900',
      bestBidQty: '0.5',
      bestAsk: '60100',
      bestAskQty: '0.01',
      fundingRate: '0.0001',
      nextFundingTime: 1_772_035_200_000,
      openInterest: '0.03',
    },
  ]);
  const all = (await get('ticker')).data['list'] as Record<string, unknown>[];
  expect(all.map((ticker) => ticker['symbol'])).toEqual(['BTCUSDT', 'ETHUSDT']);
  expect(all[1]).toMatchObject({ lastPrice: '0', priceChangePercent: '0' });
});

test.each([
  ['depth?symbol=XRPUSDT', 3013],
  ['trades?symbol=XRPUSDT', 3013],
  ['ticker?symbol=XRPUSDT', 3013],
  ['depth', 2001],
  ['depth?symbol=BTCUSDT&limit=4', 2003],
  ['depth?symbol=BTCUSDT&limit=x', 2002],
  ['trades?symbol=BTCUSDT&limit=1001', 2003],
  ['depth?symbol=BTCUSDT&symbol=ETHUSDT', 2002],
])('%s answers %d', async (path, code) => {
  expect(await get(path)).toMatchObject({ status: 200, code });
});
