import type {
  DepthIntervalMs,
  DepthLevels,
  DepthPush,
  KlineInterval,
  TickerPush,
  TickersPush,
  TradePush,
} from '@openvenue/contract';

/** Data of a candle topic. Prices and volumes are decimals, times Unix milliseconds; `closed` candles change no more. */
export interface KlineData {
  readonly symbol: string;
  readonly interval: KlineInterval;
  readonly openTime: number;
  readonly open: string;
  readonly high: string;
  readonly low: string;
  readonly close: string;
  readonly volume: string;
  readonly quoteVolume: string;
  readonly closeTime: number;
  readonly closed: boolean;
}

export type DepthTopicName = `market.depth.${string}`;
export type TradeTopicName = `market.trade.${string}`;
export type KlineTopicName = `market.kline.${string}.${KlineInterval}`;
export type TickerTopicName = `market.ticker.${string}`;
export type TickersTopicName = 'market.tickers';

/** A public topic. */
export type TopicName = DepthTopicName | TradeTopicName | KlineTopicName | TickerTopicName | TickersTopicName;

/** Data of the pushes of a topic. */
export type TopicData<Name extends TopicName> = Name extends TickersTopicName
  ? TickersPush['data']
  : Name extends DepthTopicName
    ? DepthPush['data']
    : Name extends TradeTopicName
      ? TradePush['data']
      : Name extends KlineTopicName
        ? KlineData
        : Name extends TickerTopicName
          ? TickerPush['data']
          : never;

/** Cut of a depth topic; both or neither. */
export interface DepthCut {
  readonly levels: DepthLevels;
  readonly intervalMs: DepthIntervalMs;
}

/** Names of the public topics. */
export const topics = {
  /** The book of a symbol: all levels every 100 ms, or the best of them at another interval. */
  depth: (symbol: string, cut?: DepthCut): DepthTopicName =>
    `market.depth.${symbol}${cut === undefined ? '' : `@${cut.levels}.${cut.intervalMs}`}`,
  trade: (symbol: string): TradeTopicName => `market.trade.${symbol}`,
  kline: (symbol: string, interval: KlineInterval): KlineTopicName => `market.kline.${symbol}.${interval}`,
  ticker: (symbol: string): TickerTopicName => `market.ticker.${symbol}`,
  tickers: 'market.tickers',
} as const satisfies Record<string, unknown>;
