import { randomBytes } from 'node:crypto';
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { RATE_LIMIT_DEFAULTS, RateLimits } from '../limits/rate-limits.ts';
import type { CallLine } from '../logging/call-log.ts';
import { placeOrder } from '../rest/order/place.ts';
import { ExcessOrders, REFUSALS_PER_TURN, WAITING_MAX } from './excess-orders.ts';
import { RequestIds } from './request-id.ts';

/** Requests without a connection that are refused, and what was told of them. */
function excess() {
  const told: CallLine[] = [];
  const orders = new ExcessOrders({
    venue: { limits: new RateLimits(RATE_LIMIT_DEFAULTS), clock: { nowMs: () => 0 } },
    ids: new RequestIds(randomBytes),
    addressOf: () => '127.0.0.1',
    isSecure: false,
    onAnswered: (line) => told.push(line),
  });
  const arrive = (): ServerResponse => {
    const request = new IncomingMessage(new Socket());
    const response = new ServerResponse(request);
    orders.refuse({ endpoint: placeOrder, request, sinceMs: performance.now() }, response);
    return response;
  };
  return { arrive, told };
}
const turn = () => new Promise(setImmediate);

test('so many are refused in a turn of the event loop, the others in the next ones', async () => {
  const { arrive, told } = excess();
  for (let order = 0; order < 2 * REFUSALS_PER_TURN + 1; order++) arrive();
  expect(told).toHaveLength(0);
  for (const sum of [REFUSALS_PER_TURN, 2 * REFUSALS_PER_TURN, 2 * REFUSALS_PER_TURN + 1]) {
    await turn();
    expect(told).toHaveLength(sum);
  }
});

test('whoever has gone when the turn comes is passed over', async () => {
  const { arrive, told } = excess();
  const [gone] = [arrive(), arrive()];
  gone.destroy();
  await turn();
  expect(told).toHaveLength(1);
});

test('no more wait than may: the next one is refused at once', () => {
  const { arrive, told } = excess();
  for (let order = 0; order < WAITING_MAX; order++) arrive();
  expect(told).toHaveLength(0);
  arrive();
  expect(told).toHaveLength(1);
});
