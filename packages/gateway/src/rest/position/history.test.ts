import { HistoryLaggingError } from '@openvenue/views';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Credential, TestGateway } from '../../testing/venue.ts';

let gateway: TestGateway;
let trader: { readonly accessToken: string; readonly userId: number };
let other: Credential;
beforeEach(async () => {
  gateway = await TestGateway.start();
  trader = await gateway.trader();
  other = await gateway.trader();
});
afterEach(() => gateway.close());

const URL = '/v1/private/position/history';
const history = async (query = '') => (await gateway.call(trader, { url: `${URL}${query}` })).data;

/** The trader's order, filled by the other one. */
async function trade(side: 'BUY' | 'SELL', price: string, quantity: string, symbol = 'BTCUSDT') {
  gateway.clock.ms += 1_000;
  const order = { symbol, type: 'LIMIT', price, quantity };
  const place = async (by: Credential, body: object) => {
    const reply = await gateway.call(by, { method: 'POST', url: '/v1/private/order/place', body });
    expect(reply).toMatchObject({ code: 0 });
  };
  await place(other, { ...order, side: side === 'BUY' ? 'SELL' : 'BUY' });
  await place(trader, { ...order, side });
}

test('a closed position has the fields of the contract, as they were at its end', async () => {
  await gateway.call(trader, {
    method: 'POST',
    url: '/v1/private/position/leverage',
    body: { symbol: 'BTCUSDT', leverage: 20 },
  });
  await trade('BUY', '60000', '0.1');
  const openedAt = gateway.clock.ms;
  expect(await history()).toEqual({ list: [], total: 0 });
  await trade('BUY', '60100', '0.3');
  await trade('SELL', '60200', '0.4');
  expect(await history()).toEqual({
    list: [
      {
        symbol: 'BTCUSDT',
        positionSide: 'BOTH',
        leverage: 20,
        maxQuantity: '0.4',
        entryPrice: '60075',
        closePrice: '60200',
        pnl: '50',
        // 50 by (60,075 x 0.4 / 20).
        roe: '0.04161465',
        marginMode: 'CROSS',
        triggerMode: 1,
        fundingFeeAccum: '0',
        openedAt,
        closedAt: gateway.clock.ms,
      },
    ],
    total: 1,
  });
});

test('it is filtered by symbol, direction and the time of the end, and comes page by page', async () => {
  await trade('BUY', '60000', '0.1');
  await trade('SELL', '60000', '0.2');
  const flippedAt = gateway.clock.ms;
  await trade('BUY', '60000', '0.1');
  await trade('BUY', '60000', '0.1', 'ETHUSDT');
  await trade('SELL', '60000', '0.1', 'ETHUSDT');
  const closedAts = async (query: string) => {
    const { list, total } = await history(query);
    return [(list as { symbol: string }[]).map(({ symbol }) => symbol), total];
  };
  expect(await closedAts('')).toEqual([['ETHUSDT', 'BTCUSDT', 'BTCUSDT'], 3]);
  expect(await closedAts('?side=long')).toEqual([['ETHUSDT', 'BTCUSDT'], 2]);
  expect(await closedAts('?side=short')).toEqual([['BTCUSDT'], 1]);
  expect(await closedAts('?symbol=ETHUSDT&side=short')).toEqual([[], 0]);
  expect(await closedAts(`?startTime=${flippedAt + 1}`)).toEqual([['ETHUSDT', 'BTCUSDT'], 2]);
  expect(await closedAts(`?endTime=${flippedAt}`)).toEqual([[], 0]);
  expect(await closedAts('?page=2&pageSize=2')).toEqual([['BTCUSDT'], 3]);
});

test('wrong filters and a history that lags are refused; nobody sees what is another’s', async () => {
  await trade('BUY', '60000', '0.1');
  await trade('SELL', '60000', '0.1');
  const stranger = await gateway.trader();
  expect((await gateway.call(stranger, { url: URL })).data).toEqual({ list: [], total: 0 });
  expect(await gateway.call(trader, { url: `${URL}?side=up` })).toMatchObject({ code: 2002 });
  expect(await gateway.call(trader, { url: `${URL}?symbol=XRPUSDT` })).toMatchObject({ code: 3013 });
  gateway.history.refuseNext(new HistoryLaggingError(1, 2));
  expect(await gateway.call(trader, { url: URL })).toMatchObject({ code: 5002 });
});
