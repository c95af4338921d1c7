import { PERMISSION } from '@openvenue/contract';
import { NodeStoppedError, OutcomeUnknownError } from '@openvenue/sequencer';
import { afterEach, describe, expect, it } from 'vitest';
import { OrderSocket, type OrderSocketOptions, replyTo } from '../testing/order-socket.ts';
import type { Reply } from '../testing/venue.ts';
import type { WsTestClient } from '../testing/ws-test-client.ts';

let socket: OrderSocket;
afterEach(() => socket.stop());

const LIMIT = { symbol: 'BTCUSDT', type: 'LIMIT', side: 'BUY', price: '59900', quantity: '0.01' };

/** A trader with a private connection. */
async function connected(options?: OrderSocketOptions) {
  socket = await OrderSocket.start(options);
  const trader = await socket.gateway.trader();
  const client = await socket.connect(trader);
  return { trader, client };
}

let requests = 0;
/** Sends one operation and reads its reply. */
async function ask(client: WsTestClient, op: string, ...args: readonly unknown[]) {
  const id = `q${++requests}`;
  client.send({ id, op, ...(args.length === 0 ? {} : { args }) });
  return replyTo(client, id);
}

const rest = (credential: { readonly accessToken: string }, action: string, body: object): Promise<Reply> =>
  socket.gateway.call(credential, { method: 'POST', url: `/v1/private/order/${action}`, body });

describe('order operations', () => {
  it('place, move and cancel an order, each answered as over REST', async () => {
    const { trader, client } = await connected();
    const placed = await ask(client, 'order.place', { ...LIMIT, clientOrderId: 'bot:1' });
    const orderId = String(placed.data?.['orderId']);
    expect(placed).toMatchObject({
      event: 'order.place',
      success: true,
      data: { clientOrderId: 'bot:1', status: 'PENDING', timestamp: socket.gateway.clock.ms },
    });
    const moved = await ask(client, 'order.move', { symbol: 'BTCUSDT', orderId, price: '59800' });
    expect(moved).toMatchObject({ event: 'order.move', data: { orderId, status: 'PENDING' } });
    const url = `/v1/private/order?symbol=BTCUSDT&orderId=${orderId}`;
    expect(await socket.gateway.call(trader, { url })).toMatchObject({ data: { price: '59800', status: 'PENDING' } });
    const canceled = await ask(client, 'order.cancel', { symbol: 'BTCUSDT', clientOrderId: 'bot:1' });
    expect(canceled).toMatchObject({ event: 'order.cancel', data: { orderId, status: 'CANCELED' } });
  });

  it('are sequenced in the order of their frames, however many are under way', async () => {
    const { client } = await connected();
    for (let n = 0; n < 50; n += 1) {
      const clientOrderId = `row-${n}`;
      client.send({ id: `p${n}`, op: 'order.place', args: [{ ...LIMIT, clientOrderId }] });
      client.send({ id: `c${n}`, op: 'order.cancel', args: [{ symbol: 'BTCUSDT', clientOrderId }] });
    }
    for (let n = 0; n < 50; n += 1)
      expect(await replyTo(client, `c${n}`)).toMatchObject({ success: true, data: { status: 'CANCELED' } });
  });

  it.each([
    ['order.place', { ...LIMIT, price: '59900.05' }],
    ['order.place', { ...LIMIT, reduceonly: true }],
    ['order.place', { ...LIMIT, quantity: '1000' }],
    ['order.place', { ...LIMIT, price: '10' }],
    ['order.place', { ...LIMIT, symbol: 'NOPEUSDT' }],
    ['order.place', 'order'],
    ['order.place', null],
    ['order.move', { symbol: 'BTCUSDT', orderId: '1000000000000000001' }],
    ['order.move', { symbol: 'BTCUSDT', orderId: '1000000000000000999', price: '1' }],
    ['order.cancel', { symbol: 'BTCUSDT' }],
    ['order.cancel', { symbol: 'BTCUSDT', orderId: '7' }],
  ])('%s of %j is refused with the code and the details of REST', async (op, body) => {
    const { trader, client } = await connected();
    const text = JSON.stringify(body);
    const overRest = await socket.gateway.call(trader, {
      method: 'POST',
      url: `/v1/private/${op.replace('.', '/')}`,
      body: text,
    });
    const refused = await ask(client, op, body);
    expect(overRest.code).toBeGreaterThan(0);
    const { code, message } = overRest;
    expect(refused).toMatchObject({ event: 'error', success: false, code, message });
    expect(refused['details'] ?? {}).toEqual(overRest.details);
  });

  it('repeated with one clientOrderId place one order, over either way', async () => {
    const { trader, client } = await connected();
    const order = { ...LIMIT, clientOrderId: 'once' };
    const placed = await ask(client, 'order.place', order);
    const again = await ask(client, 'order.place', order);
    expect(again).toMatchObject({ code: 3015, details: { order: { orderId: placed.data?.['orderId'] } } });
    expect(await rest(trader, 'place', order)).toMatchObject({ code: 3015 });
  });

  it('wait for the log, and say when its answer never comes', async () => {
    const { client } = await connected();
    const { node } = socket.gateway;
    node.refuseNext(new OutcomeUnknownError(new Error('disk')));
    expect(await ask(client, 'order.place', LIMIT)).toMatchObject({
      code: 5002,
      details: { rule: 'the outcome is not known; ask for it before repeating' },
    });
    node.refuseNext(new NodeStoppedError('the node is closing'));
    expect(await ask(client, 'order.place', LIMIT)).toMatchObject({
      code: 5002,
      details: { rule: 'nothing was recorded; repeat the call later' },
    });
    const goOn = node.stall();
    client.send({ id: 'late', op: 'order.place', args: [LIMIT] });
    expect(await client.received()).toEqual([]);
    goOn();
    expect(await replyTo(client, 'late')).toMatchObject({ success: true });
  });

  it('answer a bug with 5001 and report it', async () => {
    const { client } = await connected();
    const bug = new Error('bug');
    socket.gateway.node.refuseNext(bug);
    expect(await ask(client, 'order.place', LIMIT)).toMatchObject({ code: 5001 });
    expect(socket.errors).toEqual([bug]);
  });

  it('are counted and logged as calls', async () => {
    const { client } = await connected();
    socket.lines.length = 0;
    await ask(client, 'order.place', LIMIT);
    await ask(client, 'order.cancel', { symbol: 'BTCUSDT', orderId: '7' });
    expect(socket.lines).toMatchObject([
      { method: 'WS', route: 'order.place', status: 200, code: 0, userId: expect.stringMatching(/^\d{10}$/) },
      { method: 'WS', route: 'order.cancel', status: 200, code: 3003 },
    ]);
  });
});

describe('who may send orders', () => {
  it('nobody on a public connection (3006)', async () => {
    socket = await OrderSocket.start();
    const client = await socket.connectTo('/ws');
    for (const op of ['order.place', 'order.cancel', 'order.move'])
      expect(await ask(client, op, LIMIT)).toMatchObject({ event: 'error', code: 3006 });
  });

  it('a key with trade, but not one that only reads, nor one that has lost it meanwhile', async () => {
    socket = await OrderSocket.start();
    const { gateway } = socket;
    const trader = await gateway.trader();
    const reader = await socket.connect(await gateway.apiKey(trader.accessToken, { permissions: PERMISSION.READ }));
    expect(await ask(reader, 'order.place', LIMIT)).toMatchObject({
      code: 3006,
      details: { rule: 'an API key with permission trade' },
    });
    const bot = await socket.connect(await gateway.apiKey(trader.accessToken));
    expect(await ask(bot, 'order.place', LIMIT)).toMatchObject({ success: true });
    const list = await gateway.call(trader, { url: '/v1/private/user/api-key/list' });
    const keys = list.data['list'] as readonly { readonly id: string; readonly permissions: number }[];
    const id = keys.find(({ permissions }) => permissions === 3)?.id;
    const body = { id, permissions: PERMISSION.READ };
    await gateway.call(trader, { method: 'PUT', url: '/v1/private/user/api-key/update', body });
    expect(await ask(bot, 'order.place', LIMIT)).toMatchObject({ code: 3006 });
  });

  it.each([
    ['10.1.2.3', undefined],
    ['10.1.3.3', 1006],
  ])('a key with an allow-list from within it: %s', async (ip, code) => {
    socket = await OrderSocket.start({ ip });
    const { gateway } = socket;
    const trader = await gateway.trader();
    const key = await gateway.apiKey(trader.accessToken, { ipWhitelist: ['10.1.2.0/24', '127.0.0.1'] });
    const client = await socket.connect(key);
    const reply = await ask(client, 'order.place', LIMIT);
    expect(reply.code).toBe(code);
  });

  it('nobody whose session has ended', async () => {
    const { trader, client } = await connected();
    await socket.gateway.call(trader, {
      method: 'POST',
      url: '/v1/private/user/logout',
      headers: { cookie: trader.cookie },
    });
    client.send({ id: 'late', op: 'order.place', args: [LIMIT] });
    expect(await client.closed).toMatchObject({ code: 4002 });
  });
});

describe('limits of order operations', () => {
  const order = { perSecond: 1, burst: 3 };

  it('share the buckets of the REST calls, cancels apart, and leave the request limit alone', async () => {
    const { trader, client } = await connected({ config: { rateLimits: { order } }, limits: { requestsPerSecond: 1 } });
    const first = await ask(client, 'order.place', LIMIT);
    expect(await rest(trader, 'place', LIMIT)).toMatchObject({ code: 0 });
    expect(await ask(client, 'order.place', { symbol: 7 })).toMatchObject({ code: 2001 });
    expect(await ask(client, 'order.place', LIMIT)).toMatchObject({ code: 5003 });
    expect(await rest(trader, 'place', LIMIT)).toMatchObject({ code: 5003 });
    const cancel = { symbol: 'BTCUSDT', orderId: first.data?.['orderId'] };
    expect(await ask(client, 'order.cancel', cancel)).toMatchObject({ success: true });
    expect(await ask(client, 'ping')).toMatchObject({ event: 'pong' });
    expect(await ask(client, 'ping')).toMatchObject({ code: 5003 });
  });

  it('count malformed ones: without its one object an operation is a request like any other', async () => {
    const { client } = await connected({ limits: { requestsPerSecond: 2 } });
    expect(await ask(client, 'order.place', LIMIT, LIMIT)).toMatchObject({ code: 2003, details: { field: 'args' } });
    client.send({ id: 'bare', op: 'order.place' });
    expect(await replyTo(client, 'bare')).toMatchObject({ code: 2001, details: { field: 'args' } });
    expect(await ask(client, 'order.place', LIMIT, LIMIT)).toMatchObject({ code: 5003 });
  });

  it('count frames longer than an order can be as requests before they are read', async () => {
    const { client } = await connected({ limits: { requestsPerSecond: 1 } });
    const order = { ...LIMIT, placeType: 'x'.repeat(5_000) };
    expect(await ask(client, 'order.place', order)).toMatchObject({ code: 2003, details: { field: 'placeType' } });
    client.send({ op: 'order.place', args: [order] });
    expect(await client.nextThat(({ event }) => event === 'error')).toMatchObject({ code: 5003 });
  });

  it('bound the operations under way on one connection', async () => {
    const { client } = await connected({ limits: { maxOrdersInFlight: 2 } });
    const goOn = socket.gateway.node.stall();
    for (const id of ['1', '2', '3']) client.send({ id, op: 'order.place', args: [LIMIT] });
    expect(await replyTo(client, '3')).toMatchObject({
      code: 5003,
      details: { rule: expect.stringMatching(/at most 2/) },
    });
    goOn();
    for (const id of ['1', '2']) expect(await replyTo(client, id)).toMatchObject({ success: true });
    expect(await ask(client, 'order.place', LIMIT)).toMatchObject({ success: true });
  });
});

it('a stop of the venue answers the orders it has taken and refuses new ones before it closes', async () => {
  const { client } = await connected();
  const goOn = socket.gateway.node.stall();
  client.send({ id: 'taken', op: 'order.place', args: [LIMIT] });
  await client.received();
  const closing = socket.closeSocket();
  expect(await ask(client, 'order.place', LIMIT)).toMatchObject({ code: 5002 });
  goOn();
  expect(await replyTo(client, 'taken')).toMatchObject({ success: true });
  await closing;
  expect(await client.closed).toMatchObject({ code: 1001 });
});
