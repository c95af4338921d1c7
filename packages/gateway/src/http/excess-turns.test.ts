import { randomBytes } from 'node:crypto';
import { createServer, IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { OrderGate } from '../limits/order-gate.ts';
import { RATE_LIMIT_DEFAULTS, RateLimits } from '../limits/rate-limits.ts';
import { placeOrder } from '../rest/order/place.ts';
import { REFUSALS_PER_TURN, refuseExcessOrders, WAITING_MAX } from './excess-orders.ts';
import { RequestIds } from './request-id.ts';

/** A server that is handed requests without a connection, and a gate that has no room until it is opened. */
async function crowded() {
  const gate = new OrderGate(1);
  const held = Promise.withResolvers<void>();
  const first = gate.pass(() => held.promise);
  const served: IncomingMessage[] = [];
  const server = createServer((request) => void served.push(request));
  let refused = 0;
  refuseExcessOrders(server, {
    venue: { orderGate: gate, limits: new RateLimits(RATE_LIMIT_DEFAULTS), clock: { nowMs: () => 0 } },
    endpoints: [placeOrder],
    ids: new RequestIds(randomBytes),
    addressOf: () => '127.0.0.1',
    isSecure: false,
    onAnswered: () => {
      refused += 1;
    },
  });
  const arrive = (): ServerResponse => {
    const request = new IncomingMessage(new Socket());
    Object.assign(request, { method: 'POST', url: placeOrder.route.path, headers: { host: 'here' } });
    const response = new ServerResponse(request);
    server.emit('request', request, response);
    return response;
  };
  return {
    arrive,
    refused: () => refused,
    served,
    open: async () => {
      held.resolve();
      await first;
    },
  };
}
const turn = () => new Promise(setImmediate);

test('so many are refused in a turn of the event loop, the others in the next ones', async () => {
  const { arrive, refused } = await crowded();
  for (let order = 0; order < 2 * REFUSALS_PER_TURN + 1; order++) arrive();
  expect(refused()).toBe(0);
  for (const sum of [REFUSALS_PER_TURN, 2 * REFUSALS_PER_TURN, 2 * REFUSALS_PER_TURN + 1]) {
    await turn();
    expect(refused()).toBe(sum);
  }
});

test('of those that wait, the ones whose turn comes when there is room are let in, and who has gone is passed over', async () => {
  const { arrive, refused, served, open } = await crowded();
  const waiting = Array.from({ length: REFUSALS_PER_TURN + 3 }, arrive);
  waiting.at(-1)?.destroy();
  await turn();
  expect([refused(), served.length]).toEqual([REFUSALS_PER_TURN, 0]);
  await open();
  await turn();
  expect([refused(), served.length]).toEqual([REFUSALS_PER_TURN, 2]);
  arrive();
  expect(served).toHaveLength(3);
});

test('no more wait than may: the next one is refused at once', async () => {
  const { arrive, refused } = await crowded();
  for (let order = 0; order < WAITING_MAX; order++) arrive();
  expect(refused()).toBe(0);
  arrive();
  expect(refused()).toBe(1);
});
