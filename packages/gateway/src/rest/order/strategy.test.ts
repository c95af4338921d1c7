import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Reply, TestGateway } from '../../testing/venue.ts';

interface Trader {
  readonly accessToken: string;
}

let gateway: TestGateway;
let trader: Trader;
let maker: Trader;
beforeEach(async () => {
  gateway = await TestGateway.start();
  trader = await gateway.trader();
  maker = await gateway.trader();
});
afterEach(() => gateway.close());

const post = (action: string, body: object, by = trader): Promise<Reply> =>
  gateway.call(by, { method: 'POST', url: `/v1/private/order/${action}`, body });
const get = (url: string, by = trader): Promise<Reply> => gateway.call(by, { url: `/v1/private/${url}` });

const ENTRY = {
  strategySubId: 1,
  firstDrivenId: 0,
  firstDrivenOn: '',
  firstTrigger: '',
  symbol: 'BTCUSDT',
  type: 'LIMIT',
  side: 'BUY',
  price: '59900',
  quantity: '0.01',
};
const placedBy = (strategySubId: number) => ({
  strategySubId,
  firstDrivenId: 1,
  firstDrivenOn: 'PARTIALLY_FILLED_OR_FILLED',
  firstTrigger: 'PLACE_ORDER',
});
const EXIT = {
  symbol: 'BTCUSDT',
  side: 'SELL',
  type: 'STOP_MARKET',
  stopPrice: '59000',
  workingType: 'MARK_PRICE',
  reduceOnly: true,
};
const STOP = { ...placedBy(2), ...EXIT };
const TARGET = { ...placedBy(3), symbol: 'BTCUSDT', side: 'SELL', type: 'LIMIT', price: '60500', reduceOnly: true };
const oto = (changes: object = {}, exit: object = {}) => ({
  strategyType: 'OTO',
  subOrderList: [
    { ...ENTRY, ...changes },
    { ...STOP, ...exit },
  ],
});
const place = (body: object) => post('place-strategy', body);
const idOf = (reply: Reply) => String(reply.data['strategyId']);
const shown = async (strategyId: string) => (await get(`order/strategy?strategyId=${strategyId}`)).data;

describe('a strategy', () => {
  test('is answered with its id and status, and shown with its orders', async () => {
    const reply = await place({ strategyType: 'OTOCO', subOrderList: [ENTRY, STOP, TARGET] });
    const strategyId = idOf(reply);
    expect(reply.data).toEqual({ strategyId, strategyStatus: 'WORKING', timestamp: gateway.clock.ms });
    expect(strategyId).toMatch(/^9\d{18}$/);
    const { data: current } = await get('order/current');
    const [waiting, entry] = current['list'] as readonly object[];
    expect(entry).toMatchObject({ strategyId, price: '59900', status: 'PENDING' });
    expect(waiting).toMatchObject({ strategyId, price: '60500', status: 'NEW' });
    expect(current['total']).toBe(2);
    expect((await get('order/current?symbol=ETHUSDT')).data['total']).toBe(0);
    expect(await shown(strategyId)).toEqual({
      strategyId,
      strategyType: 'OTOCO',
      strategyStatus: 'WORKING',
      bookTime: gateway.clock.ms,
      subOrders: [
        { strategySubId: 1, status: 'PENDING', order: entry },
        {
          strategySubId: 2,
          status: 'PENDING_ACTIVATION',
          condition: expect.objectContaining({ strategyId, stopPrice: '59000', quantity: '0' }),
        },
        { strategySubId: 3, status: 'NEW', order: waiting },
      ],
      updateTime: gateway.clock.ms,
    });
    await post('place', { ...ENTRY, ...LINKLESS, side: 'SELL' }, maker);
    expect((await shown(strategyId))['subOrders']).toMatchObject([
      { status: 'FILLED' },
      { status: 'PENDING', condition: { quantity: '0.01' } },
      { status: 'PENDING', order: { quantity: '0.01' } },
    ]);
  });

  test('has waiting orders that can be cancelled like any other', async () => {
    await place({ strategyType: 'OTOCO', subOrderList: [ENTRY, STOP, TARGET] });
    const open = async () => (await get('order/current')).data['list'] as readonly Record<string, unknown>[];
    const [waiting, entry] = await open();
    const cancelled = await post('cancel', { symbol: 'BTCUSDT', orderId: waiting?.['orderId'] });
    expect(cancelled.data).toMatchObject({ orderId: waiting?.['orderId'], status: 'CANCELED' });
    expect(await open()).toEqual([entry]);
  });

  test('OCO ends with one of its orders; both say whose they are', async () => {
    await post('place', { ...ENTRY, ...LINKLESS, price: '60000', side: 'SELL', quantity: '0.02' }, maker);
    await post('place', { ...ENTRY, ...LINKLESS, price: '60000', quantity: '0.02' });
    const pair = [
      { ...EXIT, strategySubId: 1, quantity: '0.02' },
      { ...TARGET, ...LINKLESS, strategySubId: 2, quantity: '0.02' },
    ];
    const strategyId = idOf(await place({ strategyType: 'OCO', subOrderList: pair }));
    expect((await shown(strategyId))['subOrders']).toMatchObject([
      { condition: { strategyId } },
      { order: { strategyId } },
    ]);
    await post('place', { ...ENTRY, ...LINKLESS, price: '60500', quantity: '0.02' }, maker);
    expect(await shown(strategyId)).toMatchObject({
      strategyStatus: 'ALL_DONE',
      subOrders: [{ status: 'CANCELLED', condition: { rejectReason: 'OCO' } }, { status: 'FILLED' }],
    });
  });

  test('is the user’s own', async () => {
    const strategyId = idOf(await place(oto()));
    for (const [id, by] of [
      [strategyId, maker],
      [`8${strategyId.slice(1)}`, trader],
      ['9000000000000000099', trader],
    ] as const) {
      expect(await get(`order/strategy?strategyId=${id}`, by)).toMatchObject({ code: 3003 });
    }
    expect(await get('order/strategy')).toMatchObject({ code: 2001 });
  });

  const entry = (changes: object) => oto(changes);
  const exit = (changes: object) => oto({}, changes);
  test.each([
    [{ ...oto(), strategyType: 'BRACKET' }, 2002, 'strategyType'],
    [{ ...oto(), symbol: 'BTCUSDT' }, 2002, 'symbol'],
    [{ strategyType: 'OTO' }, 3111, 'subOrderList'],
    [{ strategyType: 'OTO', subOrderList: [ENTRY] }, 3111, 'subOrderList'],
    [{ strategyType: 'OTOCO', subOrderList: [ENTRY, STOP] }, 3111, 'subOrderList'],
    [{ strategyType: 'OTO', subOrderList: [ENTRY, 7] }, 2002, 'subOrderList[1]'],
    [entry({ strategySubId: undefined }), 2001, 'subOrderList[0].strategySubId'],
    [entry({ type: 'STOP' }), 3100, 'subOrderList[0].type'],
    [entry({ type: undefined }), 2001, 'subOrderList[0].type'],
    [entry({ stopPrice: '1' }), 2002, 'subOrderList[0].stopPrice'],
    [entry({ quantity: undefined }), 2001, 'subOrderList[0].quantity'],
    [entry({ timeInForce: 'GTE_GTC' }), 2002, 'subOrderList[0].timeInForce'],
    [entry({ price: '59900.05' }), 2002, 'subOrderList[0].price'],
    [entry({ symbol: 'ETHUSDT' }), 3111, 'subOrderList'],
    [exit({ makerOnly: true }), 2002, 'subOrderList[1].makerOnly'],
    [exit({ stopPrice: 'x' }), 3101, 'subOrderList[1].stopPrice'],
    [exit({ stopPrice: undefined }), 3101, 'subOrderList[1].stopPrice'],
    [exit({ stopPrice: '59000.05' }), 3101, 'subOrderList[1].stopPrice'],
    [exit({ quantity: '0.00015' }), 3108, 'subOrderList[1].quantity'],
    [entry({ price: '9'.repeat(30) }), 2003, 'subOrderList[0].price'],
    [entry({ price: '70000' }), 3010, 'subOrderList[0].price'],
    [exit({ quantity: 'x' }), 3108, 'subOrderList[1].quantity'],
    [exit({ workingType: 'X' }), 3106, 'subOrderList[1].workingType'],
    [exit({ firstDrivenId: 7 }), 3112, 'subOrderList'],
    [exit({ firstDrivenOn: 'LATER' }), 3112, 'subOrderList[1].firstDrivenOn'],
    [exit({ firstTrigger: 'CANCEL_ORDER' }), 3112, 'subOrderList'],
    [exit({ firstDrivenId: 0 }), 3112, 'subOrderList'],
    [exit({ positionSide: 'LONG' }), 3011, 'subOrderList[1].positionSide'],
    [oto({ symbol: 'XRPUSDT' }, { symbol: 'XRPUSDT' }), 3013, 'subOrderList[0].symbol'],
    [oto({ clientOrderId: 'a' }, { clientOrderId: 'a' }), 3015, 'subOrderList[1].clientOrderId'],
  ])('%j answers %d for %s, and nothing is placed', async (body, code, field) => {
    expect(await place(body)).toMatchObject({ status: 200, code, details: { field } });
    expect((await get('order/current')).data['total']).toBe(0);
    expect((await get('order/current-condition')).data['total']).toBe(0);
  });
});

/** What a sub-order has beyond an order, left out. */
const LINKLESS = {
  strategySubId: undefined,
  firstDrivenId: undefined,
  firstDrivenOn: undefined,
  firstTrigger: undefined,
};

test('CND-9: an order brings its exits along', async () => {
  const exits = { takeProfit: { stopPrice: '61000', price: '60990' }, stopLoss: { stopPrice: '59000', ...EXIT_TYPE } };
  const reply = await post('place', { ...ENTRY, ...LINKLESS, ...exits });
  expect(reply.code).toBe(0);
  const { data: order } = await get(`order?symbol=BTCUSDT&orderId=${reply.data['orderId']}`);
  const waiting = { status: 'PENDING_ACTIVATION', timeInForce: 'GTE_GTC', reduceOnly: true, quantity: '0' };
  expect(await shown(String(order['strategyId']))).toMatchObject({
    strategyType: 'OTOCO',
    subOrders: [
      { order: { orderId: reply.data['orderId'] } },
      { condition: { ...waiting, type: 'TAKE_PROFIT_LIMIT', price: '60990', workingType: 'CONTRACT_PRICE' } },
      { condition: { ...waiting, type: 'STOP_MARKET', stopPrice: '59000', workingType: 'MARK_PRICE' } },
    ],
  });
  await post('place', { ...ENTRY, ...LINKLESS, side: 'SELL' }, maker);
  const { data } = await get('position/positions');
  expect(data['positions']).toMatchObject([{ tpPrice: '61000', slPrice: '59000' }]);
});

const EXIT_TYPE = { workingType: 'MARK_PRICE' };
