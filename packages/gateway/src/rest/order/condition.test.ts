import { HistoryLaggingError } from '@openvenue/views';
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

const MARK = { workingType: 'MARK_PRICE' };
const STOP = { symbol: 'BTCUSDT', type: 'STOP_MARKET', side: 'SELL', stopPrice: '59000', quantity: '0.01', ...MARK };
const TRAIL = {
  symbol: 'BTCUSDT',
  type: 'TRAILING_STOP',
  side: 'SELL',
  quantity: '0.01',
  callbackRate: '1.5',
  ...MARK,
};
const LIMIT = { symbol: 'BTCUSDT', type: 'LIMIT', side: 'BUY', price: '60000', quantity: '0.02' };

const post = (action: string, body: object, by = trader): Promise<Reply> =>
  gateway.call(by, { method: 'POST', url: `/v1/private/order/${action}`, body });
const get = (url: string, by = trader): Promise<Reply> => gateway.call(by, { url: `/v1/private/${url}` });
const place = (changes: object = {}, base: object = STOP) => post('place-condition', { ...base, ...changes });
const idOf = (reply: Reply) => String(reply.data['conditionId']);
const listOf = (reply: Reply) => reply.data['list'] as readonly Readonly<Record<string, unknown>>[];

/** Gives the trader a position of 0.02. */
async function buy(more: object = {}): Promise<void> {
  await post('place', { ...LIMIT, side: 'SELL' }, maker);
  expect((await post('place', { ...LIMIT, ...more })).data).toMatchObject({ status: 'FILLED' });
}

describe('a condition order', () => {
  test('is answered with its id and status, and shown with all of its fields', async () => {
    const reply = await place({ clientOrderId: 'stop-1', priceProtect: true, workingType: undefined });
    const conditionId = idOf(reply);
    expect(reply.data).toEqual({ conditionId, conditionStatus: 'PENDING', timestamp: gateway.clock.ms });
    expect(conditionId).toMatch(/^8\d{18}$/);
    expect((await get('order/current-condition')).data).toEqual({
      list: [
        {
          conditionId,
          clientOrderId: 'stop-1',
          symbol: 'BTCUSDT',
          type: 'STOP_MARKET',
          side: 'SELL',
          positionSide: 'BOTH',
          price: '0',
          quantity: '0.01',
          stopPrice: '59000',
          workingType: 'CONTRACT_PRICE',
          priceProtect: true,
          activatePrice: '0',
          callbackRate: '0',
          timeInForce: 'GTC',
          reduceOnly: false,
          closePosition: false,
          status: 'PENDING',
          createdAt: gateway.clock.ms,
          updatedAt: gateway.clock.ms,
        },
      ],
      total: 1,
    });
    expect((await get('order/current-condition?symbol=ETHUSDT')).data).toEqual({ list: [], total: 0 });
    expect(await get('order/current-condition?symbol=XRPUSDT')).toMatchObject({ code: 3013 });
    expect((await get('order/current-condition', maker)).data['total']).toBe(0);
  });

  test('CND-2: a trailing stop shows its watermark and the first price that fires it', async () => {
    const reply = await place({ activatePrice: '60500' }, TRAIL);
    expect(reply.data).toMatchObject({ conditionStatus: 'PENDING_ACTIVATION' });
    const shown = async () => listOf(await get('order/current-condition'))[0];
    expect(await shown()).toMatchObject({ activatePrice: '60500', callbackRate: '1.5', watermark: '0' });
    await gateway.price('60600');
    expect(await shown()).toMatchObject({ status: 'PENDING', watermark: '60600', triggerPrice: '59691' });
  });

  test('ignores what its type does not know', async () => {
    const more = { price: '1.23', activatePrice: '1.23', callbackRate: '77' };
    expect((await place(more)).code).toBe(0);
    expect((await place({ price: '1.23', stopPrice: '1.23' }, TRAIL)).code).toBe(0);
    const [trailing, stop] = listOf(await get('order/current-condition'));
    expect(stop).toMatchObject({ price: '0', activatePrice: '0', callbackRate: '0' });
    expect(trailing).toMatchObject({ price: '0', stopPrice: '0' });
  });

  test.each([
    [{ side: undefined }, 2001, 'side'],
    [{ type: undefined }, 2001, 'type'],
    [{ type: 'LIMIT' }, 3100, 'type'],
    [{ side: 'LONG' }, 2002, 'side'],
    [{ stopprice: '1' }, 2002, 'stopprice'],
    [{ placeType: 'grid' }, 2002, 'placeType'],
    [{ workingType: 'INDEX_PRICE' }, 3106, 'workingType'],
    [{ closePosition: true }, 3107, 'quantity'],
    [{ closePosition: true, quantity: undefined, reduceOnly: true }, 3107, 'reduceOnly'],
    [{ stopPrice: undefined }, 3101, 'stopPrice'],
    [{ stopPrice: '-1' }, 3101, 'stopPrice'],
    [{ stopPrice: '0' }, 3101, 'stopPrice'],
    [{ stopPrice: '59000.05' }, 3101, 'stopPrice'],
    [{ stopPrice: `1${'0'.repeat(30)}` }, 3101, 'stopPrice'],
    [{ stopPrice: '60000' }, 3105, 'stopPrice'],
    [{ type: 'STOP_LIMIT' }, 3102, 'price'],
    [{ type: 'STOP_LIMIT', price: '0' }, 3102, 'price'],
    [{ type: 'STOP_LIMIT', price: 'x' }, 2002, 'price'],
    [{ type: 'STOP_LIMIT', price: '59000.05' }, 2002, 'price'],
    [{ type: 'STOP_LIMIT', price: '2000000' }, 2003, 'price'],
    [{ quantity: undefined }, 3108, 'quantity'],
    [{ quantity: 'x' }, 3108, 'quantity'],
    [{ quantity: '0.0005' }, 3108, 'quantity'],
    [{ quantity: '51' }, 3108, 'quantity'],
    [{ quantity: `1${'0'.repeat(30)}` }, 3108, 'quantity'],
    [{ timeInForce: 'DAY' }, 2002, 'timeInForce'],
    [{ timeInForce: 'FOK' }, 3109, 'timeInForce'],
    [{ timeInForce: 'GTE_GTC' }, 3008, 'side'],
    [{ closePosition: true, quantity: undefined }, 3008, 'side'],
    [{ symbol: 'XRPUSDT' }, 3013, 'symbol'],
    [{ ...TRAIL, callbackRate: undefined }, 3104, 'callbackRate'],
    [{ ...TRAIL, callbackRate: '0' }, 3104, 'callbackRate'],
    [{ ...TRAIL, callbackRate: '0.15' }, 3104, 'callbackRate'],
    [{ ...TRAIL, callbackRate: '10.1' }, 3104, 'callbackRate'],
    [{ ...TRAIL, callbackRate: 'much' }, 3104, 'callbackRate'],
    [{ ...TRAIL, activatePrice: '60000' }, 3103, 'activatePrice'],
    [{ ...TRAIL, activatePrice: '61000.05' }, 3103, 'activatePrice'],
    [{ ...TRAIL, activatePrice: 'x' }, 3103, 'activatePrice'],
  ])('with %j answers %d for %s', async (changes, code, field) => {
    expect(await place(changes)).toMatchObject({ status: 200, code, details: { field } });
    expect((await get('order/current-condition')).data['total']).toBe(0);
  });

  test.each([
    [{ stopPrice: '60000.0' }, 'stopPrice', '60000.0'],
    [{ ...TRAIL, callbackRate: '0.15' }, 'callbackRate', '0.15'],
    [{ ...TRAIL, activatePrice: '60000' }, 'activatePrice', '60000'],
  ])('with %j shows of %s what was sent', async (changes, field, value) => {
    expect((await place(changes)).details).toMatchObject({ field, value });
  });

  test('MAT-12: what is off the grid is judged at its turn', async () => {
    const offGrid = { stopPrice: '59000.05' };
    expect(await place(offGrid)).toMatchObject({ code: 3101, details: { below: '59000', above: '59000.1' } });
    expect(await place({ ...offGrid, symbol: 'XRPUSDT' })).toMatchObject({ code: 3013 });
    expect(await place({ ...offGrid, positionSide: 'LONG', timeInForce: 'GTE_GTC' })).toMatchObject({ code: 3101 });
    await place({ clientOrderId: 'mine' });
    expect(await place({ ...offGrid, clientOrderId: 'mine' })).toMatchObject({ code: 3015 });
    expect(await place({ callbackRate: '0.15', clientOrderId: 'mine' }, TRAIL)).toMatchObject({ code: 3015 });
  });

  test('MAT-11: shares its name space with orders; a repeat shows the original', async () => {
    await place({ clientOrderId: 'mine' });
    const repeated = { code: 3015, details: { condition: { clientOrderId: 'mine', status: 'PENDING' } } };
    expect(await place({ clientOrderId: 'mine' })).toMatchObject(repeated);
    expect(await post('place', { ...LIMIT, clientOrderId: 'mine' })).toMatchObject(repeated);
    await post('place', { ...LIMIT, price: '59900', clientOrderId: 'order' });
    expect(await place({ clientOrderId: 'order' })).toMatchObject({
      code: 3015,
      details: { order: { clientOrderId: 'order' } },
    });
  });

  test('POS-1: speaks for its position side', async () => {
    expect((await place({ positionSide: 'LONG' })).code).toBe(0);
    expect(await place()).toMatchObject({ code: 3011, details: { field: 'positionSide' } });
    expect(await post('place', { ...LIMIT, price: '59900' })).toMatchObject({ code: 3011 });
    expect((await post('place', { ...LIMIT, price: '59900', positionSide: 'LONG' })).code).toBe(0);
    expect(await place({ positionSide: 'SHORT', reduceOnly: true })).toMatchObject({ code: 3008 });
  });

  test('3110: there are at most as many as the symbol allows', async () => {
    for (let at = 0; at < 100; at++) expect((await place()).code).toBe(0);
    expect(await place()).toMatchObject({ code: 3110 });
    expect((await get('order/current-condition')).data).toMatchObject({ total: 100 });
    expect((await get('order/history-condition?pageSize=30')).data).toMatchObject({ total: 100 });
  });
});

describe('canceling a condition order', () => {
  test('answers with its final state; then it is 3005, and what is not the user’s 3003', async () => {
    const conditionId = idOf(await place({ clientOrderId: 'mine' }));
    const symbol = 'BTCUSDT';
    const cancel = (reference: object, by = trader) => post('cancel-condition', { symbol, ...reference }, by);
    for (const [reference, code] of [
      [{}, 2001],
      [{ conditionId, symbol: 'ETHUSDT' }, 3003],
      [{ conditionId, symbol: 'DOGEUSDT' }, 3013],
      [{ conditionId: `1${conditionId.slice(1)}` }, 3003],
      [{ conditionId, clientOrderId: 'other' }, 3003],
      [{ orderId: conditionId }, 2002],
    ] as const) {
      expect(await cancel(reference), JSON.stringify(reference)).toMatchObject({ code });
    }
    expect(await cancel({ conditionId: '1' })).toMatchObject({
      code: 3003,
      details: { field: 'conditionId', value: '1', rule: 'the id of a condition order' },
    });
    expect(await cancel({ conditionId }, maker)).toMatchObject({ code: 3003 });
    const canceled = { conditionId, conditionStatus: 'CANCELLED', timestamp: gateway.clock.ms };
    expect((await cancel({ clientOrderId: 'mine' })).data).toEqual(canceled);
    expect(await cancel({ conditionId })).toMatchObject({
      code: 3005,
      details: { status: 'CANCELLED', condition: { conditionId } },
    });
  });

  test('after it has fired is too late', async () => {
    await post('place', { ...LIMIT, price: '58800', quantity: '1' }, maker);
    const conditionId = idOf(await place({ type: 'STOP_LIMIT', price: '59300' }));
    await gateway.price('58900');
    const reply = await post('cancel-condition', { symbol: 'BTCUSDT', conditionId });
    expect(reply).toMatchObject({ code: 3005, details: { status: 'TRIGGERED' } });
  });
});

describe('the history of condition orders', () => {
  test('filters by symbol, number, time and page', async () => {
    const first = idOf(await place({ side: 'BUY', stopPrice: '61000', symbol: 'ETHUSDT' }));
    gateway.clock.ms += 1_000;
    const second = idOf(await place());
    const third = idOf(await place({ callbackRate: '1' }, TRAIL));
    await post('cancel-condition', { symbol: 'BTCUSDT', conditionId: second });
    const ids = async (query: string) =>
      listOf(await get(`order/history-condition?${query}`)).map(({ conditionId }) => conditionId);
    expect(await ids('')).toEqual([third, second, first]);
    expect(await ids('symbol=ETHUSDT')).toEqual([first]);
    expect(await ids('side=1')).toEqual([first]);
    expect(await ids('side=2&status=2')).toEqual([third]);
    expect(await ids('status=5')).toEqual([second]);
    expect(await ids('status=7')).toEqual([]);
    expect(await ids(`startTime=${gateway.clock.ms}`)).toEqual([third, second]);
    expect(await ids(`endTime=${gateway.clock.ms}`)).toEqual([first]);
    expect(await ids('page=2&pageSize=2')).toEqual([first]);
    expect(await get('order/history-condition?status=8')).toMatchObject({ code: 2003 });
    expect(await get('order/history-condition?symbol=XRPUSDT')).toMatchObject({ code: 3013 });
    expect((await get('order/history-condition', maker)).data).toEqual({ list: [], total: 0 });
    gateway.history.refuseNext(new HistoryLaggingError(1, 2));
    expect(await get('order/history-condition')).toMatchObject({ status: 503, code: 5002 });
  });

  test('CND-8: names the order that was placed, which names its condition', async () => {
    await buy();
    await post('place', { ...LIMIT, price: '59300', quantity: '1' }, maker);
    const conditionId = idOf(await place({ reduceOnly: true, clientOrderId: 'stop' }));
    await gateway.price('59000');
    const [fired] = listOf(await get('order/history-condition'));
    expect(fired).toMatchObject({ conditionId, status: 'FIRED', generatedOrderId: expect.stringMatching(/^1\d{18}$/) });
    const generated = { orderId: fired?.['generatedOrderId'], conditionId, status: 'FILLED', reduceOnly: true };
    expect((await get(`order?symbol=BTCUSDT&orderId=${fired?.['generatedOrderId']}`)).data).toMatchObject(generated);
    expect(listOf(await get('order/history'))[0]).toMatchObject(generated);
  });

  test('CND-8: a rejected one says why, with the code of its order', async () => {
    await place({ quantity: '40' });
    await gateway.price('59000');
    const [rejected] = listOf(await get('order/history-condition?status=6'));
    expect(rejected).toMatchObject({ status: 'REJECTED', rejectReason: 'NO_LIQUIDITY', rejectCode: 3018 });
  });
});

test('CND-7: a position shows its nearest take profit and stop', async () => {
  await buy();
  const position = async () => {
    const { data } = await get('position/positions');
    return (data['positions'] as readonly object[])[0];
  };
  expect(await position()).toMatchObject({ tpPrice: '0', slPrice: '0', adlQuantile: 5 });
  const closing = { closePosition: true, quantity: undefined, timeInForce: 'GTE_GTC' };
  await place({ ...closing, stopPrice: '58500' });
  await place({ ...closing, stopPrice: '59000' });
  await place({ ...closing, type: 'TAKE_PROFIT_MARKET', stopPrice: '61000' });
  expect(await position()).toMatchObject({ tpPrice: '61000', slPrice: '59000' });
});
