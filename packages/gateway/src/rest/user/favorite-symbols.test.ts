import { FAVORITE_SYMBOLS_MAX, PERMISSION } from '@openvenue/contract';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Credential, TestGateway } from '../../testing/venue.ts';

const url = '/v1/private/user/favorite-symbols';

let gateway: TestGateway;
let trader: { readonly accessToken: string };
beforeEach(async () => {
  gateway = await TestGateway.start();
  trader = await gateway.trader();
});
afterEach(() => gateway.close());

const set = (symbols: unknown, by: Credential = trader) => gateway.call(by, { method: 'POST', url, body: { symbols } });
const favorites = async (by: Credential = trader) => (await gateway.call(by, { url })).data;

test('a list replaces the one before, in the user’s order, and outlives a restart', async () => {
  expect(await favorites()).toEqual({ symbols: [] });
  expect(await set(['ETHUSDT', 'BTCUSDT'])).toMatchObject({ code: 0, data: {} });
  await gateway.restart();
  expect(await favorites()).toEqual({ symbols: ['ETHUSDT', 'BTCUSDT'] });
  expect(await favorites(await gateway.trader())).toEqual({ symbols: [] });
  await set(['BTCUSDT']);
  expect(await favorites()).toEqual({ symbols: ['BTCUSDT'] });
  await set([]);
  expect(await favorites()).toEqual({ symbols: [] });
});

test('a key that reads may do both, one that only trades neither', async () => {
  const reader = await gateway.apiKey(trader.accessToken, { permissions: PERMISSION.READ });
  expect((await set(['BTCUSDT'], reader)).code).toBe(0);
  expect(await favorites(reader)).toEqual({ symbols: ['BTCUSDT'] });
  const other = await gateway.apiKey(trader.accessToken, { permissions: PERMISSION.TRADE });
  expect((await set([], other)).code).toBe(3006);
  expect((await gateway.call(other, { url })).code).toBe(3006);
});

test.each([
  [undefined, 2001, 'symbols'],
  ['BTCUSDT', 2002, 'symbols'],
  [[7], 2002, 'symbols[0]'],
  [['BTCUSDT', 'BTCUSDT'], 2002, 'symbols'],
  [['BTCUSDT', 'XRPUSDT'], 3013, 'symbol'],
  [Array(FAVORITE_SYMBOLS_MAX + 1).fill('BTCUSDT'), 2003, 'symbols'],
])('%j answers %d for %s, and the list stays', async (symbols, code, field) => {
  await set(['ETHUSDT']);
  expect(await set(symbols)).toMatchObject({ status: 200, code, details: { field } });
  expect(await favorites()).toEqual({ symbols: ['ETHUSDT'] });
});
