import { OutcomeUnknownError } from '@openvenue/sequencer';
import { HistoryLaggingError } from '@openvenue/views';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Reply, TestGateway } from '../../testing/venue.ts';

interface Trader {
  readonly accessToken: string;
}

let gateway: TestGateway;
let maker: Trader;
let taker: Trader;
beforeEach(async () => {
  gateway = await TestGateway.start();
  maker = await gateway.trader();
  taker = await gateway.trader();
});
afterEach(() => gateway.close());

const LIMIT = { symbol: 'BTCUSDT', type: 'LIMIT', side: 'BUY', price: '59900', quantity: '0.01' };
const post = (trader: Trader, action: string, body: object): Promise<Reply> =>
  gateway.call(trader, { method: 'POST', url: `/v1/private/order/${action}`, body });
const place = (trader: Trader, changes: object = {}) => post(trader, 'place', { ...LIMIT, ...changes });
const get = (trader: Trader, url: string): Promise<Reply> => gateway.call(trader, { url: `/v1/private/order${url}` });
const idOf = (reply: Reply) => String(reply.data['orderId']);

describe('place', () => {
  test('answers with the id, the status after the command and its time', async () => {
    const reply = await place(maker, { clientOrderId: 'bot-7:42' });
    expect(reply).toMatchObject({
      status: 200,
      code: 0,
      data: {
        orderId: expect.stringMatching(/^1\d{18}$/),
        clientOrderId: 'bot-7:42',
        status: 'PENDING',
        timestamp: gateway.clock.ms,
      },
    });
  });

  test('shows the order with averages, fees and the fills of both sides', async () => {
    await place(maker, { side: 'SELL', price: '60000', quantity: '0.01' });
    await place(maker, { side: 'SELL', price: '60000.1', quantity: '0.02' });
    const taken = await place(taker, { type: 'MARKET', price: undefined, quantity: '0.03', placeType: 'grid' });
    expect(taken.data).toMatchObject({ status: 'FILLED' });
    const order = await get(taker, `?symbol=BTCUSDT&orderId=${idOf(taken)}`);
    expect(order.data).toEqual({
      orderId: idOf(taken),
      clientOrderId: '',
      symbol: 'BTCUSDT',
      type: 'MARKET',
      side: 'BUY',
      positionSide: 'BOTH',
      price: '0',
      quantity: '0.03',
      filledQuantity: '0.03',
      remainingQuantity: '0',
      avgFilledPrice: '60000.06666667',
      timeInForce: 'IOC',
      reduceOnly: false,
      makerOnly: false,
      closePosition: false,
      placeType: 'grid',
      status: 'FILLED',
      handlingFee: '0.900001',
      realizedPnl: '0',
      createdAt: gateway.clock.ms,
      updatedAt: gateway.clock.ms,
    });
    const fills = await get(taker, '/trades?symbol=BTCUSDT&pageSize=1');
    expect(fills.data).toMatchObject({
      total: 2,
      list: [
        {
          fillId: expect.stringMatching(/^3\d{18}$/),
          tradeId: expect.stringMatching(/^2\d{18}$/),
          orderId: idOf(taken),
          roleType: 'taker',
          price: '60000.1',
          quantity: '0.02',
          tradeValue: '1200.002',
          handlingFee: '0.600001',
        },
      ],
    });
    const others = await get(maker, `/trades?orderId=${idOf(taken)}`);
    expect(others.data).toEqual({ list: [], total: 0 });
  });

  test('off the grid names the neighbours, but only after the symbol and the repeat', async () => {
    expect(await place(maker, { price: '59900.05' })).toMatchObject({
      status: 200,
      code: 2002,
      details: { field: 'price', value: '59900.05', below: '59900', above: '59900.1' },
    });
    expect(await place(maker, { quantity: '0.0015' })).toMatchObject({
      code: 2002,
      details: { field: 'quantity', below: '0.001' },
    });
    expect(await place(maker, { price: '59900.05', symbol: 'XRPUSDT' })).toMatchObject({ code: 3013 });
    await place(maker, { clientOrderId: 'a' });
    const repeat = await place(maker, { clientOrderId: 'a', price: '59900.05' });
    expect(repeat).toMatchObject({
      code: 3015,
      details: { order: { clientOrderId: 'a', price: '59900', status: 'PENDING' } },
    });
  });

  test.each([
    [{ side: 'buy' }, 2002, 'side'],
    [{ side: undefined }, 2001, 'side'],
    [{ price: undefined }, 2001, 'price'],
    [{ price: 59900 }, 2002, 'price'],
    [{ price: '+1' }, 2002, 'price'],
    [{ price: '1e3' }, 2002, 'price'],
    [{ price: `1${'0'.repeat(30)}` }, 2003, 'price'],
    [{ quantity: undefined }, 2001, 'quantity'],
    [{ quantity: '-1' }, 2002, 'quantity'],
    [{ quantity: '100000000' }, 2003, 'quantity'],
    [{ reduceonly: true }, 2002, 'reduceonly'],
    [{ clientOrderId: 'a b' }, 2002, 'clientOrderId'],
    [{ placeType: 'x'.repeat(33) }, 2003, 'placeType'],
    [{ priceType: 5 }, 2003, 'priceType'],
    [{ closePosition: true }, 3107, 'quantity'],
    [{ makerOnly: true, timeInForce: 'IOC' }, 2002, 'makerOnly'],
    [{ takeProfit: { stopPrice: 'x' } }, 3101, 'takeProfit.stopPrice'],
    [{ takeProfit: {} }, 3101, 'takeProfit.stopPrice'],
    [{ takeProfit: { stopPrice: '59000' } }, 3101, 'takeProfit.stopPrice'],
    [{ stopLoss: { stopPrice: '61000' } }, 3101, 'stopLoss.stopPrice'],
    [{ stopLoss: { stopPrice: '59000.05' } }, 3101, 'stopLoss.stopPrice'],
    [{ stopLoss: { stopPrice: `1${'0'.repeat(30)}` } }, 3101, 'stopLoss.stopPrice'],
    [{ stopLoss: { stopPrice: '59000', price: '58999.99' } }, 2002, 'stopLoss.price'],
    [{ stopLoss: { stopPrice: '59000', price: '0' } }, 2003, 'stopLoss.price'],
    [{ stopLoss: { stopPrice: '59000', workingType: 'INDEX' } }, 3106, 'stopLoss.workingType'],
    [{ stopLoss: { stopPrice: '59000', colour: 'red' } }, 2002, 'stopLoss.colour'],
  ])('with %j answers %d for %s', async (changes, code, field) => {
    const commands = gateway.node.commands.length;
    expect(await place(maker, changes)).toMatchObject({ status: 200, code, details: { field } });
    expect(gateway.node.core.exchange.openOrders(1)).toHaveLength(0);
    expect(gateway.node.commands.length - commands).toBeLessThanOrEqual(1);
  });

  test('says what is missing, which bound was crossed and who stands in the way', async () => {
    expect(await place(maker, { price: '59900', quantity: '30' })).toMatchObject({
      code: 3001,
      details: { required: expect.stringMatching(/^\d+\.\d+$/), available: '100000' },
    });
    expect(await place(maker, { price: '61000' })).toMatchObject({ code: 3010, details: { bound: '60600' } });
    await place(maker, { side: 'SELL', price: '60000' });
    expect(await place(taker, { price: '60000', makerOnly: true })).toMatchObject({
      code: 3007,
      details: { bestAsk: '60000' },
    });
    expect(await place(taker, { type: 'MARKET', reduceOnly: true })).toMatchObject({ code: 3008 });
    expect(await place(taker, { price: '60000', quantity: '1', timeInForce: 'FOK' })).toMatchObject({ code: 3017 });
    expect(await place(taker, { side: 'SELL', priceType: 1, price: undefined })).toMatchObject({ code: 3018 });
  });

  test('whose fate is not known answers 5002', async () => {
    gateway.node.refuseNext(new OutcomeUnknownError(new Error('power cut')));
    const reply = await place(maker);
    expect(reply).toMatchObject({ status: 503, code: 5002 });
    expect(JSON.stringify(reply)).not.toContain('power cut');
  });

  test('that meets a bug answers 5001 and nothing of it', async () => {
    gateway.node.refuseNext(new Error('secret inside'));
    const reply = await place(maker);
    expect(reply).toMatchObject({ status: 500, code: 5001, message: 'Internal error', details: {} });
    expect(JSON.stringify(reply)).not.toContain('secret inside');
  });
});

test('a batch has a result for each item in order, malformed ones included', async () => {
  const orders = [
    { ...LIMIT, clientOrderId: 'a' },
    { ...LIMIT, side: 'x' },
    7,
    { ...LIMIT, clientOrderId: 'a' },
    { ...LIMIT, price: '59900.05' },
    LIMIT,
  ];
  const reply = await post(maker, 'batch-place', { orders });
  expect(reply.data).toMatchObject({
    successCount: 2,
    failedCount: 4,
    results: [
      { code: 0, message: 'success', clientOrderId: 'a', status: 'PENDING', timestamp: gateway.clock.ms },
      { code: 2002, details: { field: 'side' } },
      { code: 2002, details: { field: 'body' } },
      { code: 3015, details: { order: { clientOrderId: 'a' } } },
      { code: 2002, details: { field: 'price', above: '59900.1' } },
      { code: 0, clientOrderId: '' },
    ],
  });
  expect((await post(maker, 'batch-place', { orders: ['x'] })).data).toMatchObject({ successCount: 0, failedCount: 1 });
  expect(await post(maker, 'batch-place', { orders: [] })).toMatchObject({ code: 2003 });
  expect(await post(maker, 'batch-place', { orders: Array(21).fill(LIMIT) })).toMatchObject({ code: 2003 });
});

test('a cancel ends the order; then it is 3005 with the status, and a foreign or malformed id 3003', async () => {
  const orderId = idOf(await place(maker));
  expect(await post(taker, 'cancel', { symbol: 'BTCUSDT', orderId })).toMatchObject({ code: 3003 });
  expect((await post(maker, 'cancel', { symbol: 'BTCUSDT', orderId })).data).toMatchObject({
    orderId,
    status: 'CANCELED',
  });
  expect(await post(maker, 'cancel', { symbol: 'BTCUSDT', orderId })).toMatchObject({
    code: 3005,
    details: { status: 'CANCELED' },
  });
  for (const other of ['1', `2${orderId.slice(1)}`, '9'.repeat(19)]) {
    const refused = await post(maker, 'cancel', { symbol: 'BTCUSDT', orderId: other });
    expect(refused, other).toMatchObject({ code: 3003, details: { rule: expect.any(String) } });
  }
  expect(await post(maker, 'cancel', { symbol: 'BTCUSDT' })).toMatchObject({
    code: 2001,
    details: { field: 'orderId' },
  });
});

test('cancel and move refuse a symbol that is not listed with 3013, whatever they name', async () => {
  const orderId = idOf(await place(maker, { clientOrderId: 'a' }));
  const unlisted = { code: 3013, details: { field: 'symbol', value: 'DOGEUSDT' } };
  for (const reference of [{ orderId }, { clientOrderId: 'a' }, { orderId: '7' }]) {
    const symbol = 'DOGEUSDT';
    expect(await post(maker, 'cancel', { symbol, ...reference })).toMatchObject(unlisted);
    expect(await post(maker, 'move', { symbol, price: '59800', ...reference })).toMatchObject(unlisted);
  }
});

test('a move keeps the id; an ended order answers 3016', async () => {
  const orderId = idOf(await place(maker, { clientOrderId: 'a' }));
  const moved = await post(maker, 'move', { symbol: 'BTCUSDT', clientOrderId: 'a', price: '59800', quantity: '0.02' });
  expect(moved.data).toMatchObject({ orderId, clientOrderId: 'a', status: 'PENDING' });
  expect((await get(maker, `?symbol=BTCUSDT&orderId=${orderId}&clientOrderId=a`)).data).toMatchObject({
    price: '59800',
    quantity: '0.02',
  });
  expect(await post(maker, 'move', { symbol: 'BTCUSDT', orderId, price: '59800.05' })).toMatchObject({
    code: 2002,
    details: { above: '59800.1' },
  });
  expect(await post(maker, 'move', { symbol: 'BTCUSDT', orderId })).toMatchObject({ code: 2001 });
  await post(maker, 'cancel', { symbol: 'BTCUSDT', orderId });
  expect(await post(maker, 'move', { symbol: 'BTCUSDT', orderId, price: '59700' })).toMatchObject({
    code: 3016,
    details: { status: 'CANCELED' },
  });
});

test('cancel-all takes a symbol or all', async () => {
  await place(maker);
  await place(maker, { symbol: 'ETHUSDT' });
  expect((await post(maker, 'batch-cancel-all', { cancelType: 2 })).data).toEqual({});
  expect((await get(maker, '/current')).data['total']).toBe(2);
  expect((await post(maker, 'batch-cancel-all', { symbol: 'ETHUSDT' })).code).toBe(0);
  expect((await get(maker, '/current')).data).toMatchObject({ total: 1, list: [{ symbol: 'BTCUSDT' }] });
  expect(await post(maker, 'batch-cancel-all', { symbol: 'XRPUSDT' })).toMatchObject({ code: 3013 });
  expect((await gateway.call(maker, { method: 'POST', url: '/v1/private/order/batch-cancel-all' })).code).toBe(0);
  expect((await get(maker, '/current')).data['total']).toBe(0);
});

test('open orders come newest first, by limit and cursor', async () => {
  const ids: string[] = [];
  for (const price of ['59900', '59901', '59902']) ids.unshift(idOf(await place(maker, { price })));
  const first = await get(maker, '/current?symbol=BTCUSDT&limit=2');
  expect(first.data).toMatchObject({ total: 3, list: [{ orderId: ids[0] }, { orderId: ids[1] }] });
  const next = await get(maker, `/current?lastOrderId=${ids[1]}`);
  expect(next.data).toMatchObject({ total: 3, list: [{ orderId: ids[2] }] });
  expect((await get(taker, '/current')).data).toEqual({ list: [], total: 0 });
  expect(await get(maker, '/current?symbol=XRPUSDT')).toMatchObject({ code: 3013 });
});

test.each(['0', '9007199254740993', '9223372036854775807'])(
  'the cursor %s is no order of the venue',
  async (cursor) => {
    const reply = await get(maker, `/current?lastOrderId=${cursor}`);
    expect(reply).toMatchObject({ code: 2002, details: { field: 'lastOrderId' } });
  },
);

test('the history filters by number, time and page', async () => {
  const sold = idOf(await place(maker, { side: 'SELL', price: '60000', clientOrderId: 's' }));
  gateway.clock.ms += 1_000;
  await place(taker, { price: '60000' });
  const open = idOf(await place(maker));
  const ids = async (query: string) => {
    const { data } = await get(maker, `/history?${query}`);
    return (data['list'] as { orderId: string }[]).map(({ orderId }) => orderId);
  };
  expect(await ids('')).toEqual([open, sold]);
  expect(await ids('status=4')).toEqual([sold]);
  expect(await ids('status=2&type=1&side=1')).toEqual([open]);
  expect(await ids('status=1')).toEqual([]);
  expect(await ids('type=2')).toEqual([]);
  expect(await ids('clientOrderId=s')).toEqual([sold]);
  expect(await ids(`orderId=${open}`)).toEqual([open]);
  expect(await ids('orderId=1')).toEqual([]);
  expect(await ids(`startTime=${gateway.clock.ms}`)).toEqual([open]);
  expect(await ids(`endTime=${gateway.clock.ms}`)).toEqual([sold]);
  expect(await ids('page=2&pageSize=1')).toEqual([sold]);
  expect(await get(maker, '/history?pageSize=0')).toMatchObject({ code: 2003, details: { field: 'pageSize' } });
  expect((await get(maker, '/history?pageSize=1000')).code).toBe(0);
  gateway.history.refuseNext(new HistoryLaggingError(1, 2));
  expect(await get(maker, '/history')).toMatchObject({ status: 503, code: 5002 });
});

test('an order is found by either id, and both must name it', async () => {
  const a = idOf(await place(maker, { clientOrderId: 'a' }));
  await place(maker, { clientOrderId: 'b' });
  expect((await get(maker, '?symbol=BTCUSDT&clientOrderId=a')).data['orderId']).toBe(a);
  for (const query of [`orderId=${a}&clientOrderId=b`, 'clientOrderId=c', 'orderId=1']) {
    const refused = await get(maker, `?symbol=BTCUSDT&${query}`);
    expect(refused, query).toMatchObject({ code: 3003, details: { rule: expect.any(String) } });
  }
  expect(await get(taker, `?symbol=BTCUSDT&orderId=${a}`)).toMatchObject({ code: 3003 });
  expect(await get(maker, `?symbol=ETHUSDT&orderId=${a}`)).toMatchObject({
    code: 3003,
    details: { rule: 'an order of this user in this symbol' },
  });
  expect(await get(maker, '?symbol=BTCUSDT')).toMatchObject({ code: 2001 });
});
