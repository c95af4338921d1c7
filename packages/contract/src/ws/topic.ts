import { KLINE_INTERVALS, type KlineInterval } from '../enums.ts';
import { problemOf, type Validation, withValue } from '../problem.ts';

/** Levels of each side that a depth topic can be cut to. */
export const DEPTH_LEVELS = [5, 20, 50, 200] as const;
export type DepthLevels = (typeof DEPTH_LEVELS)[number];

/** Milliseconds between two updates of a depth topic. */
export const DEPTH_INTERVALS_MS = [20, 100, 500] as const;
export type DepthIntervalMs = (typeof DEPTH_INTERVALS_MS)[number];

/** Interval of a depth topic without options; it has all levels. */
export const DEPTH_INTERVAL_DEFAULT_MS = 100;

/** Characters of a topic. */
export const TOPIC_MAX_LENGTH = 64;

export interface DepthTopic {
  readonly kind: 'depth';
  readonly symbol: string;
  /** Absent: all levels, at the default interval. */
  readonly options?: { readonly levels: DepthLevels; readonly intervalMs: DepthIntervalMs };
}
export interface TradeTopic {
  readonly kind: 'trade';
  readonly symbol: string;
}
export interface KlineTopic {
  readonly kind: 'kline';
  readonly symbol: string;
  readonly interval: KlineInterval;
}
export interface TickerTopic {
  readonly kind: 'ticker';
  readonly symbol: string;
}
export interface TickersTopic {
  readonly kind: 'tickers';
}

/** A public topic. */
export type Topic = DepthTopic | TradeTopic | KlineTopic | TickerTopic | TickersTopic;

const TICKERS = 'market.tickers';
const SYMBOL_TOPIC = /^market\.(depth|trade|kline|ticker)\.([A-Za-z0-9_-]{1,32})(?:([.@])(.+))?$/;

/**
 * Reads a topic; whether its symbol is listed is for the venue to say. Exactly one text names a topic, so
 * `formatTopic` gives the text back.
 */
export function parseTopic(text: string, field = 'topic'): Validation<Topic> {
  const topic = text.length <= TOPIC_MAX_LENGTH ? topicOf(text) : undefined;
  if (topic !== undefined) return { ok: true, value: topic };
  return { ok: false, problem: withValue(problemOf(2002, field, ruleFor(text)), text) };
}

const TOPIC_RULES = {
  depth: `market.depth.{symbol}, or market.depth.{symbol}@{levels}.{ms}, levels one of ${DEPTH_LEVELS.join(', ')} and ms one of ${DEPTH_INTERVALS_MS.join(', ')}`,
  trade: 'market.trade.{symbol}',
  kline: `market.kline.{symbol}.{interval}, interval one of ${KLINE_INTERVALS.join(', ')}`,
  ticker: 'market.ticker.{symbol}',
} as const;
const ANY_TOPIC_RULE = `one of market.depth.{symbol}, market.trade.{symbol}, market.kline.{symbol}.{interval}, market.ticker.{symbol}, ${TICKERS}`;

/** The form of the topic that the text begins as. */
function ruleFor(text: string): string {
  const [, kind] = /^market\.(depth|trade|kline|ticker)\./.exec(text) ?? [];
  switch (kind) {
    case 'depth':
    case 'trade':
    case 'kline':
    case 'ticker':
      return TOPIC_RULES[kind];
    default:
      return ANY_TOPIC_RULE;
  }
}

function topicOf(text: string): Topic | undefined {
  if (text === TICKERS) return { kind: 'tickers' };
  const [, kind, symbol, separator, rest] = SYMBOL_TOPIC.exec(text) ?? [];
  if (symbol === undefined) return undefined;
  switch (kind) {
    case 'depth':
      if (rest === undefined) return { kind, symbol };
      return separator === '@' ? depthTopicOf(symbol, rest) : undefined;
    case 'kline':
      return separator === '.' && rest !== undefined ? klineTopicOf(symbol, rest) : undefined;
    case 'trade':
    case 'ticker':
      return rest === undefined ? { kind, symbol } : undefined;
    default:
      return undefined;
  }
}

function depthTopicOf(symbol: string, options: string): DepthTopic | undefined {
  const [levelsText, intervalText, ...more] = options.split('.');
  const levels = DEPTH_LEVELS.find((each) => String(each) === levelsText);
  const intervalMs = DEPTH_INTERVALS_MS.find((each) => String(each) === intervalText);
  if (levels === undefined || intervalMs === undefined || more.length > 0) return undefined;
  return { kind: 'depth', symbol, options: { levels, intervalMs } };
}

function klineTopicOf(symbol: string, text: string): KlineTopic | undefined {
  const interval = KLINE_INTERVALS.find((each) => each === text);
  return interval === undefined ? undefined : { kind: 'kline', symbol, interval };
}

/** The text of a topic. */
export function formatTopic(topic: Topic): string {
  switch (topic.kind) {
    case 'tickers':
      return TICKERS;
    case 'kline':
      return `market.kline.${topic.symbol}.${topic.interval}`;
    case 'depth': {
      const { symbol, options } = topic;
      return `market.depth.${symbol}${options === undefined ? '' : `@${options.levels}.${options.intervalMs}`}`;
    }
    case 'trade':
    case 'ticker':
      return `market.${topic.kind}.${topic.symbol}`;
  }
}

/** Topic of a user's private channel; it is subscribed by itself and cannot be asked for. */
export const formatUserTopic = (userId: string): string => `user.${userId}`;
