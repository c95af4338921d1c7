import { afterEach, beforeEach, expect, test } from 'vitest';
import { TestGateway } from '../../testing/venue.ts';

const HOUR_MS = 3_600_000;

let gateway: TestGateway;
beforeEach(async () => {
  gateway = await TestGateway.start();
});
afterEach(() => gateway.close());

test('the status is the one that holds now: REDUCE_ONLY in the last hour of a symbol', async () => {
  const statuses = async () => {
    const { data } = await gateway.send({ url: '/v1/public/market/symbols' });
    return (data['list'] as { status: string }[]).map(({ status }) => status);
  };
  const atMs = gateway.clock.ms + 24 * HOUR_MS;
  await gateway.node.accepted({ type: 'delist-symbol', symbol: 'BTCUSDT', atMs }, 'done');
  expect(await statuses()).toEqual(['TRADING', 'TRADING']);
  gateway.clock.ms = atMs - HOUR_MS;
  await gateway.price('60000');
  expect(await statuses()).toEqual(['REDUCE_ONLY', 'TRADING']);
});
