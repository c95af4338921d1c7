import type { Market } from '../symbols/market.ts';
import type { Account } from './account.ts';
import type { Leg } from './leg.ts';

/** What is liquidated as one: the cross account of a user, or one isolated position (LIQ-1). */
export interface RiskUnit {
  readonly account: Account;
  /** The isolated position's leg; undefined for the cross account. */
  readonly leg: Leg | undefined;
}

/** Marks of one market, both ends excluded, within which a unit surely needs no look. */
export interface SafeRange {
  readonly market: Market;
  readonly low: number;
  readonly high: number;
}

/** A unit in the risk index. Its account or leg holds it, so that finding it costs nothing however many there are. */
export interface Watched extends RiskUnit {
  /** At most one for each market. */
  ranges: KeptRange[];
  /** Below maintenance while liquidation pauses: looked at with every price command. */
  waiting: boolean;
}

/** A range as the index keeps it; one that is no longer live is passed over. */
export interface KeptRange extends SafeRange {
  readonly unit: Watched;
  live: boolean;
}
