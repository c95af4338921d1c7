export { accountsNeeded, type HouseAccount, type HouseAccountIds, type MarketReads } from './market/accounts.ts';
export { SimulatedMarket, type SimulatedMarketOptions } from './market/simulated-market.ts';
export type { PriceSource, SymbolQuotes } from './price-source.ts';
export type { Candle, PriceGrid } from './replay/candles.ts';
export { bundledReplay, ReplaySource, type ReplayTrack } from './replay/replay-source.ts';
export { DEFAULT_SYMBOLS } from './symbols.ts';
