import type { Side } from '@openvenue/core';
import type { PriceTicks, QuantitySteps } from '@openvenue/money';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DepthFeed, type DepthSnapshot, MAX_CHANGED_PRICES } from './depth-feed.ts';
import type { DepthUpdate } from './depth-update.ts';
import type { Level } from './side-levels.ts';
import { SymbolBook } from './symbol-book.ts';
import { MAX_KEPT_LEVELS, MAX_KEPT_UPDATES } from './update-history.ts';

const price = (n: number) => n as PriceTicks;
const quantity = (n: number) => n as QuantitySteps;

/** A book as a naive oracle: a map and a sort. */
class OracleBook {
  readonly levels = { BUY: new Map<number, number>(), SELL: new Map<number, number>() };
  set(side: Side, at: number, size: number): void {
    if (size === 0) this.levels[side].delete(at);
    else this.levels[side].set(at, size);
  }
  best(count = Number.POSITIVE_INFINITY): { bids: number[][]; asks: number[][] } {
    return {
      bids: [...this.levels.BUY].sort((a, b) => b[0] - a[0]).slice(0, count),
      asks: [...this.levels.SELL].sort((a, b) => a[0] - b[0]).slice(0, count),
    };
  }
}

/** A reader that knows nothing but messages and refuses gaps. */
class Reader {
  readonly book = new OracleBook();
  version: number;
  constructor(snapshot: DepthSnapshot) {
    this.version = snapshot.version;
    this.#take('BUY', snapshot.bids);
    this.#take('SELL', snapshot.asks);
  }
  read(update: DepthUpdate): void {
    expect(update.startVersion).toBe(this.version + 1);
    expect(update.endVersion).toBeGreaterThanOrEqual(update.startVersion);
    this.version = update.endVersion;
    this.#take('BUY', update.bids);
    this.#take('SELL', update.asks);
  }
  #take(side: Side, levels: readonly Level[]): void {
    for (const [at, size] of levels) this.book.set(side, at, size);
  }
}

class Scene {
  readonly oracle = new OracleBook();
  readonly book = new SymbolBook('BTCUSDT');
  change(side: Side, at: number, size: number): void {
    this.oracle.set(side, at, size);
    this.book.apply({
      type: 'depth-changed',
      symbol: 'BTCUSDT',
      version: this.book.version + 1,
      side,
      price: price(at),
      quantity: quantity(size),
    });
  }
}

const change = fc.record({
  kind: fc.constant('change' as const),
  side: fc.constantFrom<Side>('BUY', 'SELL'),
  at: fc.integer({ min: 1, max: 40 }),
  size: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 3 })),
});
const step = fc.oneof(
  { weight: 6, arbitrary: change },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('collect' as const), feed: fc.nat(3) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('join' as const), feed: fc.nat(3), late: fc.boolean() }) },
);
const DEPTHS = [undefined, 3, 5, 20];

describe('conflated depth', () => {
  it('snapshot and updates make the very book, for every depth, pace, late joiner and slow reader', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 300 }), (steps) => {
        const scene = new Scene();
        const feeds = DEPTHS.map((levels) => ({ levels, feed: new DepthFeed(scene.book, levels) }));
        const readers = feeds.map(({ feed }) => ({ prompt: [new Reader(feed.snapshot())], late: [] as Reader[] }));
        const collect = (n: number) => {
          const { feed } = feeds[n] as (typeof feeds)[0];
          const update = feed.collect();
          if (update !== undefined) for (const reader of readers[n]?.prompt ?? []) reader.read(update);
        };
        for (const each of steps) {
          if (each.kind === 'change') scene.change(each.side, each.at, each.size);
          else if (each.kind === 'collect') collect(each.feed);
          else {
            const reader = new Reader((feeds[each.feed] as (typeof feeds)[0]).feed.snapshot());
            (each.late ? readers[each.feed]?.late : readers[each.feed]?.prompt)?.push(reader);
          }
        }
        for (const [n, { levels, feed }] of feeds.entries()) {
          collect(n);
          for (const reader of readers[n]?.late ?? []) {
            if (reader.version === feed.version) continue;
            const update = feed.since(reader.version);
            expect(update).toBeDefined();
            if (update !== undefined) reader.read(update);
          }
          const all = [...(readers[n]?.prompt ?? []), ...(readers[n]?.late ?? [])];
          for (const reader of all) expect(reader.book.best()).toEqual(scene.oracle.best(levels));
          expect(feed.snapshot()).toEqual({ version: feed.version, ...scene.oracle.best(levels) });
        }
      }),
      { numRuns: 150 },
    );
  });

  it('a level that leaves the best levels is removed, and the one that enters appears', () => {
    const scene = new Scene();
    for (const at of [10, 9, 8]) scene.change('BUY', at, at);
    const feed = new DepthFeed(scene.book, 2);
    scene.change('BUY', 11, 1);
    expect(feed.collect()).toEqual({
      startVersion: 4,
      endVersion: 4,
      bids: [
        [11, 1],
        [9, 0],
      ],
      asks: [],
    });
    scene.change('BUY', 10, 0);
    expect(feed.collect()).toEqual({
      startVersion: 5,
      endVersion: 5,
      bids: [
        [10, 0],
        [9, 9],
      ],
      asks: [],
    });
  });

  it('changes that no reader sees make no update, and their versions go to the next', () => {
    const scene = new Scene();
    scene.change('SELL', 5, 1);
    const feed = new DepthFeed(scene.book, 1);
    scene.change('SELL', 6, 1);
    scene.change('SELL', 5, 2);
    scene.change('SELL', 5, 1);
    expect(feed.collect()).toBeUndefined();
    scene.change('SELL', 4, 7);
    expect(feed.collect()).toEqual({
      startVersion: 2,
      endVersion: 5,
      bids: [],
      asks: [
        [4, 7],
        [5, 0],
      ],
    });
  });

  it('starts from the depth of a restored core', () => {
    const book = new SymbolBook('X', { version: 41, bids: [[price(3), quantity(1)]], asks: [[price(4), quantity(2)]] });
    const feed = new DepthFeed(book);
    book.apply({
      type: 'depth-changed',
      symbol: 'X',
      version: 42,
      side: 'BUY',
      price: price(3),
      quantity: quantity(0),
    });
    expect(feed.collect()).toEqual({ startVersion: 42, endVersion: 42, bids: [[3, 0]], asks: [] });
  });

  it('a missing change is refused', () => {
    const scene = new Scene();
    scene.change('BUY', 1, 1);
    const skipped = {
      type: 'depth-changed',
      symbol: 'BTCUSDT',
      version: 3,
      side: 'BUY',
      price: price(1),
      quantity: quantity(2),
    } as const;
    expect(() => scene.book.apply(skipped)).toThrow('missing');
  });

  it('more changed prices than are noted between two collects lose nothing', () => {
    const scene = new Scene();
    scene.change('SELL', 1, 1);
    const feed = new DepthFeed(scene.book);
    const reader = new Reader(feed.snapshot());
    for (let at = 2; at <= MAX_CHANGED_PRICES + 50; at++) scene.change('SELL', at, 1);
    scene.change('SELL', 1, 0);
    reader.read(feed.collect() as DepthUpdate);
    expect(reader.book.best()).toEqual(scene.oracle.best());
  });

  it('keeps a bounded number of updates, and of levels in them, for readers that lag', () => {
    const scene = new Scene();
    const feed = new DepthFeed(scene.book);
    for (let at = 1; at <= MAX_KEPT_UPDATES + 1; at++) {
      scene.change('BUY', at, 1);
      feed.collect();
    }
    expect(feed.since(0)).toBeUndefined();
    expect(feed.since(1)?.bids).toHaveLength(MAX_KEPT_UPDATES);
    for (let at = 1; at <= MAX_KEPT_LEVELS; at++) scene.change('SELL', at, 1);
    feed.collect();
    expect(feed.since(MAX_KEPT_UPDATES)).toBeUndefined();
    expect(feed.since(MAX_KEPT_UPDATES + 1)?.asks).toHaveLength(MAX_KEPT_LEVELS);
  });

  it('a closed feed costs the book nothing', () => {
    const scene = new Scene();
    const feed = new DepthFeed(scene.book);
    feed.close();
    scene.change('BUY', 1, 1);
    expect(feed.collect()).toBeUndefined();
  });
});
