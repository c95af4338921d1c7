import type { PriceTicks, QuantitySteps } from '@openvenue/money';
import type { PricesUpdated, TradeEvent } from '../committed-events.ts';
import type { CandleTrade } from './candle.ts';

/** Whose prices candles show: those of trades, the index, or the mark. */
export const CANDLE_PRICE_TYPES = ['trade', 'index', 'mark'] as const;
export type CandlePriceType = (typeof CANDLE_PRICE_TYPES)[number];

/** Names the candles of one symbol and price. */
export interface CandlesName {
  readonly symbol: string;
  readonly priceType: CandlePriceType;
}

/** A price that goes into candles; one of index or mark counts as a trade of one step, so that volume is their number. */
export interface PriceSample extends CandleTrade, CandlesName {}

const ONE_STEP = 1 as QuantitySteps;

/** What an event tells candles. */
export function samplesOf(event: TradeEvent | PricesUpdated): readonly PriceSample[] {
  const { symbol, atMs } = event;
  if (event.type === 'trade')
    return [{ symbol, priceType: 'trade', price: event.price, quantity: event.quantity, atMs }];
  const sample = (priceType: CandlePriceType, price: PriceTicks) => ({
    symbol,
    priceType,
    price,
    quantity: ONE_STEP,
    atMs,
  });
  return [sample('index', event.index), sample('mark', event.mark)];
}
