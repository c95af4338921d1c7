import assert from 'node:assert/strict';
import type { TradeEvent } from './committed-events.ts';

/** Trades a tape keeps by default. */
export const DEFAULT_KEPT_TRADES = 1_000;

/** The last trades of one symbol. A trade's position is the number of trades before it since the tape began. */
export class TradeTape {
  readonly #capacity: number;
  readonly #ring: TradeEvent[] = [];
  #end = 0;

  constructor(capacity = DEFAULT_KEPT_TRADES) {
    assert(Number.isSafeInteger(capacity) && capacity > 0, 'a tape keeps at least one trade');
    this.#capacity = capacity;
  }

  /** Position of the next trade. */
  get end(): number {
    return this.#end;
  }

  append(trade: TradeEvent): void {
    this.#ring[this.#end % this.#capacity] = trade;
    this.#end++;
  }

  /** The trades from position `from` up to but not including `to`, oldest first, as far as they are kept. */
  between(from: number, to = this.#end): TradeEvent[] {
    const trades: TradeEvent[] = [];
    const last = Math.min(to, this.#end);
    for (let at = Math.max(from, this.#end - this.#capacity, 0); at < last; at++)
      trades.push(this.#ring[at % this.#capacity] as TradeEvent);
    return trades;
  }

  /** The last `count` trades before position `to`, oldest first. */
  last(count: number, to = this.#end): TradeEvent[] {
    return this.between(to - count, to);
  }
}
