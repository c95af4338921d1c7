import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ApiKey, TestGateway } from '../../testing/venue.ts';

let gateway: TestGateway;
beforeEach(async () => {
  gateway = await TestGateway.start();
});
afterEach(() => gateway.close());

const get = (path: string) => gateway.send({ url: `/v1/public/market/${path}` });

/** Moves the clock to the next funding and settles it. */
async function settle(): Promise<number> {
  gateway.clock.ms = gateway.node.core.exchange.symbol('BTCUSDT')?.nextFundingAtMs ?? 0;
  await gateway.price('60000');
  return gateway.clock.ms;
}

test('the terms are interval, interest and bounds', async () => {
  expect((await get('funding-rate?symbol=BTCUSDT')).data).toEqual({
    list: [{ symbol: 'BTCUSDT', intervalHours: 8, interestRate: '0.0001', cap: '0.003', floor: '-0.003' }],
  });
  expect((await get('funding-rate')).data['list']).toHaveLength(2);
  expect(await get('funding-rate?symbol=XRPUSDT')).toMatchObject({ code: 3013 });
});

test('the current rate is the estimate, and the ticker has the same', async () => {
  const nextFundingTime = gateway.node.core.exchange.symbol('BTCUSDT')?.nextFundingAtMs;
  const current = { fundingRate: '0.0001', nextFundingTime };
  expect((await get('funding-rate/current?symbol=BTCUSDT')).data).toEqual({
    list: [{ symbol: 'BTCUSDT', ...current, markPrice: '60000', indexPrice: '60000' }],
    total: 1,
  });
  expect((await get('ticker?symbol=BTCUSDT')).data['list']).toEqual([expect.objectContaining(current)]);
  expect((await get('funding-rate/current?page=2&pageSize=1')).data).toMatchObject({
    list: [{ symbol: 'ETHUSDT' }],
    total: 2,
  });
  expect(await get('funding-rate/current?symbol=XRPUSDT')).toMatchObject({ code: 3013 });
});

test('what was settled is history, by symbol and time, newest first', async () => {
  expect((await get('funding-rate/history?symbol=BTCUSDT')).data).toEqual({ list: [], total: 0 });
  const first = await settle();
  const second = await settle();
  const settled = (fundingTime: number) => ({
    symbol: 'BTCUSDT',
    fundingRate: '0.0001',
    fundingTime,
    markPrice: '60000',
  });
  const history = async (query = '') => (await get(`funding-rate/history?symbol=BTCUSDT${query}`)).data;
  expect(await history()).toEqual({ list: [settled(second), settled(first)], total: 2 });
  expect(await history(`&startTime=${first}&endTime=${second}`)).toEqual({ list: [settled(first)], total: 1 });
  expect(await history('&pageSize=1&page=2')).toEqual({ list: [settled(first)], total: 2 });
  expect(await get('funding-rate/history')).toMatchObject({ code: 2001 });
  expect(await get('funding-rate/history?symbol=XRPUSDT')).toMatchObject({ code: 3013 });
});

test('a position shows its next funding, and what it has paid', async () => {
  const keyOf = async () => gateway.apiKey((await gateway.trader()).accessToken);
  const [long, short] = [await keyOf(), await keyOf()];
  const place = (by: ApiKey, side: string) =>
    gateway.call(by, {
      method: 'POST',
      url: '/v1/private/order/place',
      body: { symbol: 'BTCUSDT', type: 'LIMIT', side, price: '60000', quantity: '0.01' },
    });
  await place(short, 'SELL');
  await place(long, 'BUY');
  const positionOf = async (by: ApiKey) =>
    (await gateway.call(by, { url: '/v1/private/position/positions' })).data['positions'];
  expect(await positionOf(long)).toMatchObject([{ nextFundingFee: '-0.06', fundingFeeAccum: '0' }]);
  await settle();
  expect(await positionOf(long)).toMatchObject([{ fundingFeeAccum: '-0.06' }]);
  expect(await positionOf(short)).toMatchObject([{ fundingFeeAccum: '0.06' }]);
});
