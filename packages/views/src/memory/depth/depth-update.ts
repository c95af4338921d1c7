import type { Level } from './side-levels.ts';

/** What turns the book at `startVersion - 1` into the book at `endVersion`; best first, quantity 0 removes. */
export interface DepthUpdate {
  readonly startVersion: number;
  readonly endVersion: number;
  readonly bids: readonly Level[];
  readonly asks: readonly Level[];
}
