import { expect } from 'vitest';
import { AgentCaller } from '../testing/agent-caller.ts';
import type { Client } from './client.ts';
import type { OperatedVenue } from './operated-venue.ts';
import { Person } from './person.ts';

/** Calls every operation of the Developer API once with success, in a market of its own at 60,000. */
export async function callEveryOperation(venue: OperatedVenue, client: Client, symbol: string): Promise<void> {
  const scene: Scene = { venue, client, symbol };
  const maker = await Person.bring(venue, client, { name: 'maker', symbol, wallet: '1000000' });
  const taker = await Person.bring(venue, client, { name: 'taker', symbol, wallet: '100000' });
  for (const [side, price] of [
    ['BUY', '59990'],
    ['SELL', '60010'],
  ])
    await maker.place({ side, price, quantity: '1' });
  await taker.place({ side: 'BUY', type: 'MARKET', quantity: '0.5', clientOrderId: 'first', placeType: 'tour' });

  await readMarket(scene);
  await signOn(scene);
  await tradeWith(taker, scene);
  await manageAccount(taker);
  await readHistories(taker);
  await endSessions(scene);
}

interface Scene {
  readonly venue: OperatedVenue;
  readonly client: Client;
  readonly symbol: string;
}

async function readMarket({ client, symbol }: Scene): Promise<void> {
  const read = (path: string, query = {}) => client.succeed(`GET /v1/${path}`, { query });
  for (const path of ['version', 'time', 'public/market/symbols', 'public/market/ticker']) await read(path);
  for (const path of ['', '/current', '/history'])
    await read(`public/market/funding-rate${path}`, path === '/history' ? { symbol } : {});
  expect(await read('public/market/depth', { symbol, limit: '5' })).toMatchObject({ bids: [['59990', '1']] });
  expect((await read('public/market/trades', { symbol })).list).toMatchObject([{ side: 'BUY', quantity: '0.5' }]);
  for (const priceType of [{}, { priceType: 'indexPrice' }, { priceType: 'markPrice' }])
    await read('public/market/klines', { symbol, interval: '1m', ...priceType });
  await read('public/leaderboard/pnl', { period: '7d' });
}

async function signOn({ venue, client }: Scene): Promise<void> {
  const agent = new AgentCaller({ url: venue.url, ...venue.demoAgent });
  await agent.call('bind', { agentUserId: 'visitor' });
  const { webUrl } = await agent.call('create-entry-url', { agentUserId: 'visitor' });
  const ticket = new URL(webUrl).searchParams.get('ticket');
  await client.succeed('POST /v1/public/agent-sso/exchange-ticket', { body: { ticket } });
  const { embedToken } = await agent.call('create-embed-token', { agentUserId: 'visitor', channelId: 'tw_1' });
  await client.succeed('POST /v1/public/agent-sso/exchange-embed-token', {
    body: { embedToken, channelId: 'tw_1' },
    headers: { 'X-Embed-Origin': 'http://127.0.0.1:8081' },
  });
}

async function tradeWith(person: Person, { venue, client, symbol }: Scene): Promise<void> {
  const act = (name: string, body: object) => person.succeed(`POST /v1/private/order/${name}`, body);
  const low = { symbol, type: 'LIMIT', side: 'BUY', price: '59900', quantity: '0.1' };
  await act('preview', low);
  const { orderId } = await person.place(low);
  await person.succeed('GET /v1/private/order', { symbol, orderId });
  await act('move', { symbol, orderId, price: '59901' });
  await act('batch-move', {
    symbol,
    orders: [
      { orderId, quantity: '0.2' },
      { orderId: '1', quantity: '0.2' },
    ],
  });
  await act('cancel', { symbol, orderId });
  const { results } = await act('batch-place', { orders: [low, { ...low, price: '59900.05' }] });
  expect(results).toMatchObject([{ code: 0 }, { code: 2002, details: { below: '59900', above: '59900.1' } }]);
  await act('batch-cancel', {
    orders: [
      { symbol, orderId: results[0].orderId },
      { symbol, orderId: '1' },
    ],
  });
  await person.place({ ...low, takeProfit: { stopPrice: '61000' }, stopLoss: { stopPrice: '59000' } });
  await person.succeed('GET /v1/private/order/current');
  await act('cancel-all-after', { timeoutMs: 60_000 });
  await act('batch-cancel-all', { symbol });
  await act('cancel-all-after', { timeoutMs: 0 });

  const stop = { symbol, type: 'STOP_MARKET', side: 'SELL', stopPrice: '59000', quantity: '0.1' };
  const { conditionId } = await act('place-condition', stop);
  await act('place-condition', { symbol, type: 'TRAILING_STOP', side: 'SELL', callbackRate: '1.5', quantity: '0.1' });
  await person.succeed('GET /v1/private/order/current-condition', { symbol });
  await act('cancel-condition', { symbol, conditionId });
  const { strategyId } = await act('place-strategy', { strategyType: 'OTO', subOrderList: otoOf(low, symbol) });
  await person.succeed('GET /v1/private/order/strategy', { strategyId });

  const settings = { symbol, positionSide: 'BOTH' };
  await person.succeed('POST /v1/private/position/leverage', { symbol, leverage: 20 });
  await person.succeed('GET /v1/private/position/settings', { symbol });
  await person.succeed('GET /v1/private/position/positions');
  const isolated = await Person.bring(venue, client, { name: 'isolated', symbol, wallet: '10000', isolated: true });
  await isolated.place({ side: 'BUY', type: 'MARKET', quantity: '0.1' });
  await isolated.succeed('POST /v1/private/position/margin', { ...settings, amount: '10' });
}

const otoOf = (parent: object, symbol: string): readonly object[] => [
  { strategySubId: 1, ...parent },
  {
    strategySubId: 2,
    firstDrivenId: 1,
    firstDrivenOn: 'FILLED',
    firstTrigger: 'PLACE_ORDER',
    symbol,
    type: 'STOP_MARKET',
    side: 'SELL',
    stopPrice: '59000',
    quantity: '0.1',
  },
];

async function manageAccount(person: Person): Promise<void> {
  const { symbol } = person;
  const user = (name: string) => `/v1/private/user/${name}`;
  const { listenKey } = await person.succeed(`POST ${user('listen-key')}`);
  await person.succeed(`PUT ${user('listen-key')}`, { listenKey });
  await person.succeed(`DELETE ${user('listen-key')}`, { listenKey });
  await person.succeed(`POST ${user('wallet-transfer')}`, { direction: 'CONTRACT_TO_FUNDING', amount: '5' });
  await person.succeed(`POST ${user('wallet-transfer')}`, { direction: 'FUNDING_TO_CONTRACT', transferAll: true });
  await person.succeed(`POST ${user('favorite-symbols')}`, { symbols: [symbol] });
  for (const name of ['favorite-symbols', 'funding-asset', 'info', 'asset']) await person.succeed(`GET ${user(name)}`);
  const key = (name: string, method = 'POST') => `${method} ${user(`api-key/${name}`)}`;
  for (const label of ['one', 'two'])
    await person.succeed(key('create'), { label, permissions: 3, ipWhitelist: ['192.0.2.0/24', '2001:db8::1'] });
  const { list } = await person.succeed(key('list', 'GET'));
  await person.succeed(key('update', 'PUT'), { id: list[0].id, status: 0 });
  await person.succeed(key('delete'), { id: list[0].id });
  await person.succeed(key('delete-all'));
}

async function readHistories(person: Person): Promise<void> {
  const { symbol } = person;
  await person.place({ side: 'SELL', type: 'MARKET', closePosition: true });
  const closed = await person.succeed('GET /v1/private/position/history');
  expect(closed.list).toHaveLength(1);
  for (const name of ['history', 'history-condition', 'trades']) {
    const { list } = await person.succeed(`GET /v1/private/order/${name}`, { symbol });
    expect(list.length).toBeGreaterThan(1);
  }
  const user = (name: string, query = {}) => person.succeed(`GET /v1/private/user/${name}`, query);
  expect((await user('account-change-log')).list.length).toBeGreaterThan(5);
  await user('volume-stats');
  await user('balance-history', { period: '1D' });
  expect((await user('trade-overview', { type: '1D' })).items).toHaveLength(1);
  await user('asset/overview/summary');
  await user('asset/overview/trend', { type: '1W' });
}

async function endSessions({ client }: Scene): Promise<void> {
  const body = { username: 'maker', password: 'maker-password' };
  const { data, headers } = await client.call('POST /v1/public/user/login', { body });
  const cookieOf = (from: Headers) => ({ Cookie: from.getSetCookie()[0]?.split(';')[0] ?? '' });
  const renewed = await client.call('POST /v1/public/user/refresh-token', { headers: cookieOf(headers) });
  const { accessToken: token } = renewed.data;
  await client.succeed('POST /v1/private/user/logout', { token, headers: cookieOf(renewed.headers) });
  expect(await client.call('GET /v1/private/user/info', { token: data.accessToken })).toMatchObject({ code: 1004 });
}
