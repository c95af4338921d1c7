import { type Static, type TSchema, Type } from 'typebox';
import { KLINE_INTERVALS } from '../enums.ts';
import { candleFields } from '../rest/market/kline-view.ts';
import { priceLevels } from '../rest/market/price-level.ts';
import { TickerView } from '../rest/market/ticker-view.ts';
import { TradeView } from '../rest/market/trade.ts';
import { amount, count, flag, oneOf, quantity, replyText, symbolName, timestampMs } from '../scalars.ts';

const checksum = () =>
  count(
    'CRC-32 of zip over the best 10 levels after this message: bid 1, ask 1, bid 2, ask 2 and so on, price:quantity each, joined by ":"; a side with fewer levels is passed over',
    0,
    0xffffffff,
  );

/** First message of a depth topic, and the first after a new subscription. */
export const DepthSnapshot = Type.Object({
  type: Type.Literal('snapshot', { description: 'Always "snapshot"', examples: ['snapshot'] }),
  symbol: symbolName(),
  version: count('Version of the book'),
  endVersion: count('Version of the book; the next update starts at the one after'),
  bids: priceLevels('Buy levels, highest price first'),
  asks: priceLevels('Sell levels, lowest price first'),
  checksum: checksum(),
});

/** Change of the levels since the previous message; quantity `"0"` removes a level. */
export const DepthUpdate = Type.Object({
  type: Type.Literal('update', { description: 'Always "update"', examples: ['update'] }),
  startVersion: count('endVersion of the previous message + 1; anything else is a gap: subscribe anew'),
  endVersion: count('Version of the book after this message'),
  bids: priceLevels('Buy levels that changed'),
  asks: priceLevels('Sell levels that changed'),
  checksum: checksum(),
});

/** Data of `market.trade.{symbol}`. */
export const TradeListData = Type.Object(
  { list: Type.Array(TradeView, { description: 'Trades, oldest first' }) },
  { description: 'First the last 50 trades, then those since the last push' },
);

/** Data of `market.kline.{symbol}.{interval}`: the candle under way, and its last state once it has closed. */
export const KlineData = Type.Object(
  {
    symbol: symbolName(),
    interval: oneOf(KLINE_INTERVALS, 'Length of the candle; 1M is a month'),
    ...candleFields,
    volume: quantity('Quantity traded'),
    quoteVolume: amount('Value traded'),
    closeTime: timestampMs('Last millisecond of the candle'),
    closed: flag('The candle has ended and will not change any more'),
  },
  { description: 'The current candle' },
);

/** Data of `market.tickers`: first all, then those that changed. */
export const TickerListData = Type.Object(
  { list: Type.Array(TickerView, { description: 'Tickers' }) },
  { description: 'Tickers that changed' },
);

/** Frame of a public push. */
export const marketPush = <Data extends TSchema>(data: Data) =>
  Type.Object({
    topic: replyText('Topic, as it was subscribed', 'market.depth.BTCUSDT'),
    event: Type.Literal('data', { description: 'Always "data"', examples: ['data'] }),
    ts: timestampMs('Time of the push'),
    data,
  });

export const DepthPush = marketPush(
  Type.Union([DepthSnapshot, DepthUpdate], { description: 'Snapshot first, then updates' }),
);
export const TradePush = marketPush(TradeListData);
export const KlinePush = marketPush(KlineData);
export const TickerPush = marketPush(TickerView);
export const TickersPush = marketPush(TickerListData);

export type DepthSnapshot = Static<typeof DepthSnapshot>;
export type DepthUpdate = Static<typeof DepthUpdate>;
export type DepthPush = Static<typeof DepthPush>;
export type TradePush = Static<typeof TradePush>;
export type KlineData = Static<typeof KlineData>;
export type KlinePush = Static<typeof KlinePush>;
export type TickerPush = Static<typeof TickerPush>;
export type TickersPush = Static<typeof TickersPush>;
