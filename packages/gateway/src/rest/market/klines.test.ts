import { HistoryLaggingError, openingAfter, openingOf } from '@openvenue/views';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestGateway } from '../../testing/venue.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

let gateway: TestGateway;
let firstMs: number;
let nowMs: number;
const get = (query: string) => gateway.send({ url: `/v1/public/market/klines?${query}` });

interface Row {
  readonly openTime: number;
  readonly close: string;
  readonly volume: string;
}

async function rows(query: string): Promise<readonly Row[]> {
  const { code, data } = await get(query);
  expect(code).toBe(0);
  return data['list'] as Row[];
}

/** A trade now in one minute, and again after three days and a minute: the first is not in memory any more. */
beforeAll(async () => {
  gateway = await TestGateway.start();
  const [maker, taker] = [await gateway.user(), await gateway.user()];
  const trade = async (price: string, quantity: string) => {
    await gateway.price('60000');
    for (const [{ username }, side] of [
      [maker, 'SELL'],
      [taker, 'BUY'],
    ] as const) {
      const body = { symbol: 'BTCUSDT', type: 'LIMIT', side, price, quantity };
      const trader = await gateway.logIn(username);
      expect((await gateway.call(trader, { method: 'POST', url: '/v1/private/order/place', body })).code).toBe(0);
    }
  };
  firstMs = openingOf('1m', gateway.clock.ms);
  await trade('60000', '0.01');
  gateway.clock.ms += 3 * DAY_MS;
  await trade('60010', '0.02');
  await trade('59990', '0.03');
  gateway.clock.ms += MINUTE_MS;
  await gateway.price('60000');
  await gateway.price('60600');
  nowMs = openingOf('1m', gateway.clock.ms);
});
afterAll(() => gateway.close());

test('the newest candles end with the running one', async () => {
  expect(await rows('symbol=BTCUSDT&interval=1m&limit=3')).toEqual([
    {
      openTime: nowMs - 2 * MINUTE_MS,
      open: '60000',
      high: '60000',
      low: '60000',
      close: '60000',
      volume: '0',
      closeTime: nowMs - MINUTE_MS - 1,
    },
    {
      openTime: nowMs - MINUTE_MS,
      open: '60010',
      high: '60010',
      low: '59990',
      close: '59990',
      volume: '0.05',
      closeTime: nowMs - 1,
    },
    {
      openTime: nowMs,
      open: '59990',
      high: '59990',
      low: '59990',
      close: '59990',
      volume: '0',
      closeTime: nowMs + MINUTE_MS - 1,
    },
  ]);
  expect(await rows('symbol=BTCUSDT&interval=1m')).toHaveLength(500);
});

test.each(['1m', '3m', '5m', '15m', '30m', '1h', '2h', '4h', '6h', '12h', '1d', '1w', '1M'] as const)(
  '%s: pages from the first trade on join without a gap where memory takes over from the history',
  async (interval) => {
    const all: Row[] = [];
    for (let startTime = 0; ; ) {
      const page = await rows(`symbol=BTCUSDT&interval=${interval}&startTime=${startTime}&limit=700`);
      all.push(...page);
      const last = page.at(-1);
      if (last === undefined) break;
      startTime = last.openTime + 1;
    }
    const expected: number[] = [];
    for (let openMs = openingOf(interval, firstMs); openMs <= nowMs; openMs = openingAfter(interval, openMs))
      expected.push(openMs);
    expect(all.map(({ openTime }) => openTime)).toEqual(expected);
    const sum = all.reduce((volume, row) => volume + Math.round(Number(row.volume) * 1_000), 0);
    expect(sum).toBe(60);
    expect(all.at(-1)?.close).toBe('59990');
  },
);

describe.each([
  ['indexPrice', '60000'],
  // With the funding that is still to come: 0.01 %, of 8 h 7 h 36 min.
  ['markPrice', '60005.7'],
] as const)('%s', (priceType, earlier) => {
  test('has a candle for every opening since the first price, flat where no price came, and no volume', async () => {
    for (const interval of ['1m', '3m', '5m', '15m', '30m', '1h', '2h', '4h', '6h', '12h', '1d', '1w', '1M'] as const) {
      const query = `symbol=BTCUSDT&interval=${interval}&priceType=${priceType}`;
      const last = await rows(`${query}&limit=1000`);
      const expected: number[] = [];
      for (let openMs = openingOf(interval, firstMs); openMs <= nowMs; openMs = openingAfter(interval, openMs))
        expected.push(openMs);
      expect(last.map(({ openTime }) => openTime)).toEqual(expected.slice(-1_000));
      expect(new Set(last.map(({ volume }) => volume))).toEqual(new Set(['0']));
      expect((await rows(`${query}&startTime=0&limit=1`))[0]).toEqual(
        expected.length > 1 ? expect.objectContaining({ openTime: expected[0], close: '60000' }) : last[0],
      );
    }
  });

  test('shows its own prices', async () => {
    const list = await rows(`symbol=BTCUSDT&interval=1m&priceType=${priceType}&limit=2`);
    expect(list).toEqual([
      expect.objectContaining({ open: '60000', high: earlier, low: '60000', close: earlier }),
      expect.objectContaining({ open: '60000', high: '60600', low: '60000', close: '60600' }),
    ]);
  });
});

test('times choose candles by their opening, the end not included', async () => {
  const times = async (more: string) =>
    (await rows(`symbol=BTCUSDT&interval=1m&${more}`)).map(({ openTime }) => (openTime - firstMs) / MINUTE_MS);
  expect(await times(`startTime=${firstMs + 1}&endTime=${firstMs + 3 * MINUTE_MS}`)).toEqual([1, 2]);
  expect(await times(`startTime=${firstMs}&limit=2`)).toEqual([0, 1]);
  expect(await times(`endTime=${firstMs + 2 * MINUTE_MS + 1}`)).toEqual([0, 1, 2]);
  expect(await times(`endTime=${firstMs + 9 * MINUTE_MS}&limit=2`)).toEqual([7, 8]);
  expect(await times(`startTime=${nowMs + 1}`)).toEqual([]);
  expect(await times(`startTime=5&endTime=4`)).toEqual([]);
  expect(await times(`endTime=${firstMs}`)).toEqual([]);
  expect(await times(`startTime=8640000000000000`)).toEqual([]);
});

test('what memory has does not wait for the history, what is before does', async () => {
  gateway.history.refuseNext(new HistoryLaggingError(1, 2));
  expect((await get('symbol=BTCUSDT&interval=1m')).code).toBe(0);
  expect(await get('symbol=BTCUSDT&interval=1M')).toMatchObject({ code: 5002 });
  expect(await rows('symbol=BTCUSDT&interval=1M')).toHaveLength(1);
});

test('without trades there are no candles', async () => {
  expect(await rows('symbol=ETHUSDT&interval=1d')).toEqual([]);
});

test.each([
  ['symbol=XRPUSDT&interval=1m', 3013],
  ['symbol=BTCUSDT', 2001],
  ['symbol=BTCUSDT&interval=2m', 2002],
  ['symbol=BTCUSDT&interval=1m&limit=1001', 2003],
  ['symbol=BTCUSDT&interval=1m&priceType=lastPrice', 2002],
])('%s answers %d', async (query, code) => {
  expect(await get(query)).toMatchObject({ status: 200, code });
});

test('after a restart, with nothing in memory, the answers are the same', async () => {
  const queries = ['', '&priceType=indexPrice', '&priceType=markPrice'].flatMap((priceType) =>
    ['1m', '15m', '1h', '1w', '1M'].map((interval) => `symbol=BTCUSDT&interval=${interval}&limit=1000${priceType}`),
  );
  const before = await Promise.all(queries.map(rows));
  await gateway.restart();
  expect(await Promise.all(queries.map(rows))).toEqual(before);
});
