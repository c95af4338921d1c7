import { afterEach, beforeEach, expect, test } from 'vitest';
import { TestGateway } from '../../testing/venue.ts';

let gateway: TestGateway;
let trader: { readonly accessToken: string; readonly userId: number };
beforeEach(async () => {
  gateway = await TestGateway.start();
  trader = await gateway.trader('1000');
});
afterEach(() => gateway.close());

const post = (path: string, body: object, by = trader) =>
  gateway.call(by, { method: 'POST', url: `/v1/private/order/${path}`, body });
const order = { symbol: 'BTCUSDT', type: 'LIMIT', side: 'BUY', price: '60000', quantity: '0.02' };

test('a preview says what the order would ask for and do, and changes nothing', async () => {
  const maker = await gateway.trader();
  await post('place', { ...order, side: 'SELL', price: '59990', quantity: '0.01' }, maker);
  const { sequence } = gateway.node.core;
  const { code, data } = await post('preview', order);
  expect(code).toBe(0);
  expect(data).toMatchObject({
    // (0.01 x 59,990 + 0.01 x 60,000) / 10.
    margin: '119.99',
    estimatedFillPrice: '59995',
    worstFillPrice: '60000',
    leverageTier: 1,
    warnings: [],
  });
  expect(Object.values(data).every((value) => value !== undefined)).toBe(true);
  expect(gateway.node.core.sequence).toBe(sequence);
  await post('place', order);
  const asset = (await gateway.call(trader, { url: '/v1/private/user/asset' })).data['userAsset'];
  expect(asset).toMatchObject({ availableBalance: data['availableAfter'] });
});

test('too little margin is a warning; what placing refuses otherwise is refused', async () => {
  const large = { ...order, quantity: '1' };
  expect((await post('preview', large)).data['warnings']).toEqual(['INSUFFICIENT_MARGIN']);
  expect(await post('place', large)).toMatchObject({ code: 3001 });
  const refused: readonly [object, number][] = [
    [{ symbol: 'XRPUSDT' }, 3013],
    [{ reduceOnly: true }, 3008],
    [{ price: '90000' }, 3010],
    [{ price: '60000.05' }, 2002],
    [{ quantity: '-1' }, 2002],
    [{ colour: 'red' }, 2002],
  ];
  for (const [changes, code] of refused) {
    expect(await post('preview', { ...order, ...changes }), JSON.stringify(changes)).toMatchObject({ code });
    expect(await post('place', { ...order, ...changes }), JSON.stringify(changes)).toMatchObject({ code });
  }
});

test('a key needs the permission to trade', async () => {
  const reader = await gateway.apiKey(trader.accessToken, { permissions: 1 });
  const sent = { method: 'POST', url: '/v1/private/order/preview', body: order } as const;
  expect(await gateway.call(reader, sent)).toMatchObject({ code: 3006 });
});
