import { depthChecksum } from '@openvenue/contract';
import { describe, expect, it } from 'vitest';
import { REQUEST_INTERVAL_MS } from '../stream/topic-requests.ts';
import { topics } from '../stream/topics.ts';
import { streamScene } from '../testing/stream-scene.ts';
import { HEALS_MAX, openDepthBook } from './live-depth-book.ts';

const CUT = { levels: 20, intervalMs: 100 } as const;
const TOPIC = topics.depth('BTCUSDT', CUT);
type Level = [string, string];
const BIDS: Level[] = [['100', '1']];
const ASKS: Level[] = [['101', '2']];
const checksum = depthChecksum({ bids: BIDS, asks: ASKS });
const snapshot = (version: number) => ({
  type: 'snapshot',
  symbol: 'BTCUSDT',
  version,
  endVersion: version,
  bids: BIDS,
  asks: ASKS,
  checksum,
});
const update = (startVersion: number, more: object = {}) => ({
  type: 'update',
  startVersion,
  endVersion: startVersion,
  bids: [],
  asks: [],
  checksum,
  ...more,
});

async function scene() {
  const { stream, venue, clock } = streamScene();
  const book = openDepthBook(stream, { symbol: 'BTCUSDT', cut: CUT });
  const statuses: string[] = [];
  book.onChange(({ status }) => statuses.push(status));
  const connection = await venue.nextConnection();
  connection.accept();
  expect(await connection.acknowledge()).toMatchObject({ args: [TOPIC] });
  return { stream, venue, clock, book, statuses, connection };
}

describe('a live depth book', () => {
  it('lives from its snapshot on', async () => {
    const { book, statuses, connection } = await scene();
    expect([book.status, book.version]).toEqual(['waiting', undefined]);
    connection.pushTopic(TOPIC, snapshot(7));
    connection.pushTopic(TOPIC, update(8));
    expect([book.status, book.version]).toEqual(['live', 8]);
    expect(book.bids()).toEqual(BIDS);
    expect(book.grouped({ side: 'asks', increment: '10' })).toEqual([['110', '2']]);
    expect(statuses).toEqual(['live', 'live']);
  });

  it.each([
    ['a gap', update(9)],
    ['a checksum that does not fit', update(8, { checksum: 1 })],
  ])('is healed by a new subscription after %s', async (_name, broken) => {
    const { book, statuses, connection, clock } = await scene();
    connection.pushTopic(TOPIC, snapshot(7));
    connection.pushTopic(TOPIC, broken);
    expect([book.status, book.bids()]).toEqual(['waiting', []]);
    await clock.advance(REQUEST_INTERVAL_MS);
    expect(await connection.nextRequest()).toMatchObject({ op: 'subscribe', args: [TOPIC] });
    connection.pushTopic(TOPIC, update(10));
    expect(book.status).toBe('waiting');
    connection.pushTopic(TOPIC, snapshot(10));
    expect([book.status, book.version, book.heals]).toEqual(['live', 10, 1]);
    expect(statuses).toEqual(['live', 'waiting', 'live']);
  });

  it(`fails after ${HEALS_MAX} snapshots that did not help`, async () => {
    const { book, connection, clock } = await scene();
    for (let heal = 0; heal < HEALS_MAX; heal += 1) {
      connection.pushTopic(TOPIC, snapshot(7));
      connection.pushTopic(TOPIC, update(9));
      await clock.advance(REQUEST_INTERVAL_MS);
      await connection.acknowledge();
      expect(book.status).toBe('waiting');
    }
    connection.pushTopic(TOPIC, snapshot(7));
    connection.pushTopic(TOPIC, update(9));
    expect(book.status).toBe('failed');
    await clock.advance(REQUEST_INTERVAL_MS);
    expect(await connection.nextRequest()).toMatchObject({ op: 'unsubscribe' });
    connection.pushTopic(TOPIC, snapshot(9));
    expect(book.status).toBe('failed');
  });

  it('counts anew after updates that fit', async () => {
    const { book, connection, clock } = await scene();
    for (let heal = 0; heal < HEALS_MAX + 2; heal += 1) {
      connection.pushTopic(TOPIC, snapshot(7));
      connection.pushTopic(TOPIC, update(8));
      connection.pushTopic(TOPIC, update(10));
      await clock.advance(REQUEST_INTERVAL_MS);
      await connection.acknowledge();
    }
    expect([book.status, book.heals]).toEqual(['waiting', HEALS_MAX + 2]);
  });

  it('shows nothing while the connection is lost, and lives again after it', async () => {
    const { book, connection, clock, venue, statuses } = await scene();
    connection.pushTopic(TOPIC, snapshot(7));
    connection.end();
    expect([book.status, book.asks()]).toEqual(['waiting', []]);
    await clock.advance(250);
    const next = await venue.nextConnection();
    next.accept();
    await next.acknowledge();
    next.pushTopic(TOPIC, snapshot(3));
    expect([book.status, book.version, book.heals]).toEqual(['live', 3, 0]);
    expect(statuses).toEqual(['live', 'waiting', 'live']);
  });

  it('fails when the venue refuses the topic', async () => {
    const { stream, venue } = streamScene();
    const book = openDepthBook(stream, { symbol: 'NONE' });
    const connection = await venue.nextConnection();
    connection.accept();
    connection.refuse(3013, (await connection.nextRequest()).id);
    expect(book.status).toBe('failed');
    expect(book.error).toMatchObject({ code: 3013 });
  });

  it('ends with its levels as they are', async () => {
    const { book, connection, clock } = await scene();
    connection.pushTopic(TOPIC, snapshot(7));
    book.close();
    connection.pushTopic(TOPIC, update(8));
    expect([book.version, book.bids()]).toEqual([7, BIDS]);
    await clock.advance(REQUEST_INTERVAL_MS);
    expect(await connection.nextRequest()).toMatchObject({ op: 'unsubscribe', args: [TOPIC] });
  });
});
