import type { Candle, SymbolCandles } from '@openvenue/views';
import { type KlineName, klineData } from '../../mapping/kline.ts';
import type { Grid } from '../../mapping/order.ts';
import type { TopicFeed } from './topic-feed.ts';

/** Closed candles that may wait to be published, and that are kept for readers that lag. */
export const KEPT_CLOSED_CANDLES = 100;

interface Published {
  readonly position: number;
  readonly data: string;
}

/**
 * A symbol's candles of one interval. Each `advance` publishes one candle: the closed ones in order, then the running one when it has
 * changed. Its position counts what was published. A reader that lags gets the closed candles it has missed, one at a time, and of the
 * running one the newest state.
 */
export class KlineTopic implements TopicFeed {
  readonly #candles: SymbolCandles;
  readonly #name: KlineName;
  readonly #grid: Grid;
  readonly #stopListening: () => void;
  readonly #waiting: Candle[] = [];
  readonly #closed: Published[] = [];
  /** Closed candles up to this position are not kept any more. */
  #forgotten = -1;
  #position = 0;
  #published: string | undefined;
  #revision: number;

  constructor(candles: SymbolCandles, name: KlineName, grid: Grid) {
    this.#candles = candles;
    this.#name = name;
    this.#grid = grid;
    this.#revision = candles.revision;
    this.#published = this.current();
    this.#stopListening = candles.onClosed(name.interval, (candle) => {
      this.#waiting.push(candle);
      if (this.#waiting.length > KEPT_CLOSED_CANDLES) this.#waiting.shift();
    });
  }

  get position(): number {
    return this.#position;
  }

  advance(): string | undefined {
    const closed = this.#waiting.shift();
    if (closed !== undefined) {
      const data = this.#text(closed, true);
      this.#publish(data);
      this.#closed.push({ position: this.#position, data });
      if (this.#closed.length > KEPT_CLOSED_CANDLES) this.#forgotten = this.#closed.shift()?.position ?? -1;
      return data;
    }
    if (this.#candles.revision === this.#revision) return undefined;
    this.#revision = this.#candles.revision;
    const data = this.current();
    return data === undefined || data === this.#published ? undefined : this.#publish(data);
  }

  /** A candle that is over but not published as closed yet comes first, so that a new reader sees it close, too. */
  current(): string | undefined {
    const candle = this.#waiting[0] ?? this.#candles.current(this.#name.interval);
    return candle === undefined ? undefined : this.#text(candle, false);
  }

  since(position: number): string | undefined {
    return position < this.#forgotten ? undefined : (this.#missed(position)?.data ?? this.#published);
  }

  reaches(position: number): number {
    return position < this.#forgotten ? this.#position : (this.#missed(position)?.position ?? this.#position);
  }

  close(): void {
    this.#stopListening();
  }

  #missed(position: number): Published | undefined {
    return this.#closed.find((each) => each.position > position);
  }

  #publish(data: string): string {
    this.#position++;
    this.#published = data;
    return data;
  }

  #text(candle: Candle, closed: boolean): string {
    return JSON.stringify(klineData(this.#name, { candle, closed }, this.#grid));
  }
}
