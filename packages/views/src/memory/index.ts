export type { CommittedEvents, CoreReads, PricesUpdated, PrivateEvent, TradeEvent } from './committed-events.ts';
export { DepthFeed, type DepthSnapshot } from './depth/depth-feed.ts';
export type { DepthUpdate } from './depth/depth-update.ts';
export type { Level, SideLevels } from './depth/side-levels.ts';
export type { SymbolBook } from './depth/symbol-book.ts';
export { type Candle, type CandleTrade, joined, rolledUp, type Stretch, withEmptyCandles } from './kline/candle.ts';
export {
  CANDLE_INTERVALS,
  type CandleInterval,
  openingAfter,
  openingFrom,
  openingOf,
} from './kline/interval.ts';
export {
  CANDLE_PRICE_TYPES,
  type CandlePriceType,
  type CandlesName,
  type PriceSample,
  samplesOf,
} from './kline/price-type.ts';
export { type CandleSeeding, seedCandles } from './kline/seed-candles.ts';
export { type CandleSeed, KEPT_MINUTES, type SeedRange, SymbolCandles, seedRange } from './kline/symbol-candles.ts';
export { type AppliedListener, MemoryViews, type MemoryViewsOptions, type Ticker } from './memory-views.ts';
export { PRIVATE_LOG_LIMITS, type PrivateEntry, type PrivateLogLimits, privateUserId } from './private-log.ts';
export { RecentEvents } from './recent-events.ts';
export type { DayFigures } from './ticker/day-window.ts';
export type { TickerFigures } from './ticker/symbol-ticker.ts';
export { DEFAULT_KEPT_TRADES, type TradeTape } from './trade-tape.ts';
