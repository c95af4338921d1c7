import type { SourceQuote } from '@openvenue/core';

/** What `update-prices` takes for one symbol. */
export interface SymbolQuotes {
  readonly symbol: string;
  readonly quotes: readonly SourceQuote[];
}

/** Where index prices come from. */
export interface PriceSource {
  /** The quotes of all its symbols at a second, counted from the Unix epoch. */
  quotesAt(second: number): readonly SymbolQuotes[];
}
