import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testSymbol } from '@openvenue/core/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Client, Socket } from './client.ts';
import { callEveryOperation } from './every-operation.ts';
import { moneyOf, OperatedVenue } from './operated-venue.ts';
import { Person, type PersonOptions } from './person.ts';
import { ServedSchemas } from './served-schemas.ts';

const HOUR_MS = 3_600_000;
const dataFolder = mkdtempSync(join(tmpdir(), 'openvenue-contract-'));
let venue: OperatedVenue;
let schemas: ServedSchemas;
let client: Client;
beforeAll(async () => {
  venue = await OperatedVenue.start(dataFolder);
  schemas = await ServedSchemas.of(venue.url);
  client = new Client(venue.url, schemas);
});
afterEach(() => expect(schemas.faults.splice(0)).toEqual([]));
afterAll(async () => {
  await venue.stop();
  rmSync(dataFolder, { recursive: true, force: true });
});

/** A market of its own: tests share the venue and its clock, nothing else. */
async function market(symbol: string, fundCap?: string) {
  const parameters = testSymbol({ symbol, ...(fundCap === undefined ? {} : { fundCap: moneyOf(fundCap) }) });
  await venue.run({ type: 'configure-symbol', parameters });
  const at = (price: string) => venue.prices({ [symbol]: price });
  await at('60000');
  const bring = (name: string, terms: Omit<PersonOptions, 'name' | 'symbol'>) =>
    Person.bring(venue, client, { name: `${name}-${symbol}`, symbol, ...terms });
  /** The maker's order rests, the taker's takes it. */
  const trade = async ([maker, taker]: readonly [Person, Person], price: string, quantity: string) => {
    await maker.place({ side: 'SELL', price, quantity });
    await taker.place({ side: 'BUY', price, quantity });
    await Promise.all([maker.news(), taker.news()]);
  };
  return { at, bring, trade };
}

const ORDER = { eventType: 'ORDER_TRADE_UPDATE' };
const CLOSED = { quantity: '0', entryPrice: '0', liqPrice: '0', margin: '0', unrealizedPnl: '0' };

/** Events of a connection instead of an account, which end it or begin it anew. */
const OF_A_CONNECTION = ['LISTEN_KEY_EXPIRED', 'SESSION_ENDED', 'API_KEY_ENDED', 'RESYNC_REQUIRED'];

it('every operation of the Developer API answers what /openapi.json says, and takes what it says', async () => {
  await market('BTCUSDT');
  await callEveryOperation(venue, client, 'BTCUSDT');
  const own = ['/v1/public', '/v1/private', '/v1/time', '/v1/version'].flatMap((path) => schemas.operationsUnder(path));
  expect(own.length).toBeGreaterThan(60);
  expect(own.filter((name) => !schemas.succeeded.has(name))).toEqual([]);
});

it('every public topic pushes, and every request is answered, as /asyncapi.json says', async () => {
  const symbol = 'TOPICUSDT';
  const { bring, trade } = await market(symbol);
  const persons = [await bring('maker', { wallet: '100000' }), await bring('taker', { wallet: '100000' })] as const;
  const socket = await Socket.open(client);
  const topics = [`depth.${symbol}`, `depth.${symbol}@5.20`, `trade.${symbol}`, `kline.${symbol}.1m`];
  const args = [...topics, `ticker.${symbol}`, 'tickers'].map((topic) => `market.${topic}`);
  socket.send({ id: '1', op: 'subscribe', args });
  for (const topic of args.filter((each) => !each.includes('kline')))
    await socket.ever((frame) => frame.topic === topic);
  await trade(persons, '60000', '0.1');
  const ofTopic = (name: string, fits: (data: { [field: string]: unknown }) => boolean) =>
    socket.ever(({ topic, data }) => topic === `market.${name}` && fits(data));
  const traded = await ofTopic(`trade.${symbol}`, ({ list }) => Array.isArray(list) && list.length > 0);
  expect(traded.data.list).toMatchObject([{ price: '60000', quantity: '0.1', side: 'BUY' }]);
  await ofTopic(`kline.${symbol}.1m`, ({ volume }) => volume === '0.1');
  await ofTopic(`ticker.${symbol}`, ({ volume, openInterest }) => volume === '0.1' && openInterest === '0.1');
  socket.send({ id: '2', op: 'unsubscribe', args });
  socket.send({ id: '3', op: 'subscribe', args: ['market.depth.NOPE'] });
  expect(await socket.next(({ id }) => id === '3')).toMatchObject({ event: 'error', code: 3013 });

  const orders = persons[1].socket;
  const place = { symbol, type: 'LIMIT', side: 'BUY', price: '59000', quantity: '0.1' };
  orders.send({ id: 'a', op: 'order.place', args: [place] });
  const { orderId } = (await orders.next(({ id }) => id === 'a')).data;
  orders.send({ id: 'b', op: 'order.move', args: [{ symbol, orderId, price: '59001' }] });
  orders.send({ id: 'c', op: 'order.cancel', args: [{ symbol, orderId }] });
  expect(await orders.next(({ id }) => id === 'c')).toMatchObject({ event: 'order.cancel', data: { orderId } });
  const ofOthers = ['MARGIN_CALL', 'CONDITION_ORDER_UPDATE', 'STRATEGY_UPDATE', ...OF_A_CONNECTION];
  const expected = schemas.sentMessages.filter((name) => !ofOthers.includes(name));
  expect(expected.filter((name) => !schemas.pushed.has(name))).toEqual([]);
});

describe('liquidation', () => {
  it('MARGIN_CALL, then auto-deleveraging where neither the book nor the fund takes the position', async () => {
    const symbol = 'ADLUSDT';
    const { at, bring, trade } = await market(symbol, '0');
    const winner = await bring('winner', { wallet: '100000' });
    const loser = await bring('loser', { wallet: '700', leverage: 100 });
    await trade([winner, loser], '60000', '0.8');
    await loser.placeCondition({ type: 'STOP_MARKET', side: 'SELL', stopPrice: '50000', closePosition: true });
    await loser.news();

    await at('59400');
    expect(await loser.news()).toEqual([
      {
        eventType: 'MARGIN_CALL',
        marginMode: 'CROSS',
        symbol: '',
        positionSide: 'BOTH',
        marginRatio: '0.9698',
        marginBalance: '196',
        maintenanceMargin: '190.08',
        updateTime: expect.any(Number),
      },
    ]);
    const { positions } = await loser.succeed('GET /v1/private/position/positions');
    expect(positions).toMatchObject([{ marginRatio: '0.9698', slPrice: '50000', adlQuantile: 5 }]);

    await at('59300');
    const order = { ...ORDER, symbol, type: 'LIMIT', timeInForce: 'IOC', price: '59155', reduceOnly: true };
    const filled = { ...order, executionType: 'TRADE', orderStatus: 'FILLED', lastFilledQuantity: '0.8' };
    expect(await loser.news()).toMatchObject([
      { ...order, executionType: 'NEW', orderStatus: 'PENDING', side: 'SELL', clientOrderId: '', tradeId: '' },
      { ...filled, roleType: 'taker', handlingFee: '0', realizedPnl: '-676' },
      { eventType: 'CONDITION_ORDER_UPDATE', status: 'CANCELLED', rejectReason: 'POSITION_CLOSED', rejectCode: 0 },
      { eventType: 'ACCOUNT_UPDATE', reason: 'LIQUIDATION', balances: [{ walletBalance: '0' }], positions: [CLOSED] },
    ]);
    expect(await winner.news()).toMatchObject([
      { ...order, executionType: 'NEW', orderStatus: 'PENDING', side: 'BUY' },
      { ...filled, roleType: 'maker', handlingFee: '0', realizedPnl: '676' },
      { eventType: 'ACCOUNT_UPDATE', reason: 'ADL', balances: [{ walletBalance: '100666.4' }], positions: [CLOSED] },
    ]);

    for (const [person, changeType, pnl, roe] of [
      [loser, 'REALIZED_PNL', '-676', '-1.40833333'],
      [winner, 'ADL', '676', '0.14083333'],
    ] as const) {
      const history = await person.succeed('GET /v1/private/position/history');
      expect(history.list).toMatchObject([{ closePrice: '59155', pnl, roe, triggerMode: 4, maxQuantity: '0.8' }]);
      const { list: fills } = await person.succeed('GET /v1/private/order/trades');
      expect(fills[0]).toMatchObject({ price: '59155', handlingFee: '0', realizedPnl: pnl, tradeValue: '47324' });
      const { list: changes } = await person.succeed('GET /v1/private/user/account-change-log');
      expect(changes[0]).toMatchObject({ changeType, amount: pnl, referenceId: fills[0].fillId });
    }
    const overview = await loser.succeed('GET /v1/private/user/asset/overview/summary');
    expect(overview).toMatchObject({ totalPnl: '-700', maxDrawdown30d: '700', maxDrawdown30dRate: '1' });
  });

  it('goes down the tiers of an isolated position: orders, a step by book and fund, and the rest', async () => {
    const symbol = 'STEPUSDT';
    const { at, bring, trade } = await market(symbol, '1000000');
    await venue.run({ type: 'adjust-insurance-fund', amount: moneyOf('1000000') });
    const maker = await bring('maker', { wallet: '10000000' });
    const long = await bring('long', { wallet: '40000', leverage: 20, isolated: true });
    await trade([maker, long], '60000', '10');
    await long.place({ side: 'BUY', price: '59000', quantity: '0.01', clientOrderId: 'resting' });
    await maker.place({ side: 'BUY', price: '57390', quantity: '2' });
    await Promise.all([long.news(), maker.news()]);

    await at('57500');
    expect(await long.news()).toMatchObject([
      { eventType: 'MARGIN_CALL', marginMode: 'ISOLATED', symbol, marginRatio: '0.89', maintenanceMargin: '4450' },
    ]);
    await at('57400');
    const step = { ...ORDER, side: 'SELL', price: '57000', quantity: '5.645' };
    const fill = { ...step, executionType: 'TRADE', handlingFee: '0' };
    const news = await long.news();
    expect(news).toMatchObject([
      { ...ORDER, clientOrderId: 'resting', executionType: 'EXPIRED', rejectReason: 'LIQUIDATION' },
      { ...step, executionType: 'NEW' },
      { ...fill, orderStatus: 'PARTIALLY_FILLED', lastFilledPrice: '57390', realizedPnl: '-5220' },
      { ...fill, orderStatus: 'FILLED', lastFilledPrice: '57000', lastFilledQuantity: '3.645' },
      {
        eventType: 'ACCOUNT_UPDATE',
        reason: 'LIQUIDATION',
        balances: [{ frozenBalance: '0', availableBalance: '9700' }],
        positions: [{ marginMode: 'ISOLATED', quantity: '4.355', entryPrice: '60000', maintenanceMargin: '1199.885' }],
      },
    ]);
    expect((await maker.news()).at(-1)).toMatchObject({ eventType: 'ACCOUNT_UPDATE', reason: 'TRADE' });
    const { list: fees } = await long.succeed('GET /v1/private/user/account-change-log', {
      changeType: 'LIQUIDATION_FEE',
    });
    // 0.2 % of the 114,780 that the book took.
    expect(fees).toMatchObject([{ amount: '-229.56', referenceId: news[1].orderId }]);
    const resting = await long.succeed('GET /v1/private/order', { symbol, clientOrderId: 'resting' });
    expect(resting).toMatchObject({ status: 'CANCELED', rejectReason: 'LIQUIDATION', remainingQuantity: '0.01' });

    await at('56000');
    expect((await long.news()).at(-1)).toMatchObject({ reason: 'LIQUIDATION', positions: [CLOSED] });
    const { list } = await long.succeed('GET /v1/private/position/history');
    expect(list).toMatchObject([{ marginMode: 'ISOLATED', leverage: 20, maxQuantity: '10', triggerMode: 4 }]);
  });

  it('sets the two legs of a cross hedge off against each other before it sells any', async () => {
    const symbol = 'HEDGEUSDT';
    const { at, bring } = await market(symbol);
    const maker = await bring('maker', { wallet: '1000000' });
    const hedger = await bring('hedger', { wallet: '1000', leverage: 100 });
    await maker.place({ side: 'SELL', price: '60000', quantity: '0.8' });
    await hedger.place({ side: 'BUY', price: '60000', quantity: '0.8', positionSide: 'LONG' });
    await maker.place({ side: 'BUY', price: '60000', quantity: '0.5' });
    await hedger.place({ side: 'SELL', price: '60000', quantity: '0.5', positionSide: 'SHORT' });
    await hedger.news();

    await at('57600');
    const step = { ...ORDER, symbol, price: '57600', quantity: '0.5', handlingFee: '0', reduceOnly: true };
    const [short, long] = [
      { ...step, side: 'BUY', positionSide: 'SHORT' },
      { ...step, side: 'SELL', positionSide: 'LONG' },
    ];
    const both = { tradeId: expect.stringMatching(/^2\d{18}$/), orderStatus: 'FILLED' };
    const news = await hedger.news();
    expect(news).toMatchObject([
      { eventType: 'MARGIN_CALL', marginBalance: '241', maintenanceMargin: '299.52' },
      { ...short, executionType: 'NEW' },
      { ...long, executionType: 'NEW' },
      { ...short, ...both, realizedPnl: '1200' },
      { ...long, ...both, realizedPnl: '-1200' },
      {
        eventType: 'ACCOUNT_UPDATE',
        reason: 'LIQUIDATION',
        balances: [{ walletBalance: '961' }],
        positions: [
          { ...CLOSED, positionSide: 'SHORT' },
          { positionSide: 'LONG', quantity: '0.3', entryPrice: '60000', maintenanceMargin: '69.12' },
        ],
      },
    ]);
    expect(news[3]?.tradeId).toBe(news[4]?.tradeId);
    expect(await maker.news()).not.toContainEqual(expect.objectContaining({ tradeId: news[3]?.tradeId }));
  });

  it('the insurance fund pays what a settlement takes beyond the wallet', async () => {
    const symbol = 'COVERUSDT';
    const { at, bring, trade } = await market(symbol);
    await venue.run({ type: 'adjust-insurance-fund', amount: moneyOf('1000000') });
    const maker = await bring('maker', { wallet: '1000000' });
    const long = await bring('long', { wallet: '1000', leverage: 100 });
    await trade([maker, long], '60000', '0.8');
    await long.news();
    await venue.run({ type: 'delist-symbol', symbol, atMs: (await venue.moveClock(0)) + 25 * HOUR_MS });
    await venue.moveClock(24.5 * HOUR_MS);
    // Nobody is liquidated, and the price goes on.
    await venue.run({ type: 'configure-symbol', parameters: testSymbol({ symbol, status: 'CANCEL_ONLY' }) });
    await at('58000');
    await venue.moveClock(HOUR_MS);
    await at('60000');
    await long.logIn();
    expect((await long.news()).at(-1)).toMatchObject({ balances: [{ walletBalance: '0' }], positions: [CLOSED] });
    const { list } = await long.succeed('GET /v1/private/user/account-change-log');
    expect(list.slice(0, 2)).toMatchObject([
      { changeType: 'INSURANCE', amount: '628.64', walletBalanceBefore: '-628.64', walletBalanceAfter: '0' },
      { changeType: 'REALIZED_PNL', amount: '-1600', walletBalanceBefore: '971.36' },
    ]);
  });
});

describe('condition orders', () => {
  it('each type fires at its price, and its order says whose it is', async () => {
    const symbol = 'CONDUSDT';
    const { at, bring, trade } = await market(symbol);
    const maker = await bring('maker', { wallet: '10000000' });
    const trader = await bring('trader', { wallet: '100000' });
    await trade([maker, trader], '60000', '1');
    await maker.place({ side: 'BUY', price: '59900', quantity: '5' });
    const sell = { side: 'SELL', quantity: '0.1', workingType: 'MARK_PRICE' };
    const types = [
      { type: 'STOP_MARKET', stopPrice: '59500', closePosition: true, quantity: undefined },
      { type: 'STOP_LIMIT', stopPrice: '59600', price: '59550', timeInForce: 'GTE_GTC' },
      { type: 'TAKE_PROFIT_MARKET', stopPrice: '60100', reduceOnly: true },
      { type: 'TAKE_PROFIT_LIMIT', stopPrice: '60200', price: '59800' },
      { type: 'TRAILING_STOP', activatePrice: '60300', callbackRate: '0.5' },
    ];
    for (const terms of types) await trader.placeCondition({ ...sell, ...terms });
    const placed = await trader.news();
    expect(placed.map(({ type, status }) => [type, status])).toEqual([
      ['STOP_MARKET', 'PENDING'],
      ['STOP_LIMIT', 'PENDING'],
      ['TAKE_PROFIT_MARKET', 'PENDING'],
      ['TAKE_PROFIT_LIMIT', 'PENDING'],
      ['TRAILING_STOP', 'PENDING_ACTIVATION'],
    ]);
    expect(placed[4]).toMatchObject({ stopPrice: '0', activatePrice: '60300', callbackRate: '0.5', rejectCode: 0 });

    const seen: string[] = [];
    for (const price of ['60100', '60200', '60300', '59990', '59600', '59500']) {
      await at(price);
      for (const { eventType, type, status } of await trader.news())
        if (eventType === 'CONDITION_ORDER_UPDATE') seen.push(`${type} ${status}`);
    }
    expect(seen).toEqual([
      'TAKE_PROFIT_MARKET TRIGGERED',
      'TAKE_PROFIT_MARKET FIRED',
      'TAKE_PROFIT_LIMIT TRIGGERED',
      'TAKE_PROFIT_LIMIT FIRED',
      'TRAILING_STOP PENDING',
      'TRAILING_STOP TRIGGERED',
      'TRAILING_STOP FIRED',
      'STOP_LIMIT TRIGGERED',
      'STOP_LIMIT FIRED',
      'STOP_MARKET TRIGGERED',
      'STOP_MARKET FIRED',
    ]);
    const { list } = await trader.succeed('GET /v1/private/order/history-condition');
    for (const { conditionId, generatedOrderId } of list) {
      const order = await trader.succeed('GET /v1/private/order', { symbol, orderId: generatedOrderId });
      expect(order).toMatchObject({ conditionId, status: 'FILLED' });
    }
    expect(list).toHaveLength(5);
  });
});

describe('strategies', () => {
  it('tells when one begins and ends, and of its legs in between; REST shows the same', async () => {
    const symbol = 'OTOCOUSDT';
    const { bring } = await market(symbol);
    const maker = await bring('maker', { wallet: '10000000' });
    const trader = await bring('trader', { wallet: '100000' });
    const takeProfit = { stopPrice: '61000' };
    const stopLoss = { stopPrice: '59000', workingType: 'MARK_PRICE' };
    const parent = { side: 'BUY', price: '59900', quantity: '0.1', takeProfit, stopLoss };
    const { orderId } = await trader.place(parent);
    const [, begun, ...legs] = await trader.news();
    const { strategyId } = begun;
    const waiting = { status: 'PENDING_ACTIVATION', orderId: '', conditionId: expect.any(String) };
    expect(begun).toMatchObject({
      eventType: 'STRATEGY_UPDATE',
      symbol,
      strategyType: 'OTOCO',
      strategyStatus: 'WORKING',
      subOrders: [{ status: 'PENDING', orderId, conditionId: '' }, waiting, waiting],
    });
    expect(legs).toMatchObject([
      { type: 'TAKE_PROFIT_MARKET', status: 'PENDING_ACTIVATION', workingType: 'CONTRACT_PRICE', strategyId },
      { type: 'STOP_MARKET', status: 'PENDING_ACTIVATION', workingType: 'MARK_PRICE', strategyId },
      { eventType: 'ACCOUNT_UPDATE', reason: 'ORDER' },
    ]);

    await maker.place({ side: 'SELL', price: '59900', quantity: '0.05' });
    expect((await trader.news()).slice(1)).toMatchObject([
      { type: 'TAKE_PROFIT_MARKET', status: 'PENDING', quantity: '0.05', timeInForce: 'GTE_GTC', reduceOnly: true },
      { type: 'STOP_MARKET', status: 'PENDING', quantity: '0.05' },
      { reason: 'TRADE', positions: [{ quantity: '0.05', tpPrice: '61000', slPrice: '59000' }] },
    ]);

    await trader.succeed('POST /v1/private/order/cancel', { symbol, orderId });
    await trader.succeed('POST /v1/private/order/batch-cancel-all', { cancelType: 2 });
    const ended = (await trader.news()).find(({ eventType }) => eventType === 'STRATEGY_UPDATE');
    const statuses = ['PARTIALLY_FILLED_CANCELED', 'CANCELLED', 'CANCELLED'].map((status) => ({ status }));
    expect(ended).toMatchObject({ strategyId, strategyStatus: 'ALL_DONE', subOrders: statuses });
    const read = await trader.succeed('GET /v1/private/order/strategy', { strategyId });
    expect(read).toMatchObject({ strategyStatus: 'ALL_DONE', updateTime: ended.updateTime, subOrders: statuses });
  });
});

describe('the account', () => {
  it('says why it has changed', async () => {
    const symbol = 'WHYUSDT';
    const { at, bring, trade } = await market(symbol);
    const other = 'WHYNOTUSDT';
    await market(other);
    const maker = await bring('maker', { wallet: '100000' });
    const trader = await bring('trader', { wallet: '10000', isolated: true });
    await trade([maker, trader], '60000', '0.1');
    const reasons = async (): Promise<readonly string[]> => (await trader.news()).map(({ reason }) => reason);

    await trader.succeed('POST /v1/private/position/margin-mode', { symbol: other, marginMode: 2 });
    await trader.succeed('POST /v1/private/position/margin', { symbol, positionSide: 'BOTH', amount: '10' });
    await trader.succeed('POST /v1/private/position/leverage', { symbol, leverage: 5 });
    const move = 'POST /v1/private/user/wallet-transfer';
    await trader.succeed(move, { direction: 'CONTRACT_TO_FUNDING', amount: '5' });
    await venue.deposit(trader.userId, '3');
    const { userId } = trader;
    await venue.run({ type: 'adjust-wallet', userId, amount: moneyOf('1'), changeType: 'ADJUSTMENT' });
    expect(await reasons()).toEqual(['MARGIN_MODE', 'MARGIN', 'LEVERAGE', 'TRANSFER', 'TRANSFER', 'ADJUSTMENT']);

    const { list: rates } = await client.succeed('GET /v1/public/market/funding-rate/current', { query: { symbol } });
    await venue.moveClock(rates[0].nextFundingTime - (await venue.moveClock(0)));
    await at('60000');
    await trader.logIn();
    const [funding] = await trader.news();
    const paid = '-0.6';
    expect(funding).toMatchObject({ reason: 'FUNDING_FEE', positions: [{ fundingFeeAccum: paid }] });
    const { list } = await trader.succeed('GET /v1/private/user/account-change-log', { changeType: 'FUNDING_FEE' });
    expect(list).toMatchObject([{ amount: paid, referenceId: expect.stringMatching(/^5\d{18}$/) }]);
    const history = await client.succeed('GET /v1/public/market/funding-rate/history', { query: { symbol } });
    expect(history.list).toMatchObject([{ fundingRate: '0.0001', fundingTime: rates[0].nextFundingTime + 1_000 }]);

    await venue.run({ type: 'delist-symbol', symbol, atMs: (await venue.moveClock(0)) + 25 * HOUR_MS });
    await trader.place({ side: 'BUY', price: '59000', quantity: '0.01' });
    await trader.news();
    await venue.moveClock(24.5 * HOUR_MS);
    await at('60000');
    await trader.logIn();
    const [expired] = await trader.news();
    expect(expired).toMatchObject({ executionType: 'EXPIRED', rejectReason: 'SYMBOL' });
    await venue.moveClock(HOUR_MS);
    await at('60300');
    await trader.logIn();
    expect((await trader.news()).at(-1)).toMatchObject({ reason: 'SETTLEMENT', positions: [CLOSED] });
    const { list: closed } = await trader.succeed('GET /v1/private/position/history');
    expect(closed).toMatchObject([{ triggerMode: 4, pnl: expect.any(String), marginMode: 'ISOLATED' }]);
  });
});
