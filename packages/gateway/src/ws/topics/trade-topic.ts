import { type TradePush, WS_LIMITS } from '@openvenue/contract';
import type { TradeEvent, TradeTape } from '@openvenue/views';
import { tradeView } from '../../mapping/market.ts';
import type { Grid } from '../../mapping/order.ts';
import type { TopicFeed } from './topic-feed.ts';

/** Waiting trades with which a message is made at once. */
export const TRADES_PER_MESSAGE = 200;

/**
 * The trades of a symbol, oldest first. It is told each trade, because one batch can have more of them than the tape keeps; only a
 * reader that lags goes by the tape. Its position is the tape's.
 */
export class TradeTopic implements TopicFeed {
  readonly #tape: TradeTape;
  readonly #grid: Grid;
  #waiting: TradeEvent[] = [];
  #position: number;

  constructor(tape: TradeTape, grid: Grid) {
    this.#tape = tape;
    this.#grid = grid;
    this.#position = tape.end;
  }

  get position(): number {
    return this.#position;
  }

  /** Takes the next trade. True when a message is full and should go now. */
  add(trade: TradeEvent): boolean {
    this.#waiting.push(trade);
    return this.#waiting.length >= TRADES_PER_MESSAGE;
  }

  advance(): string | undefined {
    if (this.#waiting.length === 0) return undefined;
    const trades = this.#waiting;
    this.#waiting = [];
    this.#position += trades.length;
    return this.#text(trades);
  }

  current(): string {
    return this.#text(this.#tape.last(WS_LIMITS.tradesOnSubscribe, this.#position));
  }

  since(position: number): string {
    return this.#text(this.#tape.between(position, this.#position));
  }

  close(): void {
    this.#waiting = [];
  }

  #text(trades: readonly TradeEvent[]): string {
    const list = trades.map((trade) => tradeView(trade, this.#grid));
    return JSON.stringify({ list } satisfies TradePush['data']);
  }
}
