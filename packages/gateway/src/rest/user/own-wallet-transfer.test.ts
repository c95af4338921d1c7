import { PERMISSION } from '@openvenue/contract';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Credential, TestGateway } from '../../testing/venue.ts';

let gateway: TestGateway;
let trader: { readonly accessToken: string; readonly userId: number };
beforeEach(async () => {
  gateway = await TestGateway.start();
  trader = await gateway.trader('1000');
});
afterEach(() => gateway.close());

const transfer = (body: object, by: Credential = trader) =>
  gateway.call(by, { method: 'POST', url: '/v1/private/user/wallet-transfer', body });
const get = async (path: string) => (await gateway.call(trader, { url: `/v1/private/user/${path}` })).data;
const fundingWallet = (availableAmount: string) => ({
  assetCode: 'USDT',
  availableAmount,
  heldAmount: '0',
  totalAmount: availableAmount,
});

test('money moves between the own wallets, and both show it', async () => {
  expect(await get('funding-asset')).toEqual(fundingWallet('0'));
  expect((await transfer({ direction: 'CONTRACT_TO_FUNDING', amount: '100.5' })).data).toEqual({
    amount: '100.5',
    timestamp: gateway.clock.ms,
  });
  expect(await get('funding-asset')).toEqual(fundingWallet('100.5'));
  expect(await get('asset')).toMatchObject({ userAsset: { walletBalance: '899.5' } });
  expect((await transfer({ direction: 'FUNDING_TO_CONTRACT', amount: '0.00000001' })).data).toMatchObject({
    amount: '0.00000001',
  });
  expect((await transfer({ direction: 'FUNDING_TO_CONTRACT', transferAll: true })).data).toMatchObject({
    amount: '100.49999999',
  });
  expect(await get('funding-asset')).toEqual(fundingWallet('0'));
  expect((await transfer({ direction: 'FUNDING_TO_CONTRACT', transferAll: true })).data).toMatchObject({ amount: '0' });
  const log = await get('account-change-log?changeType=FUNDING_TO_CONTRACT');
  expect(log).toMatchObject({ list: [{ amount: '100.49999999' }, { amount: '0.00000001' }], total: 2 });
  expect(await get('account-change-log?changeType=CONTRACT_TO_FUNDING')).toMatchObject({
    list: [{ amount: '-100.5', walletBalanceBefore: '1000', walletBalanceAfter: '899.5' }],
    total: 1,
  });
});

test('what is held for orders stays', async () => {
  const body = { symbol: 'BTCUSDT', type: 'LIMIT', side: 'BUY', price: '60000', quantity: '0.1' };
  await gateway.call(trader, { method: 'POST', url: '/v1/private/order/place', body });
  const { availableBalance } = (await get('asset'))['userAsset'] as { readonly availableBalance: string };
  expect(Number(availableBalance)).toBeLessThan(500);
  expect(await transfer({ direction: 'CONTRACT_TO_FUNDING', amount: '500' })).toMatchObject({
    code: 3001,
    details: { required: '500', available: availableBalance },
  });
  expect((await transfer({ direction: 'CONTRACT_TO_FUNDING', transferAll: true })).data).toMatchObject({
    amount: availableBalance,
  });
});

test.each([
  [{ amount: '1' }, 2001, 'direction'],
  [{ direction: 'SIDEWAYS', amount: '1' }, 2002, 'direction'],
  [{ direction: 'FUNDING_TO_CONTRACT' }, 2001, 'amount'],
  [{ direction: 'FUNDING_TO_CONTRACT', transferAll: false }, 2001, 'amount'],
  [{ direction: 'FUNDING_TO_CONTRACT', amount: '1', transferAll: true }, 2002, 'amount'],
  [{ direction: 'CONTRACT_TO_FUNDING', amount: '-1' }, 2002, 'amount'],
  [{ direction: 'CONTRACT_TO_FUNDING', amount: 1 }, 2002, 'amount'],
  [{ direction: 'CONTRACT_TO_FUNDING', amount: '0.000000001' }, 2002, 'amount'],
  [{ direction: 'CONTRACT_TO_FUNDING', amount: '0' }, 2003, 'amount'],
  [{ direction: 'CONTRACT_TO_FUNDING', amount: '10000000000001' }, 2003, 'amount'],
  [{ direction: 'FUNDING_TO_CONTRACT', amount: '0.01' }, 3001, 'amount'],
])('%j answers %d for %s, and nothing moves', async (body, code, field) => {
  expect(await transfer(body)).toMatchObject({ status: 200, code, details: { field } });
  expect(await get('asset')).toMatchObject({ userAsset: { walletBalance: '1000' } });
});

test.each([
  [PERMISSION.READ, 3006],
  [PERMISSION.TRADE, 3006],
  [PERMISSION.READ | PERMISSION.TRADE, 0],
])('a key with permissions %d is answered %d', async (permissions, code) => {
  const key = await gateway.apiKey(trader.accessToken, { permissions });
  const body = { direction: 'CONTRACT_TO_FUNDING', amount: '1' };
  expect((await transfer(body, key)).code).toBe(code);
  expect(await get('funding-asset')).toEqual(fundingWallet(code === 0 ? '1' : '0'));
});

test('a signature moves money once, also after a restart', async () => {
  const key = await gateway.apiKey(trader.accessToken);
  const body = { direction: 'CONTRACT_TO_FUNDING', amount: '1' };
  expect((await transfer(body, key)).code).toBe(0);
  expect(await transfer(body, key)).toMatchObject({ code: 3004 });
  await gateway.restart();
  expect(await transfer(body, key)).toMatchObject({ code: 3004 });
  expect(await get('funding-asset')).toEqual(fundingWallet('1'));
});
