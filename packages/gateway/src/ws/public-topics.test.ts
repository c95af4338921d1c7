import type { Event } from '@openvenue/core';
import { SeededRandom } from '@openvenue/core/testing';
import { formatOnGrid, type PriceTicks, type QuantitySteps } from '@openvenue/money';
import { afterEach, describe, expect, it } from 'vitest';
import { BookReader } from '../testing/book-reader.ts';
import { WsScene } from '../testing/ws-scene.ts';
import type { WsMessage, WsTestClient } from '../testing/ws-test-client.ts';

let scene: WsScene;
afterEach(() => scene.stop());

const TOPICS = [
  { topic: 'market.depth.BTCUSDT', levels: undefined },
  { topic: 'market.depth.BTCUSDT@5.20', levels: 5 },
  { topic: 'market.depth.BTCUSDT@20.100', levels: 20 },
  { topic: 'market.depth.BTCUSDT@50.500', levels: 50 },
];

function bookOfCore(levels?: number) {
  const { tickSize, stepSize } = scene.venue.core.exchange.symbol('BTCUSDT')?.parameters ?? {
    tickSize: 0n,
    stepSize: 0n,
  };
  const depth = scene.venue.core.exchange.depth('BTCUSDT', levels);
  const texts = (side: readonly (readonly [number, number])[] = []) =>
    side.map(([price, quantity]) => [formatOnGrid(price, tickSize), formatOnGrid(quantity, stepSize)]);
  return { bids: texts(depth?.bids), asks: texts(depth?.asks) };
}

/** Reads until every topic's book is the core's. */
async function readUntilEqual(client: WsTestClient, readers: ReadonlyMap<string, BookReader>): Promise<void> {
  const isEqual = () =>
    TOPICS.every(({ topic, levels }) => {
      const reader = readers.get(topic);
      return reader === undefined || JSON.stringify(reader.book()) === JSON.stringify(bookOfCore(levels));
    });
  while (!isEqual()) {
    const message = await client.next();
    readers.get(message.topic ?? '')?.read(message);
  }
}

const listOf = (message?: WsMessage) => (message?.data?.['list'] ?? []) as { tradeId: string }[];
const newReaders = () => new Map(TOPICS.map(({ topic }) => [topic, new BookReader()]));
const isDepth = (message: WsMessage) => message.data?.['type'] !== undefined;

describe('depth', () => {
  it('snapshot and updates keep every depth and pace equal to the book of the core, also for who joins late', async () => {
    scene = await WsScene.start();
    const random = new SeededRandom(7);
    const users = [scene.user('alice'), scene.user('bob')];
    const act = () => {
      const userId = users[random.integer(0, 1)] ?? 0;
      const price = String(59_990 + random.integer(0, 199) / 10);
      const order = scene.venue.order({
        side: random.integer(0, 1) === 0 ? 'BUY' : 'SELL',
        price,
        quantity: String((1 + random.integer(0, 8)) / 1_000),
        more: { selfTradePrevention: 'CANCEL_MAKER' },
      });
      scene.run({ type: 'place-order', actor: { userId }, order });
      if (random.integer(0, 11) === 0) scene.run({ type: 'cancel-all-orders', actor: { userId } });
    };
    const client = await scene.connect();
    const readers = newReaders();
    client.subscribe(...TOPICS.map(({ topic }) => topic));
    const late = await scene.connect();
    const lateReaders = newReaders();
    for (let round = 0; round < 8; round++) {
      for (let n = 0; n < 40; n++) act();
      if (round === 4) late.subscribe(...TOPICS.map(({ topic }) => topic));
      await readUntilEqual(client, readers);
      if (round >= 4) await readUntilEqual(late, lateReaders);
    }
    for (const reader of [...readers.values(), ...lateReaders.values()]) {
      expect(reader.snapshots).toBe(1);
      expect(reader.updates).toBeGreaterThan(0);
    }
  });

  it('after the last reader has left, one who stays on another connection still gets updates', async () => {
    scene = await WsScene.start();
    const maker = scene.user('maker');
    const topic = 'market.depth.BTCUSDT@5.20';
    const leaver = await scene.connect();
    const stayer = await scene.connect();
    for (const client of [leaver, stayer]) {
      client.subscribe(topic);
      expect(await client.received()).toHaveLength(2);
    }
    leaver.send({ op: 'unsubscribe', args: [topic] });
    expect(await leaver.received()).toHaveLength(1);
    const order = scene.venue.order({ side: 'BUY', price: '59000', quantity: '1' });
    scene.run({ type: 'place-order', actor: { userId: maker }, order });
    expect(await stayer.nextThat(isDepth)).toMatchObject({ data: { type: 'update', startVersion: 1, endVersion: 1 } });
    expect(await leaver.received()).toEqual([]);
  });
});

describe('a reader that stalls', () => {
  const LEVELS = 12_000;
  let version = 0;
  const levelChanges = (quantity: number): Event[] =>
    Array.from({ length: LEVELS }, (_, n) => ({
      type: 'depth-changed',
      symbol: 'BTCUSDT',
      version: ++version,
      side: n < LEVELS / 2 ? 'BUY' : 'SELL',
      price: (n < LEVELS / 2 ? 500_000 + n : 600_000 + n) as PriceTicks,
      quantity: quantity as QuantitySteps,
    }));

  it('is passed over, and catches up without a gap when it reads again', async () => {
    scene = await WsScene.start({ limits: { slowBytes: 16_384, requestsPerSecond: 1_000 } });
    const [whole, best] = ['market.depth.BTCUSDT@200.20', 'market.depth.BTCUSDT@5.20'];
    version = 0;
    scene.feed(levelChanges(1));
    const stalled = await scene.connect();
    const prompt = await scene.connect();
    const all = 'market.depth.BTCUSDT';
    const stalledReaders = new Map([all, whole, best].map((topic) => [topic, new BookReader()]));
    const promptReaders = new Map([best].map((topic) => [topic, new BookReader()]));
    stalled.subscribe(all, whole, best);
    prompt.subscribe(best);
    for (let read = 0; read < stalledReaders.size; read++) {
      const message = await stalled.nextThat(isDepth);
      stalledReaders.get(message.topic ?? '')?.read(message);
    }
    stalled.webSocket.pause();
    // More snapshots than the system's socket buffers hold.
    for (let n = 0; n < 100; n++) stalled.subscribe(all);
    const prompter = promptReaders.get(best) as BookReader;
    for (let round = 2; round < 60; round++) {
      scene.feed(levelChanges(round));
      while (prompter.version < version) {
        const message = await prompt.next();
        if (isDepth(message)) prompter.read(message);
      }
    }
    stalled.webSocket.resume();
    scene.feed(levelChanges(60));
    while ([...stalledReaders.values()].some((reader) => reader.version < version)) {
      const message = await stalled.next();
      stalledReaders.get(message.topic ?? '')?.read(message);
    }
    while (prompter.version < version) {
      const message = await prompt.next();
      if (isDepth(message)) prompter.read(message);
    }
    const [allReader, wholeReader, bestReader] = [...stalledReaders.values()] as [BookReader, BookReader, BookReader];
    expect(bestReader.book()).toEqual(prompter.book());
    expect(bestReader.snapshots).toBe(1);
    expect(bestReader.longestSpan).toBeGreaterThan(2 * LEVELS);
    expect(bestReader.updates).toBeLessThan(prompter.updates);
    expect(wholeReader.book().bids).toHaveLength(200);
    expect(wholeReader.book().bids[0]).toEqual(['50599.9', '0.06']);
    expect(allReader.snapshots).toBeGreaterThanOrEqual(1);
    expect(allReader.book().asks).toHaveLength(LEVELS / 2);
    expect(stalled.webSocket.readyState).toBe(stalled.webSocket.OPEN);
  });
});

describe('trades', () => {
  let nextId = 0;
  const trades = (count: number): Event[] =>
    Array.from({ length: count }, () => ({
      type: 'trade',
      symbol: 'BTCUSDT',
      tradeId: ++nextId,
      price: 600_000 as PriceTicks,
      quantity: 5 as QuantitySteps,
      takerSide: 'SELL',
      makerOrderId: 1,
      takerOrderId: 2,
      atMs: scene.venue.timeMs,
    }));

  it('the last 50 come at once, then every trade once and in order, however many a batch has', async () => {
    scene = await WsScene.start();
    nextId = 0;
    scene.feed(trades(60));
    const client = await scene.connect();
    client.subscribe('market.trade.BTCUSDT');
    await client.next();
    const seen = listOf(await client.next());
    expect(seen).toHaveLength(50);
    expect(seen[0]).toEqual({
      tradeId: '2000000000000000011',
      price: '60000',
      quantity: '0.005',
      side: 'SELL',
      ts: scene.venue.timeMs,
    });
    scene.feed(trades(1_205));
    while (seen.length < 1_255) seen.push(...listOf(await client.next()));
    expect(seen.map(({ tradeId }) => Number(tradeId.slice(1)))).toEqual(
      Array.from({ length: 1_255 }, (_, n) => n + 11),
    );
  });

  it('a reader that joins between two messages gets no trade twice', async () => {
    scene = await WsScene.start({ limits: { tradeIntervalMs: 500 } });
    nextId = 0;
    const [first, second] = [await scene.connect(), await scene.connect()];
    first.subscribe('market.trade.BTCUSDT');
    await first.received();
    scene.feed(trades(1));
    await first.next();
    scene.feed(trades(3));
    second.subscribe('market.trade.BTCUSDT');
    await second.next();
    const seen = listOf(await second.next());
    expect(seen).toHaveLength(1);
    while (seen.length < 4) seen.push(...listOf(await second.next()));
    scene.feed(trades(2));
    while (seen.length < 6) seen.push(...listOf(await second.next()));
    expect(seen.map(({ tradeId }) => Number(tradeId.slice(1)))).toEqual([1, 2, 3, 4, 5, 6]);
  });
});

describe('tickers', () => {
  it('tell what changed: the ticker of the symbol, and in the list only that symbol', async () => {
    scene = await WsScene.start();
    const client = await scene.connect();
    client.subscribe('market.ticker.BTCUSDT', 'market.tickers');
    await client.received();
    const { venue } = scene;
    const [buyer, seller] = [scene.user('buyer'), scene.user('seller')];
    for (const [userId, side] of [
      [seller, 'SELL'],
      [buyer, 'BUY'],
    ] as const)
      scene.run({
        type: 'place-order',
        actor: { userId },
        order: venue.order({ side, price: '60010', quantity: '0.1' }),
      });
    const expected = {
      symbol: 'BTCUSDT',
      lastPrice: '60010',
      markPrice: '60000',
      indexPrice: '60000',
      openPrice: '60010',
      volume: '0.1',
      quoteVolume: '6001',
      priceChange: '0',
      priceChangePercent: '0',
      bestBid: '0',
      bestAsk: '0',
      fundingRate: '0.0001',
      nextFundingTime: 1_772_006_400_000,
      openInterest: '0.1',
    };
    const seen = [await client.next(), await client.next()];
    expect(seen.find((each) => each.topic === 'market.ticker.BTCUSDT')?.data).toMatchObject(expected);
    const list = listOf(seen.find((each) => each.topic === 'market.tickers'));
    expect(list).toHaveLength(1);
    expect(list[0]).toMatchObject(expected);
  });
});
