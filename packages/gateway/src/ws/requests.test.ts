import { compileValidator, DepthPush, TickerPush, TickersPush, TradePush } from '@openvenue/contract';
import { afterEach, describe, expect, it } from 'vitest';
import { WsScene, type WsSceneOptions } from '../testing/ws-scene.ts';

let scene: WsScene;
afterEach(() => scene.stop());

async function connected(options?: WsSceneOptions) {
  scene = await WsScene.start(options);
  return scene.connect();
}

const TOPIC = 'market.depth.BTCUSDT';

describe('requests', () => {
  it('subscribe is acknowledged, then comes the current value of each topic', async () => {
    const client = await connected();
    const maker = scene.user('maker');
    const order = scene.venue.order({ side: 'BUY', price: '59999.9', quantity: '0.5' });
    scene.run({ type: 'place-order', actor: { userId: maker }, order });
    const topics = [TOPIC, 'market.trade.BTCUSDT', 'market.ticker.BTCUSDT', 'market.tickers'];
    client.send({ id: '7', op: 'subscribe', args: topics });
    expect(await client.next()).toEqual({ id: '7', event: 'subscribe', success: true, data: topics });
    const depth = await client.next();
    expect(depth).toMatchObject({
      topic: TOPIC,
      event: 'data',
      ts: scene.venue.timeMs,
      data: { type: 'snapshot', symbol: 'BTCUSDT', version: 1, endVersion: 1, bids: [['59999.9', '0.5']], asks: [] },
    });
    expect(compileValidator(DepthPush).validate(depth).ok).toBe(true);
    const trades = await client.next();
    expect(trades.data).toEqual({ list: [] });
    expect(compileValidator(TradePush).validate(trades).ok).toBe(true);
    const ticker = await client.next();
    expect(compileValidator(TickerPush).validate(ticker).ok).toBe(true);
    expect(ticker.data).toMatchObject({ markPrice: '60000', bestBid: '59999.9', bestBidQty: '0.5', bestAsk: '0' });
    const tickers = await client.next();
    expect(compileValidator(TickersPush).validate(tickers).ok).toBe(true);
    expect(tickers.data).toMatchObject({ list: [{ symbol: 'BTCUSDT' }, { symbol: 'ETHUSDT' }] });
  });

  it('ping is answered with the time, and a request needs no id', async () => {
    const client = await connected();
    client.send({ id: 'p', op: 'ping' });
    client.send({ op: 'ping' });
    expect(await client.next()).toEqual({ id: 'p', event: 'pong', success: true, ts: scene.venue.timeMs });
    expect(await client.next()).toEqual({ event: 'pong', success: true, ts: scene.venue.timeMs });
  });

  it.each([
    [
      { id: '1', op: 'jump' },
      { id: '1', code: 2002 },
    ],
    [{ id: '1' }, { id: '1', code: 2001 }],
    [
      { id: '1', op: 'subscribe' },
      { id: '1', code: 2001 },
    ],
    [
      { id: '1', op: 'subscribe', args: ['market.depths.BTCUSDT'] },
      { id: '1', code: 2002 },
    ],
    [
      { id: '1', op: 'subscribe', args: ['market.depth.BTCUSDT@7.100'] },
      { id: '1', code: 2002 },
    ],
    [
      { id: '1', op: 'subscribe', args: ['user.1188041528'] },
      { id: '1', code: 2002 },
    ],
    [
      { id: '1', op: 'subscribe', args: [TOPIC, 'market.trade.NOPEUSDT'] },
      {
        id: '1',
        code: 3013,
        details: { field: 'args[1]', value: 'market.trade.NOPEUSDT', rule: 'a topic of a listed symbol' },
      },
    ],
    [
      { id: '1', op: 'subscribe', args: ['market.kline.BTCUSDT.2m'] },
      { id: '1', code: 2002 },
    ],
    [{ id: 5, op: 'ping' }, { code: 2002 }],
    [[], { code: 2002 }],
  ])('%j is refused, subscribes nothing and leaves the connection open', async (request, reply) => {
    const client = await connected();
    client.send(request);
    const refusal = await client.next();
    expect(refusal).toMatchObject({ event: 'error', success: false, ...reply });
    expect(refusal).toHaveProperty('message');
    expect(await client.received()).toEqual([]);
  });

  it('unsubscribe is acknowledged, also for what was not subscribed', async () => {
    const client = await connected();
    client.subscribe(TOPIC);
    await client.received();
    client.send({ id: 'u', op: 'unsubscribe', args: [TOPIC, 'market.tickers'] });
    expect(await client.next()).toEqual({
      id: 'u',
      event: 'unsubscribe',
      success: true,
      data: [TOPIC, 'market.tickers'],
    });
  });

  it('subscribing anew brings a fresh snapshot', async () => {
    const client = await connected();
    client.subscribe(TOPIC);
    client.subscribe(TOPIC);
    const kinds = (await client.received()).map((message) => message.data?.['type'] ?? message.event);
    expect(kinds).toEqual(['subscribe', 'snapshot', 'subscribe', 'snapshot']);
  });

  it('a topic named twice in one request is sent once', async () => {
    const client = await connected();
    client.subscribe(TOPIC, TOPIC);
    expect(await client.received()).toHaveLength(2);
  });

  it('bad JSON twice in a row closes with 4000, with a good frame between not', async () => {
    const client = await connected();
    client.send('{"op":');
    client.send({ op: 'ping' });
    client.send('nonsense');
    expect((await client.received()).map((message) => message.code ?? message.event)).toEqual([2002, 'pong', 2002]);
    client.send('');
    client.send('{');
    expect(await client.next()).toMatchObject({ code: 2002 });
    expect(await client.next()).toMatchObject({ code: 2002 });
    expect(await client.closed).toMatchObject({ code: 4000 });
  });

  it('a binary frame is refused', async () => {
    const client = await connected();
    client.webSocket.send(Buffer.from('{"op":"ping"}'));
    expect(await client.next()).toMatchObject({ event: 'error', code: 2002 });
  });

  it('a frame above 64 KiB closes with 1009', async () => {
    const client = await connected();
    client.send('x'.repeat(65_537));
    expect(await client.closed).toMatchObject({ code: 1009 });
  });

  it('more topics than allowed are refused with 5003 as a whole', async () => {
    const client = await connected({ limits: { maxTopics: 2 } });
    client.subscribe(TOPIC, 'market.tickers');
    client.send({ id: 'more', op: 'subscribe', args: ['market.trade.BTCUSDT'] });
    client.send({ id: 'again', op: 'subscribe', args: [TOPIC] });
    const events = (await client.received()).map((message) => [message.id ?? message.topic, message.code]);
    expect(events).toEqual([
      ['s', undefined],
      [TOPIC, undefined],
      ['market.tickers', undefined],
      ['more', 5003],
      ['again', undefined],
      [TOPIC, undefined],
    ]);
  });

  it('the eleventh request of a second is refused with 5003, and names its id', async () => {
    const client = await connected();
    for (let n = 1; n <= 11; n++) client.send({ id: String(n), op: 'ping' });
    for (let n = 1; n <= 10; n++) expect(await client.next()).toMatchObject({ id: String(n), event: 'pong' });
    expect(await client.next()).toMatchObject({
      id: '11',
      event: 'error',
      code: 5003,
      details: { rule: 'at most 10 requests a second on a connection' },
    });
    scene.venue.timeMs += 100;
    client.send({ id: '12', op: 'ping' });
    expect(await client.next()).toMatchObject({ id: '12', event: 'pong' });
  });
});
