import { HistoryLaggingError } from '@openvenue/views';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { TestGateway } from '../../testing/venue.ts';

let gateway: TestGateway;
let trader: { readonly accessToken: string; readonly userId: number };
beforeEach(async () => {
  gateway = await TestGateway.start();
  trader = await gateway.trader('1000');
});
afterEach(() => gateway.close());

const get = (query = '') => gateway.call(trader, { url: `/v1/private/user/account-change-log${query}` });

async function trade(): Promise<void> {
  const other = await gateway.trader();
  gateway.clock.ms += 1_000;
  const place = (by: { readonly accessToken: string }, side: string) =>
    gateway.call(by, {
      method: 'POST',
      url: '/v1/private/order/place',
      body: { symbol: 'BTCUSDT', type: 'LIMIT', side, price: '60000', quantity: '0.01' },
    });
  await place(other, 'SELL');
  await place(trader, 'BUY');
}

test('every change of the wallet is told with what it was before and after, newest first', async () => {
  const startMs = gateway.clock.ms;
  await trade();
  const { data } = await get();
  expect(data).toEqual({
    list: [
      {
        assetType: 'USDT',
        amount: '-0.3',
        walletBalanceBefore: '1000',
        walletBalanceAfter: '999.7',
        frozenBalanceBefore: '0',
        frozenBalanceAfter: '0',
        changeType: 'HANDLING_FEE',
        referenceId: expect.stringMatching(/^3\d{18}$/),
        createdAt: gateway.clock.ms,
      },
      {
        assetType: 'USDT',
        amount: '1000',
        walletBalanceBefore: '0',
        walletBalanceAfter: '1000',
        frozenBalanceBefore: '0',
        frozenBalanceAfter: '0',
        changeType: 'TRANSFER_IN',
        referenceId: '0',
        createdAt: startMs,
      },
    ],
    total: 2,
  });
  const totals = async (query: string) => (await get(query)).data['total'];
  expect(await totals('?changeType=HANDLING_FEE')).toBe(1);
  expect(await totals('?changeType=INSURANCE')).toBe(0);
  expect(await totals('?assetType=USDT')).toBe(2);
  expect(await totals('?assetType=BTC')).toBe(0);
  expect(await totals(`?startTime=${startMs + 1}`)).toBe(1);
  expect(await totals(`?endTime=${startMs + 1}`)).toBe(1);
  expect((await get('?pageSize=1&page=2')).data).toMatchObject({ list: [{ changeType: 'TRANSFER_IN' }], total: 2 });
});

test('an unknown kind of change is refused, and so is the call while the history lags', async () => {
  expect(await get('?changeType=GIFT')).toMatchObject({ code: 2002, details: { field: 'changeType' } });
  gateway.history.refuseNext(new HistoryLaggingError(1, 2));
  expect(await get()).toMatchObject({ code: 5002 });
});
