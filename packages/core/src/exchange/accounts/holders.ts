import type { Market } from '../symbols/market.ts';
import type { Leg } from './leg.ts';

/** The legs that hold a position, by market, in no order that means anything. Each leg enters and leaves by itself. */
export class Holders {
  readonly #byMarket = new Map<Market, Set<Leg>>();

  /** The holders in a market; the same set at all times. */
  in(market: Market): Set<Leg> {
    let holders = this.#byMarket.get(market);
    if (holders === undefined) {
      holders = new Set();
      this.#byMarket.set(market, holders);
    }
    return holders;
  }
}
