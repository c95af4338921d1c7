import { CHECKSUM_LEVELS, type DepthSnapshot, type DepthUpdate, depthChecksum } from '@openvenue/contract';
import { formatOnGrid } from '@openvenue/money';
import { DepthFeed, type Level, type DepthUpdate as PublishedUpdate, type SymbolBook } from '@openvenue/views';
import type { Grid } from '../../mapping/order.ts';
import type { TopicFeed } from './topic-feed.ts';

type LevelText = [price: string, quantity: string];

/** The book of a symbol, whole or its best levels. Its position is the version of the published book. */
export class DepthTopic implements TopicFeed {
  readonly #symbol: string;
  readonly #feed: DepthFeed;
  readonly #grid: Grid;

  constructor(book: SymbolBook, grid: Grid, levels?: number) {
    this.#symbol = book.symbol;
    this.#feed = new DepthFeed(book, levels);
    this.#grid = grid;
  }

  get position(): number {
    return this.#feed.version;
  }

  advance(): string | undefined {
    const update = this.#feed.collect();
    return update === undefined ? undefined : this.#updateText(update);
  }

  current(): string {
    const { version, bids, asks } = this.#feed.snapshot();
    return JSON.stringify({
      type: 'snapshot',
      symbol: this.#symbol,
      version,
      endVersion: version,
      bids: this.#texts(bids),
      asks: this.#texts(asks),
      checksum: this.#checksum(),
    } satisfies DepthSnapshot);
  }

  since(position: number): string | undefined {
    const update = this.#feed.since(position);
    return update === undefined ? undefined : this.#updateText(update);
  }

  close(): void {
    this.#feed.close();
  }

  #updateText(update: PublishedUpdate): string {
    return JSON.stringify({
      type: 'update',
      startVersion: update.startVersion,
      endVersion: update.endVersion,
      bids: this.#texts(update.bids),
      asks: this.#texts(update.asks),
      checksum: this.#checksum(),
    } satisfies DepthUpdate);
  }

  #checksum(): number {
    const best = this.#feed.snapshot(CHECKSUM_LEVELS);
    return depthChecksum({ bids: this.#texts(best.bids), asks: this.#texts(best.asks) });
  }

  #texts(levels: readonly Level[]): LevelText[] {
    const { tickSize, stepSize } = this.#grid;
    return levels.map(([price, quantity]) => [formatOnGrid(price, tickSize), formatOnGrid(quantity, stepSize)]);
  }
}
