import type { Event } from '@openvenue/core';
import type { PriceTicks, QuantitySteps } from '@openvenue/money';
import { SymbolCandles } from '@openvenue/views';
import { afterEach, describe, expect, it } from 'vitest';
import { WsScene } from '../../testing/ws-scene.ts';
import { KEPT_CLOSED_CANDLES, KlineTopic } from './kline-topic.ts';

const MINUTE_MS = 60_000;
const START_MS = 1_772_007_780_000;
const GRID = { tickSize: 10_000_000n, stepSize: 100_000n };

const trade = (price: number, atMs: number) => ({
  price: price as PriceTicks,
  quantity: 5 as QuantitySteps,
  atMs,
});

function opened() {
  const candles = new SymbolCandles({ nowMs: START_MS, last: 0 as PriceTicks });
  const topic = new KlineTopic(candles, { symbol: 'BTCUSDT', interval: '1m' }, GRID);
  return { candles, topic };
}

/** Minute since the start, close, and whether it is closed. */
function read(data: string | undefined): string | undefined {
  if (data === undefined) return undefined;
  const { openTime, close, closed } = JSON.parse(data) as { openTime: number; close: string; closed: boolean };
  return `${(openTime - START_MS) / MINUTE_MS} ${close} ${closed}`;
}

describe('what is published', () => {
  it('is nothing before the first trade, then each closed candle once and in order, and the running one when it changes', () => {
    const { candles, topic } = opened();
    expect(topic.current()).toBeUndefined();
    expect(topic.advance()).toBeUndefined();
    candles.traded(trade(70, START_MS), 1);
    expect(read(topic.advance())).toBe('0 7 false');
    expect(topic.advance()).toBeUndefined();
    candles.traded(trade(80, START_MS + 3 * MINUTE_MS), 2);
    const seen = Array.from({ length: 5 }, () => read(topic.advance()));
    expect(seen).toEqual(['0 7 true', '1 7 true', '2 7 true', '3 8 false', undefined]);
    topic.close();
    candles.advance(START_MS + 9 * MINUTE_MS);
    expect(read(topic.advance())).toBe('9 8 false');
  });

  it('has all fields as decimals', () => {
    const { candles, topic } = opened();
    candles.traded(trade(70, START_MS), 1);
    candles.traded(trade(60, START_MS), 1);
    expect(JSON.parse(topic.advance() ?? '')).toEqual({
      symbol: 'BTCUSDT',
      interval: '1m',
      openTime: START_MS,
      open: '7',
      high: '7',
      low: '6',
      close: '6',
      volume: '0.01',
      quoteVolume: '0.065',
      closeTime: START_MS + MINUTE_MS - 1,
      closed: false,
    });
  });

  it('is no more than is kept when time leaps', () => {
    const { candles, topic } = opened();
    candles.traded(trade(70, START_MS), 1);
    candles.advance(START_MS + 500 * MINUTE_MS);
    let closed = 0;
    while (read(topic.advance())?.endsWith('true')) closed++;
    expect(closed).toBe(KEPT_CLOSED_CANDLES);
  });
});

describe('a reader', () => {
  it('that joins while a closed candle waits sees that candle open first', () => {
    const { candles, topic } = opened();
    candles.traded(trade(70, START_MS), 1);
    candles.advance(START_MS + MINUTE_MS);
    expect(read(topic.current())).toBe('0 7 false');
    expect(read(topic.advance())).toBe('0 7 true');
    expect(read(topic.current())).toBe('1 7 false');
  });

  it('that lags gets every closed candle and the newest state, and a new start when too many are gone', () => {
    const { candles, topic } = opened();
    candles.traded(trade(70, START_MS), 1);
    topic.advance();
    const left = topic.position;
    for (let minute = 1; minute <= 3; minute++) {
      candles.traded(trade(70 + minute, START_MS + minute * MINUTE_MS), 1);
      while (topic.advance() !== undefined) {}
    }
    const seen: (string | undefined)[] = [];
    for (let position = left; position < topic.position; position = topic.reaches(position))
      seen.push(read(topic.since(position)));
    expect(seen).toEqual(['0 7 true', '1 7.1 true', '2 7.2 true', '3 7.3 false']);
    candles.advance(START_MS + 90 * MINUTE_MS);
    while (topic.advance() !== undefined) {}
    candles.advance(START_MS + 180 * MINUTE_MS);
    while (topic.advance() !== undefined) {}
    expect(topic.since(left)).toBeUndefined();
    expect(topic.reaches(left)).toBe(topic.position);
  });
});

describe('on a socket', () => {
  let scene: WsScene;
  afterEach(() => scene.stop());

  const tradeEvent = (price: number): Event => ({
    type: 'trade',
    symbol: 'BTCUSDT',
    tradeId: 1,
    takerSide: 'BUY',
    makerOrderId: 1,
    takerOrderId: 2,
    ...trade(price, scene.venue.timeMs),
  });

  it('the current candle comes at once, then its changes, then closed once', async () => {
    scene = await WsScene.start();
    const client = await scene.connect();
    const [early, hour] = ['market.kline.ETHUSDT.1m', 'market.kline.BTCUSDT.1h'];
    client.subscribe(early, hour);
    expect(await client.received()).toHaveLength(1);
    scene.feed([tradeEvent(600_000)]);
    expect(await client.next()).toMatchObject({ topic: hour, data: { open: '60000', closed: false } });
    client.send({ op: 'unsubscribe', args: [hour] });
    client.subscribe('market.kline.BTCUSDT.3m');
    await client.nextThat(({ event }) => event === 'subscribe');
    const current = await client.next();
    expect(current).toMatchObject({ topic: 'market.kline.BTCUSDT.3m', event: 'data', data: { close: '60000' } });
    const { openTime } = current.data as { openTime: number };
    scene.venue.timeMs = openTime + 180_000;
    scene.feed([tradeEvent(600_010)]);
    expect((await client.next()).data).toEqual({ ...current.data, closed: true });
    expect((await client.next()).data).toMatchObject({ openTime: openTime + 180_000, open: '60001', closed: false });
  });
});
