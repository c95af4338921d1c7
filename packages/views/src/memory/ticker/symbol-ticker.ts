import type { SymbolView } from '@openvenue/core';
import type { PriceTicks, QuantitySteps } from '@openvenue/money';
import type { PricesUpdated, TradeEvent } from '../committed-events.ts';
import type { SymbolBook } from '../depth/symbol-book.ts';
import type { Candle } from '../kline/candle.ts';
import { type DayFigures, DayWindow } from './day-window.ts';

const NO_PRICE = 0 as PriceTicks;
const NOTHING = 0 as QuantitySteps;

/** A symbol's prices and its last 24 hours; prices in ticks, quantities in steps, 0 where there is no value yet. */
export interface TickerFigures extends DayFigures {
  readonly symbol: string;
  readonly last: PriceTicks;
  readonly mark: PriceTicks;
  readonly index: PriceTicks;
  readonly bestBid: PriceTicks;
  readonly bestBidQuantity: QuantitySteps;
  readonly bestAsk: PriceTicks;
  readonly bestAskQuantity: QuantitySteps;
}

/** Keeps one symbol's ticker. It calls `onChange` whenever a figure may have changed. */
export class SymbolTicker {
  readonly #book: SymbolBook;
  #day = new DayWindow();
  readonly #onChange: () => void;
  #last: PriceTicks;
  #mark: PriceTicks;
  #index: PriceTicks;

  constructor(book: SymbolBook, start: SymbolView | undefined, onChange: () => void) {
    this.#book = book;
    this.#last = start?.last ?? NO_PRICE;
    this.#mark = start?.mark ?? NO_PRICE;
    this.#index = start?.index ?? NO_PRICE;
    this.#onChange = onChange;
    book.onChange((side, price) => this.#bookChanged(side, price));
  }

  traded(trade: TradeEvent): void {
    this.#last = trade.price;
    this.#day.add(trade);
    this.#onChange();
  }

  priced(event: PricesUpdated): void {
    if (event.mark === this.#mark && event.index === this.#index) return;
    this.#mark = event.mark;
    this.#index = event.index;
    this.#onChange();
  }

  /** Takes the minutes of the window's time and those before it as the whole truth, oldest first. */
  seed(minutes: Iterable<Candle>, nowMs: number): void {
    this.#day = new DayWindow(minutes);
    this.#day.advance(nowMs);
    this.#onChange();
  }

  advance(nowMs: number): void {
    if (this.#day.advance(nowMs)) this.#onChange();
  }

  figures(): TickerFigures {
    const bid = this.#book.bids.best(1)[0];
    const ask = this.#book.asks.best(1)[0];
    return {
      symbol: this.#book.symbol,
      last: this.#last,
      mark: this.#mark,
      index: this.#index,
      ...this.#dayFigures(),
      bestBid: bid?.[0] ?? NO_PRICE,
      bestBidQuantity: bid?.[1] ?? NOTHING,
      bestAsk: ask?.[0] ?? NO_PRICE,
      bestAskQuantity: ask?.[1] ?? NOTHING,
    };
  }

  /** Where the trades of the window's time are not known, the last price stands for the whole day. */
  #dayFigures(): DayFigures {
    const day = this.#day.figures();
    return day.open === 0 ? { ...day, open: this.#last, high: this.#last, low: this.#last } : day;
  }

  /** A change shows when it is at the best price, or has removed a level that was the best: then all left are worse. */
  #bookChanged(side: 'BUY' | 'SELL', price: PriceTicks): void {
    const levels = this.#book.side(side);
    const best = levels.best(1)[0]?.[0];
    if (best === undefined || levels.bestFirst(price, best) <= 0) this.#onChange();
  }
}
