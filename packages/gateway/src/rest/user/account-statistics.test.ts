import { HistoryLaggingError } from '@openvenue/views';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ApiKey, TestGateway } from '../../testing/venue.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** The gateway starts on Wednesday, 25 February 2026 at 08:23 UTC. */
const FIRST_DAY_MS = Date.parse('2026-02-25T00:00:00Z');

let gateway: TestGateway;
let trader: ApiKey;
let other: ApiKey;
const get = (path: string, by = trader) => gateway.call(by, { url: `/v1/private/user/${path}` });
const dataOf = async (path: string, by = trader) => (await get(path, by)).data;
const itemsOf = async (path: string) => (await dataOf(path))['items'] as readonly Record<string, unknown>[];

async function trade(side: 'BUY' | 'SELL', price: string): Promise<void> {
  gateway.clock.ms += 1_000;
  await gateway.price('60000');
  for (const [by, its] of [
    [other, side === 'BUY' ? 'SELL' : 'BUY'],
    [trader, side],
  ] as const) {
    const body = { symbol: 'BTCUSDT', type: 'LIMIT', side: its, price, quantity: '0.01' };
    expect((await gateway.call(by, { method: 'POST', url: '/v1/private/order/place', body })).code).toBe(0);
  }
}

let volumeOfFirstDay: Record<string, unknown>;

/** 1000 USDT; +5 on the first day; 100 USDT taken out on the second; -2.5 on the fourth. Each trade is the trader's as taker, for 0.05 %. */
beforeAll(async () => {
  gateway = await TestGateway.start();
  trader = await gateway.apiKey((await gateway.trader('1000')).accessToken);
  other = await gateway.apiKey((await gateway.trader()).accessToken);
  await trade('BUY', '60000');
  await trade('SELL', '60500');
  volumeOfFirstDay = await dataOf('volume-stats');
  gateway.clock.ms += DAY_MS;
  const body = { direction: 'CONTRACT_TO_FUNDING', amount: '100' };
  expect((await gateway.call(trader, { method: 'POST', url: '/v1/private/user/wallet-transfer', body })).code).toBe(0);
  gateway.clock.ms += 2 * DAY_MS;
  await trade('BUY', '60500');
  await trade('SELL', '60250');
});
afterAll(() => gateway.close());

const FIGURES = {
  todayPnl: '-3.10375',
  todayVolume: '1207.5',
  totalVolume: '2412.5',
  totalPnl: '1.29375',
  maxDrawdown30d: '3.10375',
  maxDrawdown30dRate: '0.00343184',
  transferIn: '1000',
  transferOut: '100',
};

test('the volume and the fees are those of the days before today, as the fee level counts them', async () => {
  expect(volumeOfFirstDay).toEqual({ volume30d: '0', feeTotal30d: '0' });
  expect(await dataOf('volume-stats')).toEqual({ volume30d: '1205', feeTotal30d: '0.6025' });
  expect(await dataOf('volume-stats', other)).toMatchObject({ volume30d: '1205' });
});

test('the summary has the figures of the account', async () => {
  expect(await dataOf('asset/overview/summary')).toEqual(FIGURES);
});

test('the drawdown is by what was there to trade with when the profit was highest', () => {
  expect(Number(FIGURES.maxDrawdown30dRate)).toBeCloseTo(3.10375 / (1_000 + 4.3975 - 100), 8);
});

describe('the balance by day, week and month', () => {
  test('goes from the running one back to the first change', async () => {
    expect(await itemsOf('balance-history?period=1D')).toEqual([
      { date: '2026-02-28', balance: '901.29375', pnl: '-3.10375' },
      { date: '2026-02-27', balance: '904.3975', pnl: '0' },
      { date: '2026-02-26', balance: '904.3975', pnl: '0' },
      { date: '2026-02-25', balance: '1004.3975', pnl: '4.3975' },
    ]);
    const all = { balance: '901.29375', pnl: '1.29375' };
    expect(await itemsOf('balance-history?period=1W')).toEqual([{ date: '2026-02-23', ...all }]);
    expect(await itemsOf('balance-history?period=1M')).toEqual([{ date: '2026-02-01', ...all }]);
  });

  test('stops at the limit', async () => {
    expect((await itemsOf('balance-history?period=1D&limit=2')).map(({ date }) => date)).toEqual([
      '2026-02-28',
      '2026-02-27',
    ]);
  });
});

describe('the trend', () => {
  const item = (snapshotTime: number, balance: string, totalPnl: string, pnl = '0', pnlRate = '0') => ({
    snapshotTime,
    balance,
    pnl,
    pnlRate,
    totalPnl,
  });

  test.each(['1W', '1M', '3M', '6M', '1Y'])('%s is by day', async (type) => {
    const nowMs = gateway.clock.ms;
    expect(await itemsOf(`asset/overview/trend?type=${type}`)).toEqual([
      item(nowMs, '901.29375', '1.29375', '-3.10375', '-0.00343184'),
      item(FIRST_DAY_MS + 3 * DAY_MS, '904.3975', '4.3975'),
      item(FIRST_DAY_MS + 2 * DAY_MS, '904.3975', '4.3975'),
      item(FIRST_DAY_MS + DAY_MS, '1004.3975', '4.3975', '4.3975', '0.0043975'),
    ]);
  });

  test('1D is by hour, the running one included', async () => {
    const items = await itemsOf('asset/overview/trend?type=1D');
    expect(items).toHaveLength(24);
    expect(items[0]).toMatchObject({ snapshotTime: gateway.clock.ms, pnl: '-3.10375' });
    const openMs = gateway.clock.ms - (gateway.clock.ms % HOUR_MS);
    expect(items.slice(1)).toEqual(
      Array.from({ length: 23 }, (_, hour) => item(openMs - hour * HOUR_MS, '904.3975', '4.3975')),
    );
  });

  test('stands with the figures in the trade overview', async () => {
    const items = await itemsOf('asset/overview/trend?type=1W');
    expect(await dataOf('trade-overview?type=1W')).toEqual({ ...FIGURES, items });
  });
});

test('who has nothing has nothing to show', async () => {
  const { accessToken } = await gateway.trader('0');
  const ask = async (path: string) => (await gateway.call({ accessToken }, { url: `/v1/private/user/${path}` })).data;
  expect(await ask('volume-stats')).toEqual({ volume30d: '0', feeTotal30d: '0' });
  expect(await ask('balance-history?period=1M')).toEqual({ items: [] });
  expect(await ask('asset/overview/trend?type=1Y')).toEqual({ items: [] });
  expect(await ask('asset/overview/summary')).toEqual(
    Object.fromEntries(Object.keys(FIGURES).map((name) => [name, '0'])),
  );
});

test.each([
  ['balance-history', 2001],
  ['balance-history?period=1Y', 2002],
  ['balance-history?period=1D&limit=0', 2003],
  ['balance-history?period=1D&limit=101', 2003],
  ['trade-overview', 2001],
  ['trade-overview?type=2D', 2002],
  ['asset/overview/trend?type=1d', 2002],
])('%s answers %d', async (path, code) => {
  expect(await get(path)).toMatchObject({ status: 200, code });
});

test.each(['volume-stats', 'balance-history?period=1D', 'trade-overview?type=1D', 'asset/overview/summary'])(
  '%s is refused while the history lags',
  async (path) => {
    gateway.history.refuseNext(new HistoryLaggingError(1, 2));
    expect(await get(path)).toMatchObject({ status: 503, code: 5002 });
    expect((await get(path)).code).toBe(0);
  },
);
