import { groupLevels, type PriceLevel } from '@openvenue/api-client';
import { describe, expect, it } from 'vitest';
import { type BookViewOptions, groupingsOf, type ReadableBook, viewOfBook } from './book-view.ts';

const ASKS: readonly PriceLevel[] = [
  ['100.1', '1'],
  ['100.2', '0.5'],
  ['101', '2.5'],
];
const BIDS: readonly PriceLevel[] = [
  ['99.9', '0.1'],
  ['99.8', '0.2'],
];

function bookOf(status: ReadableBook['status'], levels = { asks: ASKS, bids: BIDS }): ReadableBook {
  return {
    status,
    asks: (limit) => levels.asks.slice(0, limit),
    bids: (limit) => levels.bids.slice(0, limit),
    grouped: (grouping) => groupLevels(levels[grouping.side], grouping),
  };
}
const OPTIONS: BookViewOptions = { increment: '0.1', rows: 10, unit: 'base', ownPrices: { bids: [], asks: [] } };

describe('the view of a book', () => {
  it('adds up exactly from the best level on, and measures bars by the larger side', () => {
    const { asks, bids } = viewOfBook(bookOf('live'), OPTIONS);
    expect(asks.map(({ price, total, share }) => [price, total, share])).toEqual([
      ['100.1', '1', 0.25],
      ['100.2', '1.5', 0.375],
      ['101', '4', 1],
    ]);
    expect(bids.map(({ total }) => total)).toEqual(['0.1', '0.3']);
  });
  it('groups away from the spread', () => {
    const { asks, bids } = viewOfBook(bookOf('live'), { ...OPTIONS, increment: '1' });
    expect(asks.map(({ price, quantity }) => [price, quantity])).toEqual([['101', '4']]);
    expect(bids.map(({ price, quantity }) => [price, quantity])).toEqual([['99', '0.3']]);
  });
  it('shows values in the quote asset, and keeps the depth in the base asset for the form', () => {
    const [first, second] = viewOfBook(bookOf('live'), { ...OPTIONS, unit: 'quote' }).asks;
    expect(first).toMatchObject({ quantity: '100.1', total: '100.1', depth: '1' });
    expect(second).toMatchObject({ quantity: '50.1', total: '150.2', depth: '1.5' });
  });
  it('marks the group that holds an own order', () => {
    const ownPrices = { bids: ['99.8'], asks: [] };
    const { asks, bids } = viewOfBook(bookOf('live'), { ...OPTIONS, increment: '1', ownPrices });
    expect(bids.map(({ isOwn }) => isOwn)).toEqual([true]);
    expect(asks.some(({ isOwn }) => isOwn)).toBe(false);
  });
  it('tells the spread of the best prices whatever the grouping, and none of a one-sided book', () => {
    const { spread } = viewOfBook(bookOf('live'), { ...OPTIONS, increment: '10' });
    expect(spread).toEqual({ price: '0.2', ratio: '0.001998' });
    expect(viewOfBook(bookOf('live', { asks: ASKS, bids: [] }), OPTIONS).spread).toBeUndefined();
  });
  it('is empty while the book is not the venue’s', () => {
    expect(viewOfBook(bookOf('waiting'), OPTIONS)).toMatchObject({ status: 'waiting', asks: [], bids: [] });
    expect(viewOfBook(bookOf('failed'), OPTIONS).status).toBe('failed');
    expect(viewOfBook(undefined, OPTIONS).status).toBe('waiting');
  });
});

describe('price steps', () => {
  it('are multiples of the tick size', () => {
    expect(groupingsOf('0.01')).toEqual(['0.01', '0.1', '1', '10']);
  });
});
