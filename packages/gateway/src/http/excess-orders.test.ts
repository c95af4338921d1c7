import type { AddressInfo } from 'node:net';
import { operations } from '@openvenue/contract';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { OrderSocket, replyTo } from '../testing/order-socket.ts';
import type { WsMessage, WsTestClient } from '../testing/ws-test-client.ts';
import { REFUSALS_PER_TURN } from './excess-orders.ts';

const MAX = 4;
const ORDER = { symbol: 'BTCUSDT', type: 'LIMIT', side: 'BUY', price: '59900', quantity: '0.01' };
const OVERLOADED = {
  code: 5002,
  details: { rule: 'too many orders are under way; nothing was recorded, repeat the call later' },
};

let socket: OrderSocket;
let client: WsTestClient;
let accessToken: string;
let userId: number;
/** An order from before the overload. */
let orderId: string;
let goOn: () => void;

beforeEach(async () => {
  socket = await OrderSocket.start({ config: { maxOrdersUnderWay: MAX } });
  const trader = await socket.gateway.trader();
  ({ accessToken, userId } = trader);
  client = await socket.connect(trader);
  orderId = String((await post(operations.placeOrder.path, ORDER)).body.data.orderId);
  // The log stands, and as many orders as may wait for it.
  goOn = socket.gateway.node.stall();
  for (let order = 0; order < MAX; order++) client.send({ id: `o${order}`, op: 'order.place', args: [ORDER] });
  client.send({ id: 'fence', op: 'ping' });
  await replyTo(client, 'fence');
});
afterEach(async () => {
  goOn();
  await socket.stop();
});

/** Over the wire: what stands before the framework is not reached otherwise. */
async function post(path: string, body: object, headers: Readonly<Record<string, string>> = {}) {
  const { port } = socket.gateway.app.server.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${accessToken}`, ...headers },
    body: JSON.stringify(body),
  });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

const ordersPaths = Object.values(operations).filter(({ rateLimit }) => rateLimit === 'order');

describe('while as many orders are under way as may be', () => {
  test.each(ordersPaths.map(({ path }) => path))('%s is refused at once, and nothing is recorded', async (path) => {
    const before = socket.gateway.node.commands.length;
    const { status, headers, body } = await post(`${path}?a=1`, ORDER, { 'x-request-id': 'mine' });
    expect(status).toBe(503);
    expect(body).toEqual({ ...OVERLOADED, message: expect.any(String), requestId: 'mine' });
    expect(headers.get('x-request-id')).toBe('mine');
    expect(headers.get('retry-after')).toBe('1');
    expect(headers.get('x-ratelimit-limit')).toMatch(/^\d+$/);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(socket.gateway.node.commands).toHaveLength(before);
    expect(socket.lines.at(-1)).toMatchObject({ status: 503, code: 5002, route: path });
  });

  test('a page is refused with the headers that let it read the refusal', async () => {
    const { status, headers, body } = await post(operations.placeOrder.path, ORDER, {
      origin: 'https://partner.example',
    });
    expect([status, body.code]).toEqual([503, 5002]);
    expect(headers.get('access-control-allow-origin')).toBe('https://partner.example');
  });

  test('a connection goes on after a refusal whose body was not read', async () => {
    const large = { ...ORDER, placeType: 'x'.repeat(30_000) };
    for (let call = 0; call < 5; call++) expect((await post(operations.placeOrder.path, large)).status).toBe(503);
    expect((await post(operations.previewOrder.path, ORDER)).body.code).toBe(0);
  });

  test('all of many at once are refused, those that wait for it too', async () => {
    const many = 4 * REFUSALS_PER_TURN;
    const refused = await Promise.all(Array.from({ length: many }, () => post(operations.placeOrder.path, ORDER)));
    expect(refused.map(({ status }) => status)).toEqual(Array.from({ length: many }, () => 503));
  });

  test('orders of sockets are refused the same, amendments too', async () => {
    client.send({ id: 'more', op: 'order.place', args: [ORDER] });
    expect(await replyTo(client, 'more')).toMatchObject({ event: 'error', ...OVERLOADED });
    client.send({ id: 'move', op: 'order.move', args: [{ symbol: 'BTCUSDT', orderId, price: '59000' }] });
    expect(await replyTo(client, 'move')).toMatchObject({ event: 'error', ...OVERLOADED });
  });

  test('cancels are taken, over both ways, and done with the orders that were taken before them', async () => {
    client.send({ id: 'out', op: 'order.cancel', args: [{ symbol: 'BTCUSDT', orderId }] });
    const all = post(operations.batchCancelAllOrders.path, {});
    client.send({ id: 'fence', op: 'ping' });
    await replyTo(client, 'fence');
    goOn();
    // Replies come as they are ready.
    const replies = new Map<string, WsMessage>();
    while (replies.size <= MAX) {
      const reply = await client.nextThat(({ id }) => id !== undefined);
      replies.set(String(reply.id), reply);
    }
    for (let order = 0; order < MAX; order++) expect(replies.get(`o${order}`)).toMatchObject({ success: true });
    expect(replies.get('out')).toMatchObject({ event: 'order.cancel', data: { status: 'CANCELED' } });
    expect((await all).body.code).toBe(0);
    expect(socket.gateway.node.core.exchange.openOrders(userId)).toEqual([]);
  });

  test('queries are answered, and orders are taken again as soon as those before are done', async () => {
    expect((await post(operations.previewOrder.path, ORDER)).body.code).toBe(0);
    goOn();
    for (let order = 0; order < MAX; order++) await replyTo(client, `o${order}`);
    expect((await post(operations.placeOrder.path, ORDER)).body.code).toBe(0);
  });
});
