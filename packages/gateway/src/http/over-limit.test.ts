import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { errorOf, operations } from '@openvenue/contract';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { OrderSocket, replyTo } from '../testing/order-socket.ts';
import type { WsTestClient } from '../testing/ws-test-client.ts';

const ORDER = { symbol: 'BTCUSDT', type: 'LIMIT', side: 'BUY', price: '59900', quantity: '0.01' };
const BURST = 2;
const { code: RATE_LIMITED, message } = errorOf('RATE_LIMITED');
const { code: OVERLOADED } = errorOf('TEMPORARILY_UNAVAILABLE');

let socket: OrderSocket;
let agent: Agent;
/** Both call over one connection. */
let spender: { readonly accessToken: string };
let other: { readonly accessToken: string };
let [spenders, others]: WsTestClient[] = [];
let goOn: () => void;

beforeEach(async () => {
  socket = await OrderSocket.start({
    config: { maxOrdersUnderWay: 1, rateLimits: { order: { perSecond: 1, burst: BURST } } },
  });
  agent = new Agent({ keepAlive: true, maxSockets: 1 });
  spender = await socket.gateway.trader();
  other = await socket.gateway.trader();
  [spenders, others] = [await socket.connect(spender), await socket.connect(other)];
  for (let order = 0; order < BURST; order++) expect((await place(spender)).body).toMatchObject({ code: 0 });
  // The log stands, and the only place is taken.
  goOn = socket.gateway.node.stall();
  others.send({ id: 'under way', op: 'order.place', args: [ORDER] });
  others.send({ id: 'fence', op: 'ping' });
  await replyTo(others, 'fence');
});
afterEach(async () => {
  goOn();
  agent.destroy();
  await socket.stop();
});

async function place({ accessToken }: { readonly accessToken: string }) {
  const { port } = socket.gateway.app.server.address() as AddressInfo;
  const headers = {
    authorization: `Bearer ${accessToken}`,
    'content-type': 'application/json',
    'x-request-id': 'mine',
  };
  const sent = request({ agent, port, method: 'POST', path: operations.placeOrder.path, headers });
  sent.end(JSON.stringify(ORDER));
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  return { status: response.statusCode, headers: response.headers, body: await json(response) };
}

describe('whoever is over the own limit is told so before the load of all is', () => {
  test('over HTTP, where the connection has shown who it is', async () => {
    const { status, headers, body } = await place(spender);
    expect(status).toBe(429);
    expect(body).toEqual({ code: RATE_LIMITED, message, requestId: 'mine' });
    expect(headers).toMatchObject({
      'x-request-id': 'mine',
      'x-ratelimit-limit': String(BURST),
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': '2',
      'retry-after': '1',
    });
    const line = { status: 429, code: RATE_LIMITED, route: operations.placeOrder.path, requestId: 'mine' };
    expect(socket.lines.at(-1)).toMatchObject({ ...line, userId: expect.stringMatching(/^\d+$/) });
  });

  test('and nobody else on that connection', async () => {
    expect(await place(other)).toMatchObject({ status: 503, body: { code: OVERLOADED } });
    socket.gateway.clock.ms += 1_000;
    expect(await place(spender)).toMatchObject({ status: 503, body: { code: OVERLOADED } });
  });

  test('over a socket', async () => {
    for (const [client, code] of [
      [spenders, RATE_LIMITED],
      [others, OVERLOADED],
    ] as const) {
      client?.send({ id: 'more', op: 'order.place', args: [ORDER] });
      expect(client && (await replyTo(client, 'more'))).toMatchObject({ event: 'error', code });
    }
  });
});
