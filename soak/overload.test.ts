import type { AddressInfo } from 'node:net';
import { operations } from '@openvenue/contract';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ORDERS_UNDER_WAY_MAX } from '../packages/gateway/src/limits/order-gate.ts';
import { OrderSocket, replyTo } from '../packages/gateway/src/testing/order-socket.ts';
import type { WsTestClient } from '../packages/gateway/src/testing/ws-test-client.ts';
import { EXCESS, type OverloadRound, soakOverload } from './overload/run.ts';

const RESTING = { symbol: 'BTCUSDT', type: 'LIMIT', side: 'BUY', price: '10000', quantity: '0.01' };
const ORDER = { ...RESTING, timeInForce: 'IOC' };
const WIDE = { perSecond: 100_000, burst: 100_000 };
const MORE_THAN_MAY = 100;
const ORDERS = ORDERS_UNDER_WAY_MAX + MORE_THAN_MAY;

describe('more orders at once than may be under way, while the log stands,', () => {
  let socket: OrderSocket;
  let trader: { readonly userId: number; readonly accessToken: string };
  let restingId: string;
  let goOn: () => void = () => undefined;

  beforeEach(async () => {
    socket = await OrderSocket.start({ config: { rateLimits: { order: WIDE } } });
    trader = await socket.gateway.trader();
    restingId = String((await post(operations.placeOrder.path, RESTING)).data['orderId']);
  });
  afterEach(async () => {
    goOn();
    await socket.stop();
  });

  async function post(path: string, body: object) {
    const { port } = socket.gateway.app.server.address() as AddressInfo;
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${trader.accessToken}` },
      body: JSON.stringify(body),
    });
    const { code, data = {} } = (await response.json()) as { code: number; data?: Record<string, unknown> };
    return { status: response.status, code, data };
  }

  /** Counts what is answered, and resolves as soon as all are refused for whom there is no room. */
  function refusals() {
    const { promise: refused, resolve } = Promise.withResolvers<void>();
    const codes = new Map<number, number>();
    const count = (code: number): void => {
      codes.set(code, (codes.get(code) ?? 0) + 1);
      if (codes.get(5002) === MORE_THAN_MAY) resolve();
    };
    return { refused, codes, count };
  }

  /** All were answered, those let in were done and no others. */
  function expectBounded(codes: ReadonlyMap<number, number>, recordedBefore: number): void {
    const [done = 0, refused = 0] = [codes.get(0), codes.get(5002)];
    expect(done + refused).toBe(ORDERS);
    expect(done).toBeGreaterThan(0);
    expect(done).toBeLessThanOrEqual(ORDERS_UNDER_WAY_MAX);
    const placed = socket.gateway.node.commands.slice(recordedBefore).filter(({ type }) => type === 'place-order');
    expect(placed).toHaveLength(done);
  }

  it('are refused over HTTP before it goes on; queries are answered, cancels done', async () => {
    const recordedBefore = socket.gateway.node.commands.length;
    goOn = socket.gateway.node.stall();
    const { refused, codes, count } = refusals();
    const all = Array.from({ length: ORDERS }, async () => count((await post(operations.placeOrder.path, ORDER)).code));
    await refused;
    expect(codes.get(0)).toBeUndefined();
    expect((await post(operations.previewOrder.path, ORDER)).code).toBe(0);
    const canceled = post(operations.cancelOrder.path, { symbol: ORDER.symbol, orderId: restingId });
    expect(await post(operations.placeOrder.path, ORDER)).toMatchObject({ status: 503, code: 5002 });
    goOn();
    expect(await canceled).toMatchObject({ code: 0, data: { status: 'CANCELED' } });
    await Promise.all(all);
    expectBounded(codes, recordedBefore);
    expect((await post(operations.placeOrder.path, ORDER)).code).toBe(0);
  });

  it('are refused over sockets before it goes on; cancels are done', async () => {
    const each = 50;
    const clients: WsTestClient[] = [];
    while (clients.length * each < ORDERS) clients.push(await socket.connect(await socket.gateway.trader()));
    const other = await socket.connect(trader);
    const recordedBefore = socket.gateway.node.commands.length;
    goOn = socket.gateway.node.stall();
    const { refused, codes, count } = refusals();
    const all = clients.map(async (client, place) => {
      const orders = Math.min(each, ORDERS - place * each);
      for (let order = 0; order < orders; order++) client.send({ id: `p${order}`, op: 'order.place', args: [ORDER] });
      for (let order = 0; order < orders; order++) {
        const { event, code } = await client.nextThat(({ id }) => id?.startsWith('p') === true);
        count(event === 'error' ? Number(code) : 0);
      }
    });
    await refused;
    expect(codes.get(0)).toBeUndefined();
    other.send({ id: 'c', op: 'order.cancel', args: [{ symbol: ORDER.symbol, orderId: restingId }] });
    other.send({ id: 'more', op: 'order.place', args: [ORDER] });
    expect(await replyTo(other, 'more')).toMatchObject({ event: 'error', code: 5002 });
    goOn();
    expect(await replyTo(other, 'c')).toMatchObject({ data: { status: 'CANCELED' } });
    await Promise.all(all);
    expectBounded(codes, recordedBefore);
  });
});

describe('the running venue, offered three times what it gets through,', () => {
  const SHAPE = { atCapacity: 64, connections: 1_024, factor: 3, measuredMs: 1_000, cancels: 20, rounds: 1 };
  let round: OverloadRound | undefined;
  beforeAll(async () => {
    [round] = await soakOverload(SHAPE);
  }, 120_000);

  it('answers every order: done, or refused as overload', () => {
    expect(round?.overload.acceptedPerSecond).toBeGreaterThan(0);
    for (const figures of [round?.capacity, round?.overload])
      expect(figures?.refused.filter(([reason]) => !EXCESS.has(reason))).toEqual([]);
  });

  it('serves all cancels, in bounded memory', () => {
    expect(round?.canceled).toBe(SHAPE.cancels);
    // The history's database and the heap grow to half of it as soon as there are orders.
    expect(round?.residentAfter).toBeLessThan(1_536 * 1_024 * 1_024);
  });
});
