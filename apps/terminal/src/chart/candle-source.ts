import { type ApiClient, type OutputOf, type Stream, topics } from '@openvenue/api-client';
import type { Candle, CandleSource, Interval } from './chart-port.ts';

/** Candles of a request. */
export const CANDLES_MAX = 500;

/** Which price the candles are of. */
export type PriceType = 'last' | 'markPrice' | 'indexPrice';

type PlainCandle = Pick<
  OutputOf<'getKlines'>['list'][number],
  'openTime' | 'open' | 'high' | 'low' | 'close' | 'volume'
>;

export interface CandleSourceOptions {
  readonly client: ApiClient;
  readonly stream: Stream;
  readonly symbol: string;
  readonly interval: Interval;
  readonly priceType: PriceType;
  /** So many candles were read at first, or one has come; none were there when it is 0. */
  readonly onCandles: (count: number) => void;
  readonly onFailed: () => void;
}

/** The venue's candles of a symbol. Only those of trades are pushed; the others are as they were read. */
export function candleSource(options: CandleSourceOptions): CandleSource {
  const { client, stream, symbol, interval, priceType } = options;
  return {
    load: async (beforeMs) => {
      try {
        const { list } = await client.market.klines({
          symbol,
          interval,
          limit: CANDLES_MAX,
          ...(priceType === 'last' ? {} : { priceType }),
          ...(beforeMs === undefined ? {} : { endTime: beforeMs }),
        });
        if (beforeMs === undefined) options.onCandles(list.length);
        return list.map(candleOf);
      } catch {
        // The panel says so; candles that are on the screen stay.
        if (beforeMs === undefined) options.onFailed();
        return [];
      }
    },
    subscribe: (listener) => {
      if (priceType !== 'last') return () => undefined;
      const subscription = stream.subscribe(topics.kline(symbol, interval), {
        onData: (candle) => {
          options.onCandles(1);
          listener(candleOf(candle));
        },
      });
      return () => subscription.close();
    },
  };
}

function candleOf({ openTime, open, high, low, close, volume }: PlainCandle): Candle {
  return {
    openTime,
    open: Number(open),
    high: Number(high),
    low: Number(low),
    close: Number(close),
    volume: Number(volume),
  };
}
