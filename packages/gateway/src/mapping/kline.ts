import type { KlineData } from '@openvenue/contract';
import { formatDecimal, formatOnGrid, multiplyDivide, ONE } from '@openvenue/money';
import { type Candle, type CandleInterval, openingAfter } from '@openvenue/views';
import type { Grid } from './order.ts';

/** A candle as replies show it. */
export function klineView(candle: Candle, interval: CandleInterval, { tickSize, stepSize }: Grid) {
  const price = (ticks: number) => formatOnGrid(ticks, tickSize);
  return {
    openTime: candle.openMs,
    open: price(candle.open),
    high: price(candle.high),
    low: price(candle.low),
    close: price(candle.close),
    volume: formatDecimal(candle.volume * stepSize),
    closeTime: openingAfter(interval, candle.openMs) - 1,
  };
}

/** Which candle a push shows. */
export interface KlineName {
  readonly symbol: string;
  readonly interval: CandleInterval;
}

/** A candle as a push shows it. */
export function klineData(
  { symbol, interval }: KlineName,
  { candle, closed }: { readonly candle: Candle; readonly closed: boolean },
  grid: Grid,
): KlineData {
  const { closeTime, ...fields } = klineView(candle, interval, grid);
  const quoteVolume = multiplyDivide([candle.turnover * grid.tickSize, grid.stepSize], ONE, 'half-up');
  return { symbol, interval, ...fields, quoteVolume: formatDecimal(quoteVolume), closeTime, closed };
}
