import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
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
  const orders = useStore(chartLines, (lines) => lines['orders']);
  const store = useMemo(() => {
    const own = (orders ?? []).filter((line) => line.symbol === symbol);
    const pricesOf = (tone: 'up' | 'down') => own.filter((line) => line.tone === tone).map(({ price }) => price);
    const ownPrices = { bids: pricesOf('up'), asks: pricesOf('down') };
    const read = () => viewOfBook(market.book, { increment, rows, unit, ownPrices });
    // What is known already is shown at once, so that a change of the view does not blink.
    return new FrameStore<BookView>({
      initial: increment === '' ? WAITING_BOOK : read(),
      intervalMs: INTERVAL_MS,
      read,
    });
  }, [market, symbol, orders, increment, rows, unit]);
  useEffect(() => {
    return increment === '' ? undefined : market.onBook(store.touch);
  }, [market, store, increment]);
  return useFrameStore(store);
}
