import type { DepthSnapshot, DepthUpdate } from '@openvenue/contract';
import { CHECKSUM_LEVELS, depthChecksum } from './depth-checksum.ts';
import type { PriceLevel } from './price-level.ts';
import { SideLevels } from './side-levels.ts';

/**
 * What became of a message. `waiting`: an update without a snapshot before it, which is passed over. `gap` and `checksum`: the
 * book is not the venue's any more; it is empty and waits for a snapshot.
 */
export type DepthVerdict = 'applied' | 'waiting' | 'gap' | 'checksum';

/** The book of one symbol as its depth topic tells it. It never guesses: what does not fit empties it. */
export class DepthBook {
  readonly #bids = new SideLevels('bids');
  readonly #asks = new SideLevels('asks');
  #version: number | undefined;

  /** Version of the book; undefined while it waits for a snapshot. */
  get version(): number | undefined {
    return this.#version;
  }

  /** Buy levels, highest price first; all without a limit. */
  bids(limit?: number): readonly PriceLevel[] {
    return this.#bids.best(limit);
  }

  /** Sell levels, lowest price first; all without a limit. */
  asks(limit?: number): readonly PriceLevel[] {
    return this.#asks.best(limit);
  }

  apply(message: DepthSnapshot | DepthUpdate): DepthVerdict {
    if (message.type === 'snapshot') {
      this.#bids.replace(message.bids);
      this.#asks.replace(message.asks);
    } else {
      if (this.#version === undefined) return 'waiting';
      if (message.startVersion !== this.#version + 1) return this.#lost('gap');
      for (const level of message.bids) this.#bids.set(level);
      for (const level of message.asks) this.#asks.set(level);
    }
    if (message.checksum !== depthChecksum(this.#bids.best(CHECKSUM_LEVELS), this.#asks.best(CHECKSUM_LEVELS))) {
      return this.#lost('checksum');
    }
    this.#version = message.endVersion;
    return 'applied';
  }

  /** Empties the book, as after a lost connection. */
  reset(): void {
    this.#version = undefined;
    this.#bids.replace([]);
    this.#asks.replace([]);
  }

  #lost(verdict: 'gap' | 'checksum'): DepthVerdict {
    this.reset();
    return verdict;
  }
}
