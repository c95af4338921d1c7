import { PERMISSION } from '@openvenue/contract';
import { HistoryLaggingError } from '@openvenue/views';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { TestGateway } from '../../testing/venue.ts';
import { LEADERBOARD_LIFE_MS } from './leaderboards.ts';

const DAY_MS = 86_400_000;
const url = '/v1/public/leaderboard/pnl';

interface Trader {
  readonly username: string;
  readonly accessToken: string;
}

let gateway: TestGateway;
let winner: Trader;
let loser: Trader;
beforeEach(async () => {
  gateway = await TestGateway.start();
  [winner, loser] = [await trader('1000'), await trader('5000')];
});
afterEach(() => gateway.close());

async function trader(wallet: string): Promise<Trader> {
  return signedIn((await gateway.user(wallet)).username);
}

const signedIn = async (username: string): Promise<Trader> => ({ username, ...(await gateway.logIn(username)) });

async function trade(buyer: Trader, seller: Trader, price: string): Promise<void> {
  for (const [by, side] of [
    [seller, 'SELL'],
    [buyer, 'BUY'],
  ] as const) {
    const body = { symbol: 'BTCUSDT', type: 'LIMIT', side, price, quantity: '0.01' };
    expect((await gateway.call(by, { method: 'POST', url: '/v1/private/order/place', body })).code).toBe(0);
  }
}

/** The buyer makes 5 USDT before fees, which the seller loses. */
async function win(buyer: Trader, seller: Trader): Promise<void> {
  await trade(buyer, seller, '60000');
  await trade(seller, buyer, '60500');
}

const board = async (period = '7d') => (await gateway.send({ url: `${url}?period=${period}` })).data;
const myRank = async (headers: Readonly<Record<string, string>>) =>
  (await gateway.send({ url: `${url}?period=7d`, headers })).data['myRank'];

const FIRST = {
  rank: 1,
  userId: '1188041529',
  trader: 'u***1',
  volume: '1205',
  pnlAmount: '5',
  pnlPct: '0.005',
};

test('who has made a profit is ranked under a masked name; who has lost is not', async () => {
  await win(winner, loser);
  expect(await board()).toEqual({ list: [FIRST], myRank: 0 });
});

test('who is signed in learns his place, and a credential that does not hold is none', async () => {
  await win(winner, loser);
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
  expect(await myRank(bearer(winner.accessToken))).toBe(1);
  expect(await myRank(bearer(loser.accessToken))).toBe(0);
  expect(await myRank(bearer('no token'))).toBe(0);
  const rankOfKey = async (permissions: number) => {
    const key = await gateway.apiKey(winner.accessToken, { permissions });
    const { code, data } = await gateway.call(key, { url: `${url}?period=7d` });
    return [code, data['myRank']];
  };
  expect(await rankOfKey(PERMISSION.READ)).toEqual([0, 1]);
  expect(await rankOfKey(PERMISSION.TRADE)).toEqual([0, 0]);
});

test('the days of the period count, today among them', async () => {
  await win(winner, loser);
  gateway.clock.ms += 6 * DAY_MS;
  expect((await board('7d'))['list']).toEqual([FIRST]);
  gateway.clock.ms += DAY_MS;
  expect((await board('7d'))['list']).toEqual([]);
  expect((await board('30d'))['list']).toEqual([FIRST]);
  gateway.clock.ms += 30 * DAY_MS;
  expect((await board('30d'))['list']).toEqual([]);
  expect((await board('90d'))['list']).toEqual([FIRST]);
});

test('the share is of what was there before and what came in since', async () => {
  await win(winner, loser);
  gateway.clock.ms += 10 * DAY_MS;
  await gateway.price('60000');
  [winner, loser] = [await signedIn(winner.username), await signedIn(loser.username)];
  await win(loser, winner);
  const shareOf = (profit: number, wallet: number) => String(Math.floor((profit / wallet) * 1e8) / 1e8);
  const wallet = 5_000 - 5 - 600 * 0.0002 - 605 * 0.0005;
  expect((await board())['list']).toEqual([
    {
      rank: 1,
      userId: '1188041530',
      trader: 'u***2',
      volume: '1205',
      pnlAmount: '5',
      pnlPct: shareOf(5, wallet),
    },
  ]);
});

test(`callers share an answer for ${LEADERBOARD_LIFE_MS} ms`, async () => {
  expect((await board())['list']).toEqual([]);
  await win(winner, loser);
  gateway.clock.ms += LEADERBOARD_LIFE_MS - 1;
  expect((await board())['list']).toEqual([]);
  gateway.clock.ms += 1;
  expect((await board())['list']).toEqual([FIRST]);
});

test('no answer is kept while the history lags', async () => {
  gateway.history.refuseNext(new HistoryLaggingError(1, 2));
  expect(await gateway.send({ url: `${url}?period=7d` })).toMatchObject({ status: 503, code: 5002 });
  expect(await board()).toEqual({ list: [], myRank: 0 });
});

test.each([
  ['', 2001],
  ['?period=1d', 2002],
])('%j answers %d', async (query, code) => {
  expect(await gateway.send({ url: `${url}${query}` })).toMatchObject({ status: 200, code });
});
