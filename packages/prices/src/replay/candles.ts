import { readFileSync } from 'node:fs';
import { divide, type PriceTicks, parseDecimal, priceTicks } from '@openvenue/money';

/** One minute's prices in ticks: `low <= open, close <= high`. */
export interface Candle {
  readonly open: PriceTicks;
  readonly high: PriceTicks;
  readonly low: PriceTicks;
  readonly close: PriceTicks;
}

/** The symbols that have bundled candles. */
export const BUNDLED_SYMBOLS = ['BTCUSDT', 'ETHUSDT', 'SOLUSDT'] as const;

/** A symbol and its price grid; `tickSize` in 1e-8. */
export interface PriceGrid {
  readonly symbol: string;
  readonly tickSize: bigint;
}

/** The bundled candles of a symbol, oldest first. @throws RangeError when there are none of it */
export function bundledCandles(grid: PriceGrid): readonly Candle[] {
  if (!BUNDLED_SYMBOLS.some((symbol) => symbol === grid.symbol))
    throw new RangeError(`no bundled candles of ${grid.symbol}`);
  const file = new URL(`../../data/${grid.symbol}-1m-2025-08-08.csv`, import.meta.url);
  return parseCandles(readFileSync(file, 'utf8'), grid.tickSize);
}

/**
 * Candles from CSV with a header and the columns openTime, open, high, low, close; each price goes to the nearest tick, half up.
 * @throws RangeError for a row that is no candle
 */
export function parseCandles(csv: string, tickSize: bigint): readonly Candle[] {
  const [, ...rows] = csv.trim().split(/\r?\n/);
  return rows.map((row) => {
    const [, open, high, low, close] = row
      .split(',')
      .map((text, column) => (column === 0 ? 0 : nearest(text, tickSize)));
    if (open === undefined || high === undefined || low === undefined || close === undefined)
      throw new RangeError(`not a candle: ${row}`);
    if (low > Math.min(open, close) || high < Math.max(open, close) || low <= 0)
      throw new RangeError(`not a candle: ${row}`);
    return { open: priceTicks(open), high: priceTicks(high), low: priceTicks(low), close: priceTicks(close) };
  });
}

function nearest(text: string, tickSize: bigint): number {
  const price = parseDecimal(text);
  if (price === undefined) throw new RangeError(`not a price: ${text}`);
  return Number(divide(price, tickSize, 'half-up'));
}
