import type { TradeEvent } from '../memory/committed-events.ts';
import { flatCandle, withTrade } from '../memory/kline/candle.ts';
import { openingOf } from '../memory/kline/interval.ts';
import { CANDLE_SPANS } from './schema.ts';
import type { CandleChange } from './table-shapes.ts';

/** The trades of a batch by symbol and span: one row each, however many there are. */
export class CandleChanges {
  readonly #byKey = new Map<string, CandleChange>();

  /** Takes the next trade, of any symbol. */
  add({ symbol, price, quantity, atMs }: TradeEvent): void {
    for (const span of CANDLE_SPANS) {
      const openMs = openingOf(span, atMs);
      const key = `${symbol} ${span} ${openMs}`;
      const candle = this.#byKey.get(key)?.candle ?? flatCandle(openMs, price);
      this.#byKey.set(key, { symbol, span, candle: withTrade(candle, { price, quantity }) });
    }
  }

  list(): readonly CandleChange[] {
    return [...this.#byKey.values()];
  }
}
