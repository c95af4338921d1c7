import { useEffect, useState } from 'react';
import { FrameStore } from '../../frame/frame-store.ts';
import { useFrameStore } from '../../frame/use-frame-store.ts';
import type { MarketStore } from '../../market/market-store.ts';
import { useTerminal } from '../../terminal-context.ts';
import { type Level, unitsOf } from '../calculation/index.ts';

/** Levels of a side that estimates look at. */
export const ESTIMATE_LEVELS_MAX = 50;
const INTERVAL_MS = 250;

/** The nearest levels of the book, best first. `isLive` is false while they are not the venue's. */
export interface BookLevels {
  readonly bids: readonly Level[];
  readonly asks: readonly Level[];
  readonly isLive: boolean;
}

const NONE: BookLevels = { bids: [], asks: [], isLive: false };

/** What an order would meet, four times a second. */
export function useBookLevels(): BookLevels {
  const { market } = useTerminal();
  const [store] = useState(
    () =>
      new FrameStore<BookLevels>({ initial: levelsOf(market), intervalMs: INTERVAL_MS, read: () => levelsOf(market) }),
  );
  useEffect(() => {
    store.touch();
    return market.onBook(store.touch);
  }, [market, store]);
  return useFrameStore(store);
}

function levelsOf({ book }: MarketStore): BookLevels {
  if (book?.status !== 'live') return NONE;
  const exact = ([price, quantity]: readonly [string, string]) => ({
    price: unitsOf(price),
    quantity: unitsOf(quantity),
  });
  return {
    bids: book.bids(ESTIMATE_LEVELS_MAX).map(exact),
    asks: book.asks(ESTIMATE_LEVELS_MAX).map(exact),
    isLive: true,
  };
}
