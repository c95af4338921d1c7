import { WS_LIMITS } from '@openvenue/contract';
import { describe, expect, it } from 'vitest';
import { BearerAuth } from '../auth/bearer-auth.ts';
import type { FakeConnection } from '../testing/index.ts';
import { streamScene, USER_ID } from '../testing/stream-scene.ts';
import { ORDER_TIMEOUT_MS, ORDERS_IN_FLIGHT_MAX } from './order-requests.ts';

const ORDER = { symbol: 'BTCUSDT', type: 'LIMIT', side: 'BUY', price: '60000', quantity: '0.01' } as const;
const REPLY = { orderId: '1', clientOrderId: 'bot:1', status: 'PENDING', timestamp: 5 };
/** Longer than the delays of these tests, shorter than the wait for a connection to open. */
const SOON_MS = 5_000;

const caught = (outcome: Promise<unknown>): Promise<unknown> => outcome.catch((error: unknown) => error);

async function scene() {
  const auth = new BearerAuth(async () => ({ accessToken: 't', accessExpire: 4_000_000_000 }));
  const all = streamScene({ auth });
  const connection = await all.venue.nextConnection();
  connection.accept(USER_ID);
  return { ...all, connection, orders: all.stream.orders };
}

/** Takes the next request and answers it as done. */
async function fulfil(connection: FakeConnection, data: object = REPLY) {
  const request = await connection.nextRequest();
  connection.push({ id: request.id, event: request.op, success: true, data });
  return request;
}

describe('orders on the stream', () => {
  it('go out as operations with one object and resolve to the order', async () => {
    const { connection, orders } = await scene();
    const placed = orders.place(ORDER);
    expect(await fulfil(connection)).toMatchObject({ op: 'order.place', args: [ORDER] });
    expect(await placed).toEqual(REPLY);
    const moved = orders.move({ symbol: 'BTCUSDT', orderId: '1', price: '60001' });
    expect(await fulfil(connection)).toMatchObject({ op: 'order.move', args: [{ orderId: '1', price: '60001' }] });
    expect(await moved).toEqual(REPLY);
    const canceled = orders.cancel({ symbol: 'BTCUSDT', orderId: '1' });
    expect(await fulfil(connection, { ...REPLY, status: 'CANCELED' })).toMatchObject({ op: 'order.cancel' });
    expect(await canceled).toMatchObject({ status: 'CANCELED' });
  });

  it('are told apart by their ids, whichever reply comes first', async () => {
    const { connection, orders } = await scene();
    const both = [orders.place(ORDER), orders.place(ORDER)];
    const first = await connection.nextRequest();
    await fulfil(connection, { ...REPLY, orderId: '2' });
    connection.push({ id: first.id, event: 'order.place', success: true, data: REPLY });
    expect(await Promise.all(both)).toMatchObject([{ orderId: '1' }, { orderId: '2' }]);
  });

  it('are refused with the error of the code, and the stream goes on', async () => {
    const { connection, orders, errors, stream } = await scene();
    const refused = caught(orders.place(ORDER));
    connection.refuse(3001, (await connection.nextRequest()).id);
    expect(await refused).toMatchObject({ name: 'InsufficientBalanceError', code: 3001 });
    expect([errors, stream.state]).toEqual([[], 'open']);
  });

  it('whose connection is lost before the reply have an unknown outcome', async () => {
    const { connection, orders } = await scene();
    const lost = caught(orders.place(ORDER));
    await connection.nextRequest();
    connection.end();
    expect(await lost).toMatchObject({ name: 'OutcomeUnknownError', operation: 'order.place', reason: 'network' });
  });

  it('have an unknown outcome, too, when the stream is closed, the reply is late or the caller gives up', async () => {
    const { clock, orders, stream, errors, connection } = await scene();
    const late = caught(orders.cancel({ symbol: 'BTCUSDT', orderId: '1' }, { timeoutMs: 1_000 }));
    const usual = caught(orders.place(ORDER));
    const controller = new AbortController();
    const given = caught(orders.place(ORDER, { signal: controller.signal }));
    controller.abort(new Error('stop'));
    expect(await given).toMatchObject({ name: 'OutcomeUnknownError', reason: 'aborted' });
    await clock.advance(1_000);
    expect(await late).toMatchObject({ name: 'OutcomeUnknownError', reason: 'timeout', operation: 'order.cancel' });
    await clock.advance(ORDER_TIMEOUT_MS - 1_000);
    expect(await usual).toMatchObject({ name: 'OutcomeUnknownError', reason: 'timeout' });
    const open = caught(orders.place(ORDER));
    for (const { id } of connection.takeRequests()) if (id !== undefined) connection.refuse(3001, id);
    expect(await open).toMatchObject({ code: 3001 });
    expect(errors).toEqual([]);
    const closed = caught(orders.place(ORDER));
    stream.close();
    expect(await closed).toMatchObject({ name: 'OutcomeUnknownError' });
    expect(clock.timers).toBe(0);
  });

  it('are not sent while the stream is not open', async () => {
    const { connection, orders } = await scene();
    connection.end();
    expect(await caught(orders.place(ORDER))).toMatchObject({ name: 'UnreachableError', operation: 'order.place' });
    const reason = new Error('stop');
    expect(await caught(orders.place(ORDER, { signal: AbortSignal.abort(reason) }))).toBe(reason);
  });

  it(`are at most ${ORDERS_IN_FLIGHT_MAX} at a time, which is what the venue takes`, async () => {
    expect(ORDERS_IN_FLIGHT_MAX).toBe(WS_LIMITS.ordersInFlightMax);
    const { connection, orders } = await scene();
    const all = Array.from({ length: ORDERS_IN_FLIGHT_MAX }, () => orders.place(ORDER));
    expect(await caught(orders.place(ORDER))).toBeInstanceOf(RangeError);
    for (const _ of all) await fulfil(connection);
    expect(await Promise.all(all)).toHaveLength(ORDERS_IN_FLIGHT_MAX);
    const again = orders.place(ORDER);
    await fulfil(connection);
    expect(await again).toEqual(REPLY);
  });

  it('placed safely are sent again on the next connection, under the same name', async () => {
    const { venue, clock, connection, orders } = await scene();
    const placed = orders.placeSafely(ORDER);
    const first = await connection.nextRequest();
    connection.end();
    await clock.advance(SOON_MS / 10);
    const next = await venue.nextConnection();
    next.accept(USER_ID);
    await clock.advance(SOON_MS);
    const second = await next.nextRequest();
    expect(second.args).toEqual(first.args);
    const [body] = second.args as readonly [{ readonly clientOrderId: string }];
    expect(body.clientOrderId).toMatch(/^[0-9a-f]{32}$/);
    const order = { ...ORDER, ...REPLY, ...body, positionSide: 'BOTH', updatedAt: 5 };
    next.push({ id: second.id, event: 'error', success: false, code: 3015, message: 'Duplicate', details: { order } });
    expect(await placed).toMatchObject({ orderId: '1', clientOrderId: body.clientOrderId });
  });
});
