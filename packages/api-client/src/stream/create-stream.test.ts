import { describe, expect, it } from 'vitest';
import { settled } from '../testing/index.ts';
import { streamScene } from '../testing/stream-scene.ts';
import { CONNECT_TIMEOUT_MS, PONG_TIMEOUT_MS, SILENCE_MS } from './connection.ts';
import { RECONNECT_DELAYS, STABLE_AFTER_MS } from './create-stream.ts';
import { REQUEST_INTERVAL_MS, TOPICS_MAX } from './topic-requests.ts';
import { topics } from './topics.ts';

const TRADES = topics.trade('BTCUSDT');
const ignore = { onData: () => undefined };

describe('a public stream', () => {
  it('opens by itself, without a credential', async () => {
    const { venue, stream, states } = streamScene();
    expect(stream.state).toBe('connecting');
    const connection = await venue.nextConnection();
    expect(connection.url.href).toBe('wss://venue.example/ws');
    connection.accept();
    expect(states).toEqual([{ state: 'open' }]);
  });

  it('subscribes what is asked for together with one request and hands the data out', async () => {
    const { venue, stream } = streamScene();
    const heard: [string, unknown, number][] = [];
    const ticker = topics.ticker('BTCUSDT');
    stream.subscribe(TRADES, { onData: (data, ts) => heard.push(['trade', data.list, ts]) });
    stream.subscribe(ticker, { onData: (data, ts) => heard.push(['ticker', data.lastPrice, ts]) });
    const connection = await venue.nextConnection();
    connection.accept();
    expect(await connection.acknowledge()).toMatchObject({ op: 'subscribe', args: [TRADES, ticker] });
    connection.pushTopic(TRADES, { list: [] }, 1);
    connection.pushTopic(ticker, { lastPrice: '60000' }, 2);
    connection.pushTopic('market.trade.OTHER', { list: [] }, 3);
    expect(heard).toEqual([
      ['trade', [], 1],
      ['ticker', '60000', 2],
    ]);
  });

  it('unsubscribes when the last listener leaves, and asks anew when another joins', async () => {
    const { venue, stream, clock } = streamScene();
    const first = stream.subscribe(TRADES, ignore);
    const connection = await venue.nextConnection();
    connection.accept();
    await connection.acknowledge();
    const second = stream.subscribe(TRADES, ignore);
    await clock.advance(REQUEST_INTERVAL_MS);
    expect(await connection.acknowledge()).toMatchObject({ op: 'subscribe', args: [TRADES] });
    first.close();
    await clock.advance(REQUEST_INTERVAL_MS);
    expect(connection.requests).toEqual([]);
    second.close();
    second.close();
    await clock.advance(REQUEST_INTERVAL_MS);
    expect(await connection.nextRequest()).toMatchObject({ op: 'unsubscribe', args: [TRADES] });
  });

  it('keeps requests apart', async () => {
    const { venue, stream, clock } = streamScene();
    const connection = await venue.nextConnection();
    connection.accept();
    const sentAtMs: number[] = [];
    for (let at = 0; at < 20; at += 1) {
      stream.subscribe(topics.trade(`S${at}`), ignore);
      await clock.advance(50);
      for (const request of connection.takeRequests()) {
        connection.confirm(request);
        sentAtMs.push(clock.nowMs());
      }
    }
    expect(sentAtMs.length).toBeGreaterThan(5);
    expect(sentAtMs.length).toBeLessThanOrEqual(1 + (20 * 50) / REQUEST_INTERVAL_MS);
  });

  it(`takes ${TOPICS_MAX} topics and no more`, () => {
    const { stream } = streamScene();
    for (let at = 0; at < TOPICS_MAX; at += 1) stream.subscribe(topics.trade(`S${at}`), ignore);
    expect(() => stream.subscribe(TRADES, ignore)).toThrow(RangeError);
    expect(() => stream.subscribe(topics.trade('S0'), ignore)).not.toThrow();
  });

  it('finds the topic that the venue refuses, and keeps the others', async () => {
    const { venue, stream, clock } = streamScene();
    const refused: [string, number][] = [];
    for (const symbol of ['A', 'B', 'BAD', 'C', 'D'])
      stream.subscribe(topics.trade(symbol), {
        onData: () => undefined,
        onRefused: ({ code }) => refused.push([symbol, code]),
      });
    const connection = await venue.nextConnection();
    connection.accept();
    const held = new Set<string>();
    for (let round = 0; round < 6; round += 1) {
      await clock.advance(REQUEST_INTERVAL_MS);
      for (const request of connection.takeRequests()) {
        const { id, args = [] } = request;
        if (args.includes(topics.trade('BAD'))) connection.refuse(3013, id);
        else {
          for (const topic of args) held.add(String(topic));
          connection.confirm(request);
        }
      }
    }
    expect(refused).toEqual([['BAD', 3013]]);
    expect([...held].sort()).toEqual(['A', 'B', 'C', 'D'].map(topics.trade));
    stream.subscribe(topics.trade('BAD'), ignore);
    await clock.advance(REQUEST_INTERVAL_MS);
    expect(connection.requests).toMatchObject([{ args: [topics.trade('BAD')] }]);
  });

  it('asks for all topics at once again when the connection ends in the middle of that search', async () => {
    const { venue, stream, clock } = streamScene();
    const names = ['A', 'B', 'BAD', 'C'].map(topics.trade);
    for (const name of names) stream.subscribe(name, ignore);
    const connection = await venue.nextConnection();
    connection.accept();
    connection.refuse(3013, (await connection.nextRequest()).id);
    connection.end();
    await clock.advance(RECONNECT_DELAYS.baseMs);
    const next = await venue.nextConnection();
    next.accept();
    expect(await next.nextRequest()).toMatchObject({ op: 'subscribe', args: names });
  });

  it('asks again when the venue refuses for the rate', async () => {
    const { venue, stream, clock, errors } = streamScene();
    stream.subscribe(TRADES, ignore);
    const connection = await venue.nextConnection();
    connection.accept();
    connection.refuse(5003, (await connection.nextRequest()).id);
    await clock.advance(999);
    expect(connection.requests).toEqual([]);
    await clock.advance(1);
    expect(await connection.acknowledge()).toMatchObject({ op: 'subscribe', args: [TRADES] });
    expect(errors).toEqual([]);
  });

  it('tells of an error that belongs to no request', async () => {
    const { venue, errors } = streamScene();
    const connection = await venue.nextConnection();
    connection.accept();
    connection.refuse(2002);
    expect(errors).toMatchObject([{ code: 2002 }]);
  });
});

describe('a lost connection', () => {
  it('comes back with longer and longer delays, and with its topics', async () => {
    const { venue, stream, clock, states } = streamScene();
    stream.subscribe(TRADES, ignore);
    let connection = await venue.nextConnection();
    connection.accept();
    await connection.acknowledge();
    connection.end();
    expect(stream.state).toBe('reconnecting');
    for (const delayMs of [250, 500, 1_000, 2_000, 4_000, 8_000, RECONNECT_DELAYS.maxMs, RECONNECT_DELAYS.maxMs]) {
      await clock.advance(delayMs - 1);
      expect(venue.untaken).toBe(0);
      await clock.advance(1);
      connection = await venue.nextConnection();
      connection.end();
    }
    await clock.advance(RECONNECT_DELAYS.maxMs);
    connection = await venue.nextConnection();
    connection.accept();
    expect(await connection.acknowledge()).toMatchObject({ op: 'subscribe', args: [TRADES] });
    expect(states.map(({ state }) => state)).toEqual(['open', 'reconnecting', 'open']);
  });

  it('starts the delays anew only after a connection that has held', async () => {
    const { venue, clock } = streamScene();
    let connection = await venue.nextConnection();
    for (const [heldMs, delayMs] of [
      [STABLE_AFTER_MS - 1, 250],
      [STABLE_AFTER_MS - 1, 500],
      [STABLE_AFTER_MS, 250],
    ] as const) {
      connection.accept();
      await clock.advance(heldMs);
      connection.end();
      await clock.advance(delayMs - 1);
      expect(venue.untaken).toBe(0);
      await clock.advance(1);
      connection = await venue.nextConnection();
    }
  });

  it('leaves half of every delay to chance', async () => {
    const { venue, clock } = streamScene({ random: () => 0 });
    (await venue.nextConnection()).end();
    await clock.advance(124);
    expect(venue.untaken).toBe(0);
    await clock.advance(1);
    expect(venue.untaken).toBe(1);
  });

  it('is found by its silence', async () => {
    const { venue, stream, clock } = streamScene();
    const connection = await venue.nextConnection();
    connection.accept();
    await clock.advance(SILENCE_MS);
    expect(await connection.nextRequest()).toEqual({ op: 'ping' });
    connection.push({ event: 'pong', success: true, ts: 1 });
    await clock.advance(PONG_TIMEOUT_MS + SILENCE_MS);
    expect(await connection.nextRequest()).toEqual({ op: 'ping' });
    await clock.advance(PONG_TIMEOUT_MS - 1);
    expect(stream.state).toBe('open');
    await clock.advance(1);
    expect(stream.state).toBe('reconnecting');
    expect(connection.isClosed).toBe(true);
  });

  it('is not taken for silent while data flows', async () => {
    const { venue, clock } = streamScene();
    const connection = await venue.nextConnection();
    connection.accept();
    for (let at = 0; at < 10; at += 1) {
      await clock.advance(SILENCE_MS - 1);
      connection.pushTopic(TRADES, { list: [] });
    }
    expect(connection.requests).toEqual([]);
  });

  it('that never opens is given up', async () => {
    const { venue, stream, clock } = streamScene();
    const connection = await venue.nextConnection();
    await clock.advance(CONNECT_TIMEOUT_MS);
    expect(connection.isClosed).toBe(true);
    connection.accept();
    expect(stream.state).toBe('connecting');
    await clock.advance(RECONNECT_DELAYS.baseMs);
    expect(venue.untaken).toBe(1);
  });

  it('that speaks no JSON is given up', async () => {
    const { venue, stream } = streamScene();
    const connection = await venue.nextConnection();
    connection.accept();
    connection.pushText('<html>');
    expect(stream.state).toBe('reconnecting');
  });
});

describe('a closed stream', () => {
  it('hears nothing, comes back no more and leaves no timer', async () => {
    const { venue, stream, clock, states } = streamScene();
    const heard: unknown[] = [];
    stream.subscribe(TRADES, { onData: (data) => heard.push(data) });
    const connection = await venue.nextConnection();
    connection.accept();
    await settled();
    stream.close();
    stream.close();
    connection.pushTopic(TRADES, { list: [] });
    connection.end();
    await clock.advance(600_000);
    expect(heard).toEqual([]);
    expect(states.map(({ state }) => state)).toEqual(['open', 'closed']);
    expect([venue.untaken, clock.timers]).toEqual([0, 0]);
    expect(() => stream.subscribe(TRADES, ignore)).toThrow('closed');
  });

  it('can be closed before it is open and while it waits', async () => {
    const early = streamScene();
    early.stream.close();
    await settled();
    expect(early.venue.untaken).toBe(0);
    const waiting = streamScene();
    (await waiting.venue.nextConnection()).end();
    waiting.stream.close();
    await waiting.clock.advance(60_000);
    expect([waiting.venue.untaken, waiting.clock.timers]).toEqual([0, 0]);
  });
});
