import type { PriceTicks, QuantitySteps } from '@openvenue/money';
import type { TradeEvent } from '../../memory/committed-events.ts';
import type { Candle } from '../../memory/kline/candle.ts';
import { type CandleInterval, openingAfter, openingOf } from '../../memory/kline/interval.ts';

/** A trade with the sequence of its command. */
export interface SequencedTrade {
  readonly sequence: number;
  readonly trade: TradeEvent;
}

export const tradeEvent = (changes: {
  readonly price: number;
  readonly quantity: number;
  readonly atMs: number;
  readonly symbol?: string;
}): TradeEvent => ({
  type: 'trade',
  symbol: changes.symbol ?? 'BTCUSDT',
  tradeId: 1,
  price: changes.price as PriceTicks,
  quantity: changes.quantity as QuantitySteps,
  takerSide: 'BUY',
  makerOrderId: 1,
  takerOrderId: 2,
  atMs: changes.atMs,
});

/** The candles with trades, each anew from all trades there ever were. */
export function tradedCandles(interval: CandleInterval, trades: readonly TradeEvent[]): Candle[] {
  const openings = new Set(trades.map(({ atMs }) => openingOf(interval, atMs)));
  return [...openings].map((openMs) => {
    const inside = trades.filter(({ atMs }) => openingOf(interval, atMs) === openMs);
    const prices = inside.map(({ price }) => price);
    return {
      openMs,
      open: prices[0] as PriceTicks,
      high: Math.max(...prices) as PriceTicks,
      low: Math.min(...prices) as PriceTicks,
      close: prices.at(-1) as PriceTicks,
      volume: inside.reduce((sum, { quantity }) => sum + BigInt(quantity), 0n),
      turnover: inside.reduce((sum, { price, quantity }) => sum + BigInt(price) * BigInt(quantity), 0n),
    };
  });
}

/** All candles from the first trade to `nowMs`, the running one included, but at most the newest `limit`. */
export function allCandles(
  interval: CandleInterval,
  trades: readonly TradeEvent[],
  { nowMs, limit }: { readonly nowMs: number; readonly limit: number },
): Candle[] {
  const traded = tradedCandles(interval, trades);
  const first = traded[0];
  if (first === undefined) return [];
  const all: Candle[] = [];
  const oldestMs = openingAfter(interval, openingOf(interval, nowMs), 1 - limit);
  let openMs = Math.max(first.openMs, oldestMs);
  let last = traded.findLastIndex((candle) => candle.openMs <= openMs);
  for (; openMs <= nowMs; openMs = openingAfter(interval, openMs)) {
    if (traded[last + 1]?.openMs === openMs) last++;
    const known = traded[last] as Candle;
    const { close } = known;
    const isEmpty = known.openMs < openMs;
    all.push(isEmpty ? { openMs, open: close, high: close, low: close, close, volume: 0n, turnover: 0n } : known);
  }
  return all;
}
