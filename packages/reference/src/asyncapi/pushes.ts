import {
  ConnectionPush,
  DepthPush,
  KlinePush,
  TickerPush,
  TickersPush,
  type Topic,
  TradePush,
  UserPush,
} from '@openvenue/contract';
import { exampleOf, type JsonSchema, plainSchema } from '../json-schema.ts';
import type { Message } from './requests.ts';

/** What is pushed for a topic. */
export interface Push extends Message {
  /** The topic, with its variable parts in braces. */
  readonly topic: string;
}

const MARKET_PUSHES: Readonly<Record<Topic['kind'], Omit<Push, 'name' | 'payload' | 'examples'>>> = {
  depth: {
    title: 'Depth',
    topic: 'market.depth.{symbol} or market.depth.{symbol}@{levels}.{ms}',
    summary:
      'The book: a snapshot, then updates whose versions join without a gap. Levels 5, 20, 50, 200; 20, 100, 500 ms',
  },
  trade: { title: 'Trades', topic: 'market.trade.{symbol}', summary: 'Trades: the last 50 at once, then each new one' },
  kline: {
    title: 'Candle',
    topic: 'market.kline.{symbol}.{interval}',
    summary: 'The candle under way; when it ends it comes once with closed = true',
  },
  ticker: { title: 'Ticker', topic: 'market.ticker.{symbol}', summary: 'Prices, volume and funding of a symbol' },
  tickers: {
    title: 'Tickers',
    topic: 'market.tickers',
    summary: 'Tickers of all symbols: first all, then those that changed',
  },
};

const SCHEMAS: Readonly<Record<Topic['kind'], object>> = {
  depth: DepthPush,
  trade: TradePush,
  kline: KlinePush,
  ticker: TickerPush,
  tickers: TickersPush,
};

/** Pushes of the public topics. */
export const marketPushes: readonly Push[] = Object.entries(MARKET_PUSHES).map(([kind, words]) => {
  const payload = plainSchema(SCHEMAS[kind as Topic['kind']]);
  return { ...words, name: `market.${kind}`, payload, examples: [{ payload: exampleOf(payload) }] };
});

/** Pushes of the private channel: one for each kind of event, those of the account before those of the connection. */
export const userPushes: readonly Push[] = [
  ...eventsOf(plainSchema(UserPush)),
  ...eventsOf(plainSchema(ConnectionPush)),
];

function eventsOf(push: JsonSchema): readonly Push[] {
  const { anyOf = [], ...whole } = push.properties?.['data'] ?? {};
  return anyOf.map((event) => {
    const data = { ...whole, ...event };
    const eventType = data.properties?.['eventType'];
    const name = String(eventType?.const);
    const payload = { ...push, properties: { ...push.properties, data } };
    const hasSequence = push.properties?.['seq'] !== undefined;
    return {
      name,
      title: name,
      topic: 'user.{userId}',
      summary: hasSequence ? 'Event of the account' : 'Event of this connection; it takes no sequence number',
      payload,
      examples: [{ payload: exampleOf(payload) }],
    };
  });
}
