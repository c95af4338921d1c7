import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Reply, TestGateway } from '../../testing/venue.ts';

interface Trader {
  readonly accessToken: string;
}

let gateway: TestGateway;
let trader: Trader;
beforeEach(async () => {
  gateway = await TestGateway.start();
  trader = await gateway.trader();
});
afterEach(() => gateway.close());

const BTCUSDT = 'BTCUSDT';
const LIMIT = { symbol: BTCUSDT, type: 'LIMIT', side: 'BUY', price: '59900', quantity: '0.01' };
const STOP = { symbol: BTCUSDT, type: 'STOP_MARKET', side: 'SELL', stopPrice: '59000', quantity: '0.01' };
const post = (action: string, body: object, by = trader): Promise<Reply> =>
  gateway.call(by, { method: 'POST', url: `/v1/private/order/${action}`, body });
const get = (url: string): Promise<Reply> => gateway.call(trader, { url: `/v1/private/order/${url}` });
const placed = async (changes: object = {}): Promise<string> =>
  String((await post('place', { ...LIMIT, ...changes })).data['orderId']);
const openIn = async (list: string): Promise<number> => Number((await get(list)).data['total']);

test('MAT-10: a batch of moves has a result for each in order, malformed ones included', async () => {
  const [one, two] = [await placed(), await placed({ clientOrderId: 'two' })];
  const orders = [
    { orderId: one, price: '59800' },
    { clientOrderId: 'two', price: '59800' },
    { orderId: two, quantity: '0.005' },
    { orderId: one, price: '59800.05' },
    { orderId: one },
    { orderId: '7', price: '59800' },
    { orderId: two, price: '59700', symbol: BTCUSDT },
  ];
  const reply = await post('batch-move', { symbol: BTCUSDT, orders });
  expect(reply.data).toMatchObject({
    successCount: 2,
    failedCount: 5,
    results: [
      { code: 0, message: 'success', orderId: one, status: 'PENDING', timestamp: gateway.clock.ms },
      { code: 2001, details: { field: 'orderId' } },
      { code: 0, orderId: two, clientOrderId: 'two' },
      { code: 2002, details: { field: 'price', value: '59800.05', below: '59800', above: '59800.1' } },
      { code: 2001, details: { field: 'price' } },
      { code: 3003 },
      { code: 2002, details: { field: 'symbol' } },
    ],
  });
  expect((await get(`current?symbol=${BTCUSDT}`)).data['list']).toMatchObject([
    { orderId: two, quantity: '0.005' },
    { orderId: one, price: '59800' },
  ]);
  expect(await post('batch-move', { symbol: BTCUSDT, orders: [] })).toMatchObject({ code: 2003 });
  const elsewhere = await post('batch-move', { symbol: 'DOGEUSDT', orders: [{ orderId: one, price: '59800' }] });
  expect(elsewhere.data).toMatchObject({ failedCount: 1, results: [{ code: 3013 }] });
  const tooMany = Array(21).fill({ orderId: one, price: '59800' });
  expect(await post('batch-move', { symbol: BTCUSDT, orders: tooMany })).toMatchObject({ code: 2003 });
  expect(await post('batch-move', { orders })).toMatchObject({ code: 2001, details: { field: 'symbol' } });
});

test('MAT-10: a batch of cancels is one command of up to 50', async () => {
  const one = await placed();
  await placed({ clientOrderId: 'two', symbol: 'ETHUSDT' });
  const other = await gateway.trader();
  const commands = gateway.node.commands.length;
  const orders = [
    { symbol: BTCUSDT, orderId: one },
    { symbol: 'ETHUSDT', clientOrderId: 'two' },
    { symbol: BTCUSDT, orderId: one },
    { symbol: BTCUSDT },
    { symbol: BTCUSDT, orderId: one, price: '1' },
    { symbol: BTCUSDT, orderId: '12' },
    { symbol: 'DOGEUSDT', orderId: one },
  ];
  expect((await post('batch-cancel', { orders }, other)).data).toMatchObject({ successCount: 0, failedCount: 7 });
  const reply = await post('batch-cancel', { orders });
  expect(reply.data).toMatchObject({
    successCount: 2,
    failedCount: 5,
    results: [
      { code: 0, orderId: one, status: 'CANCELED' },
      { code: 0, clientOrderId: 'two', status: 'CANCELED' },
      { code: 3005, details: { status: 'CANCELED', order: { orderId: one } } },
      { code: 2001, details: { field: 'orderId' } },
      { code: 2002, details: { field: 'price' } },
      { code: 3003 },
      { code: 3013, details: { field: 'symbol', value: 'DOGEUSDT' } },
    ],
  });
  expect(gateway.node.commands.length - commands).toBe(2);
  expect((await post('batch-cancel', { orders: [{}] })).data).toMatchObject({ successCount: 0, failedCount: 1 });
  expect(gateway.node.commands.length - commands).toBe(2);
  const fifty = Array(50).fill({ symbol: BTCUSDT, orderId: one });
  expect((await post('batch-cancel', { orders: fifty })).data).toMatchObject({ failedCount: 50 });
  expect(await post('batch-cancel', { orders: [...fifty, fifty[0]] })).toMatchObject({ code: 2003 });
});

test('batches are signed once, and a key needs the permission to trade', async () => {
  const orders = [
    { symbol: BTCUSDT, orderId: await placed() },
    { symbol: BTCUSDT, orderId: await placed() },
  ];
  const sent = { method: 'POST', url: '/v1/private/order/batch-cancel', body: { orders } } as const;
  const reader = await gateway.apiKey(trader.accessToken, { permissions: 1 });
  expect(await gateway.call(reader, sent)).toMatchObject({ code: 3006 });
  const key = await gateway.apiKey(trader.accessToken);
  expect((await gateway.call(key, sent)).data).toMatchObject({ successCount: 2 });
  expect(await gateway.call(key, sent)).toMatchObject({ code: 3004 });
});

test('cancel-all knows normal orders and conditions apart', async () => {
  await placed();
  await post('place-condition', STOP);
  for (const [cancelType, orders, conditions] of [
    [1, 0, 1],
    [2, 0, 0],
  ] as const) {
    expect((await post('batch-cancel-all', { cancelType })).data).toEqual({});
    expect([await openIn('current'), await openIn('current-condition')]).toEqual([orders, conditions]);
  }
  await placed();
  await post('place-condition', STOP);
  await post('batch-cancel-all', { symbol: 'ETHUSDT', cancelType: 2 });
  expect(await openIn('current-condition')).toBe(1);
  await post('batch-cancel-all', {});
  expect([await openIn('current'), await openIn('current-condition')]).toEqual([0, 1]);
  expect(await post('batch-cancel-all', { cancelType: 3 })).toMatchObject({ code: 2003 });
});

test('MAT-14: cancel-all-after cancels when its time has come, and is renewed or turned off', async () => {
  const set = (body: object) => post('cancel-all-after', body);
  await placed();
  await post('place-condition', STOP);
  expect((await set({ timeoutMs: 5_000 })).data).toEqual({});
  gateway.clock.ms += 4_999;
  expect(await openIn('current')).toBe(1);
  expect((await set({ timeoutMs: 1_000 })).code).toBe(0);
  gateway.clock.ms += 1_000;
  await gateway.price('60000');
  expect([await openIn('current'), await openIn('current-condition')]).toEqual([0, 1]);
  await placed();
  await set({ timeoutMs: 1_000, keepReduceOnly: true });
  await set({ timeoutMs: 0 });
  gateway.clock.ms += 600_000;
  await gateway.price('60000');
  expect(await openIn('current')).toBe(1);
  for (const [body, code, field] of [
    [{}, 2001, 'timeoutMs'],
    [{ timeoutMs: 999 }, 2003, 'timeoutMs'],
    [{ timeoutMs: 86_400_001 }, 2003, 'timeoutMs'],
    [{ timeoutMs: '5000' }, 2002, 'timeoutMs'],
    [{ timeoutMs: 5_000, keepReduceOnly: 1 }, 2002, 'keepReduceOnly'],
    [{ timeoutMs: 5_000, symbol: BTCUSDT }, 2002, 'symbol'],
  ] as const) {
    expect(await set(body), JSON.stringify(body)).toMatchObject({ code, details: { field } });
  }
});

test('orders that were placed too fast leave the cancels their reserve', async () => {
  const limited = await TestGateway.start({ rateLimits: { order: { perSecond: 1, burst: 3 } } });
  const { accessToken } = await limited.trader();
  const send = (action: string, body: object) =>
    limited.call({ accessToken }, { method: 'POST', url: `/v1/private/order/${action}`, body });
  const links = { strategySubId: 2, firstDrivenId: 1, firstDrivenOn: 'FILLED', firstTrigger: 'PLACE_ORDER' };
  const strategy = {
    strategyType: 'OTO',
    subOrderList: [
      { ...LIMIT, strategySubId: 1 },
      { ...STOP, ...links },
    ],
  };
  expect((await send('place-condition', STOP)).code).toBe(0);
  expect((await send('place-strategy', strategy)).code).toBe(0);
  expect(await send('place-condition', STOP)).toMatchObject({ status: 429, code: 5003 });
  expect(await send('batch-move', { symbol: BTCUSDT, orders: [{}] })).toMatchObject({ code: 5003 });
  for (const [action, body] of [
    ['cancel-condition', { symbol: BTCUSDT, conditionId: '8' }],
    ['batch-cancel', { orders: [{ symbol: BTCUSDT, orderId: '1' }] }],
    ['cancel-all-after', { timeoutMs: 0 }],
  ] as const) {
    expect((await send(action, body)).code, action).not.toBe(5003);
  }
  await limited.close();
});
