import { depthChecksum as contractChecksum, type DepthSnapshot, type DepthUpdate } from '@openvenue/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimalOf } from '../decimal.ts';
import { DepthBook } from './depth-book.ts';
import { depthChecksum } from './depth-checksum.ts';

type Level = [string, string];
const snapshot = (bids: Level[], asks: Level[], version = 1): DepthSnapshot => {
  const checksum = contractChecksum({ bids, asks });
  return { type: 'snapshot', symbol: 'BTCUSDT', version, endVersion: version, bids, asks, checksum };
};

/** A book kept the slow and simple way, from which the messages of a venue are made. */
class Venue {
  readonly #sides = { bids: new Map<bigint, bigint>(), asks: new Map<bigint, bigint>() };
  version = 1;

  set(side: 'bids' | 'asks', price: bigint, quantity: bigint): void {
    if (quantity === 0n) this.#sides[side].delete(price);
    else this.#sides[side].set(price, quantity);
  }

  levels(side: 'bids' | 'asks'): Level[] {
    const prices = [...this.#sides[side].keys()].sort((a, b) => (a < b ? -1 : 1));
    if (side === 'bids') prices.reverse();
    return prices.map((price) => [decimalOf(price, 2), decimalOf(this.#sides[side].get(price) ?? 0n, 3)]);
  }

  get snapshot(): DepthSnapshot {
    return snapshot(this.levels('bids'), this.levels('asks'), this.version);
  }

  update(changes: readonly Change[], spans = 1): DepthUpdate {
    const of = (side: 'bids' | 'asks') => changes.filter((change) => change.side === side);
    for (const { side, price, quantity } of changes) this.set(side, price, quantity);
    const startVersion = this.version + 1;
    this.version += spans;
    const texts = (side: 'bids' | 'asks') =>
      of(side).map(({ price, quantity }): Level => [decimalOf(price, 2), decimalOf(quantity, 3)]);
    const checksum = contractChecksum({ bids: this.levels('bids'), asks: this.levels('asks') });
    return {
      type: 'update',
      startVersion,
      endVersion: this.version,
      bids: texts('bids'),
      asks: texts('asks'),
      checksum,
    };
  }
}

interface Change {
  readonly side: 'bids' | 'asks';
  readonly price: bigint;
  readonly quantity: bigint;
}

describe('depthChecksum', () => {
  it("is the contract's", () => {
    const text = fc.nat().map((value) => `${value}.5`);
    const levels = fc.array(fc.tuple(text, text), { maxLength: 12 });
    fc.assert(
      fc.property(levels, levels, (bids, asks) => {
        expect(depthChecksum(bids, asks)).toBe(contractChecksum({ bids, asks }));
      }),
    );
  });
});

describe('DepthBook', () => {
  const start = () => {
    const book = new DepthBook();
    const venue = new Venue();
    venue.set('bids', 990n, 1n);
    venue.set('asks', 1_000n, 2n);
    expect(book.apply(venue.snapshot)).toBe('applied');
    return { book, venue };
  };
  const change = { side: 'bids', price: 995n, quantity: 5n } as const;

  it('follows the venue through any changes', () => {
    const changes = fc.array(
      fc.record({
        side: fc.constantFrom('bids' as const, 'asks' as const),
        price: fc.bigInt({ min: 80n, max: 120n }),
        quantity: fc.bigInt({ min: 0n, max: 3n }),
      }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(changes, fc.integer({ min: 1, max: 4 })), { maxLength: 30 }), (rounds) => {
        const { book, venue } = start();
        for (const [round, spans] of rounds) {
          expect(book.apply(venue.update(round, spans))).toBe('applied');
          expect(book.bids()).toEqual(venue.levels('bids'));
          expect(book.asks(3)).toEqual(venue.levels('asks').slice(0, 3));
          expect(book.version).toBe(venue.version);
        }
      }),
    );
  });

  it('orders by value, not by text', () => {
    const book = new DepthBook();
    book.apply(
      snapshot(
        [
          ['10', '1'],
          ['9.5', '1'],
          ['9', '1'],
        ],
        [],
      ),
    );
    expect(book.bids().map(([price]) => price)).toEqual(['10', '9.5', '9']);
  });

  it('passes updates over until a snapshot comes', () => {
    const book = new DepthBook();
    expect(book.apply(new Venue().update([]))).toBe('waiting');
    expect(book.version).toBeUndefined();
  });

  it.each([
    ['is missing', 1],
    ['comes twice', -1],
  ])('is empty after an update %s, until the next snapshot', (_name, shift) => {
    const { book, venue } = start();
    venue.version += shift;
    expect(book.apply(venue.update([change]))).toBe('gap');
    expect([book.version, book.bids(), book.asks()]).toEqual([undefined, [], []]);
    expect(book.apply(venue.update([change]))).toBe('waiting');
    expect(book.apply(venue.snapshot)).toBe('applied');
    expect(book.bids()).toEqual(venue.levels('bids'));
  });

  it('is empty when the checksum does not fit', () => {
    const { book, venue } = start();
    const update = venue.update([change]);
    expect(book.apply({ ...update, bids: [['9.95', '0.006']] })).toBe('checksum');
    expect(book.version).toBeUndefined();
    expect(book.apply({ ...venue.snapshot, checksum: 1 })).toBe('checksum');
  });
});
