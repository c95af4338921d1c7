import type { StreamState } from '@openvenue/api-client';
import { useStore } from 'zustand';
import { useFrameStore } from '../frame/use-frame-store.ts';
import { useTerminal } from '../terminal-context.ts';
import type { BestPrices, SymbolsState, TapeState } from './market-store.ts';
import type { SymbolParameters, Ticker } from './ticker.ts';

/** Name of the current symbol, such as `BTCUSDT`. */
export function useSymbol(): string {
  return useStore(useTerminal().market.symbol);
}

export function useSymbols(): SymbolsState {
  return useStore(useTerminal().market.symbols);
}

/** Limits of the current symbol; undefined until they are known, and for a symbol that the venue does not list. */
export function useSymbolParameters(): SymbolParameters | undefined {
  const symbol = useSymbol();
  const symbols = useSymbols();
  return symbols.status === 'ready' ? symbols.list.find((each) => each.symbol === symbol) : undefined;
}

/** Tickers of all symbols, at most four times a second. */
export function useTickers(): ReadonlyMap<string, Ticker> {
  return useFrameStore(useTerminal().market.tickers);
}

/** Ticker of the current symbol, with its last, mark and index price; undefined until it has come. */
export function useTicker(): Ticker | undefined {
  return useTickers().get(useSymbol());
}

/** Best prices of the book, at most eleven times a second. */
export function useBestPrices(): BestPrices {
  return useFrameStore(useTerminal().market.best);
}

export function useTape(): TapeState {
  return useFrameStore(useTerminal().market.tape);
}

/** State of the market's connection. */
export function useConnection(): StreamState {
  return useStore(useTerminal().market.connection);
}
