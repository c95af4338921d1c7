import { flatCandle, withTrade } from '../memory/kline/candle.ts';
import { openingOf } from '../memory/kline/interval.ts';
import type { PriceSample } from '../memory/kline/price-type.ts';
import { CANDLE_SPANS } from './schema.ts';
import type { CandleChange } from './table-shapes.ts';

/** The prices of a batch by symbol, price type and span: one row each, however many there are. */
export class CandleChanges {
  readonly #byKey = new Map<string, CandleChange>();

  /** Takes the next price, of any symbol. */
  add({ symbol, priceType, price, quantity, atMs }: PriceSample): void {
    for (const span of CANDLE_SPANS) {
      const openMs = openingOf(span, atMs);
      const key = `${symbol} ${priceType} ${span} ${openMs}`;
      const candle = this.#byKey.get(key)?.candle ?? flatCandle(openMs, price);
      this.#byKey.set(key, { symbol, priceType, span, candle: withTrade(candle, { price, quantity }) });
    }
  }

  list(): readonly CandleChange[] {
    return [...this.#byKey.values()];
  }
}
