import { divide, ONE } from '@openvenue/money';
import type { OrderBook } from '../book/order-book.ts';
import type { Side } from '../enums.ts';

/** USDT of impact notional for each turn of leverage (FND-1). */
const USDT_PER_LEVERAGE = 200n;

/** The impact notional in ticks x steps of a market, up. `unit` is the money of one tick times one step. */
export const impactNotional = (maxLeverage: number, unit: bigint): number =>
  Number(divide(USDT_PER_LEVERAGE * BigInt(maxLeverage) * ONE, unit, 'up'));

/** What the impact notional would trade for: an exact average price as `tickSteps / steps`. */
export interface Impact {
  /** Sum of price in ticks x quantity in steps. */
  readonly tickSteps: number;
  readonly steps: number;
}

/**
 * Walks a side from its best level until the notional is reached, in the last level with the fewest steps that reach it
 * (FND-1).  * @returns undefined when the side is too thin
 */
export function impactOf(book: OrderBook, side: Side, notionalTickSteps: number): Impact | undefined {
  let tickSteps = 0;
  let steps = 0;
  for (let price = book.bestPrice(side); price !== -1; price = book.nextPrice(side, price)) {
    const fewest = Math.ceil((notionalTickSteps - tickSteps) / price);
    const taken = Math.min(fewest, book.levelQuantity(side, price));
    tickSteps += taken * price;
    steps += taken;
    if (tickSteps >= notionalTickSteps) return { tickSteps, steps };
  }
  return undefined;
}
