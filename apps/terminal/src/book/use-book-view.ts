import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import type { ChartLine, DrawnLines } from '../chart/chart-lines.ts';
import { FrameStore } from '../frame/frame-store.ts';
import { useFrameStore } from '../frame/use-frame-store.ts';
import { useSymbol } from '../market/use-market.ts';
import { useTerminal } from '../terminal-context.ts';
import { type BookView, viewOfBook, WAITING_BOOK } from './book-view.ts';

const INTERVAL_MS = 90;

export interface BookViewRequest {
  readonly increment: string;
  readonly rows: number;
  readonly unit: 'base' | 'quote';
}

/** The book of the current symbol as it is shown, at most eleven times a second. */
export function useBookView({ increment, rows, unit }: BookViewRequest): BookView {
  const { market, chartLines } = useTerminal();
  const symbol = useSymbol();
  // As texts, which stay the same while the lines are drawn anew.
  const ownBids = useStore(chartLines, (lines) => ownPricesOf(lines, { symbol, tone: 'up' }));
  const ownAsks = useStore(chartLines, (lines) => ownPricesOf(lines, { symbol, tone: 'down' }));
  const store = useMemo(() => {
    const ownPrices = { bids: pricesIn(ownBids), asks: pricesIn(ownAsks) };
    let last = WAITING_BOOK;
    const read = () => {
      const view = viewOfBook(market.book, { increment, rows, unit, ownPrices });
      // A book that waits for its connection stays as it was last; the panel greys it out.
      if (view.status !== 'waiting') last = view;
      return last;
    };
    // What is known already is shown at once, so that a change of the view does not blink.
    return new FrameStore<BookView>({
      initial: increment === '' ? WAITING_BOOK : read(),
      intervalMs: INTERVAL_MS,
      read,
    });
  }, [market, symbol, ownBids, ownAsks, increment, rows, unit]);
  useEffect(() => {
    return increment === '' ? undefined : market.onBook(store.touch);
  }, [market, store, increment]);
  return useFrameStore(store);
}

function ownPricesOf({ orders }: DrawnLines, of: Pick<ChartLine, 'symbol' | 'tone'>): string {
  return orders
    .filter(({ symbol, tone }) => symbol === of.symbol && tone === of.tone)
    .map(({ price }) => price)
    .join(' ');
}

const pricesIn = (text: string): readonly string[] => text.split(' ').filter((price) => price !== '');
