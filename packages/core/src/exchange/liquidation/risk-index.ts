import type { Account } from '../account.ts';
import type { Leg } from '../leg.ts';
import { isBelowMaintenance } from '../maintenance.ts';
import type { Market } from '../market.ts';
import { INSURANCE_FUND_ID } from './fund-account.ts';
import { PriceHeap } from './price-heap.ts';
import { type Assessment, assess, type RiskUnit } from './risk-unit.ts';
import { type SafeRange, safeRanges } from './safe-range.ts';

interface KeptRange extends SafeRange {
  readonly entry: Indexed;
  live: boolean;
}

interface Indexed {
  readonly unit: RiskUnit;
  readonly ranges: Map<Market, KeptRange>;
}

interface MarketIndex {
  readonly down: PriceHeap<KeptRange>;
  readonly up: PriceHeap<KeptRange>;
  live: number;
}

/**
 * Finds the units that a move of the marks can have brought to a margin call, back from one, or below maintenance, without looking at
 * the others: each unit is kept by the marks up to which it surely needs no look, and is looked at exactly when one of them is
 * reached. It only says whom to look at, never what is found, so that how it came to its ranges changes nothing.
 */
export class RiskIndex {
  readonly #units = new Map<Account | Leg, Indexed>();
  readonly #markets = new Map<Market, MarketIndex>();
  /** Below maintenance while liquidation pauses: looked at with every price command. */
  readonly #waiting = new Set<Indexed>();

  /** Units that are watched. */
  get size(): number {
    return this.#units.size;
  }

  /** Whether a leg is watched as an isolated position. */
  watches(leg: Leg): boolean {
    return this.#units.has(leg);
  }

  /** The units whose range a mark has left, and those that wait for a pause to end; each is to be watched anew. */
  reached(): RiskUnit[] {
    const found = new Set(this.#waiting);
    this.#waiting.clear();
    for (const [market, { down, up }] of this.#markets) {
      for (const heap of [down, up]) {
        for (let range = heap.take(market.mark); range !== undefined; range = heap.take(market.mark)) {
          this.#drop(market, range);
          found.add(range.entry);
        }
      }
    }
    return [...found].map(({ unit }) => unit);
  }

  /** Watches a unit from how it stands now; one without positions is forgotten. */
  watch(unit: RiskUnit, assessment: Assessment = assess(unit)): void {
    const key = unit.leg ?? unit.account;
    let entry = this.#units.get(key);
    if (assessment.held.length === 0) {
      if (entry !== undefined) this.#forget(key, entry);
      return;
    }
    if (entry === undefined) {
      entry = { unit, ranges: new Map() };
      this.#units.set(key, entry);
    }
    if (isBelowMaintenance(assessment)) {
      this.#keep(entry, new Map());
      this.#waiting.add(entry);
      return;
    }
    this.#waiting.delete(entry);
    this.#keep(entry, safeRanges(assessment, key.marginCalled));
  }

  /** Watches what a snapshot has brought, but for the insurance fund, which is never liquidated (LIQ-7); a new index only. */
  rebuild(accounts: Iterable<Account>, unitsOf: (account: Account) => readonly RiskUnit[]): void {
    for (const account of accounts)
      if (account.userId !== INSURANCE_FUND_ID) for (const unit of unitsOf(account)) this.watch(unit);
  }

  /** Replaces the ranges that are wider than the new ones; a narrower one only costs a look too many. */
  #keep(entry: Indexed, ranges: ReadonlyMap<Market, SafeRange>): void {
    for (const [market, kept] of entry.ranges) {
      const range = ranges.get(market);
      if (range === undefined || kept.low < range.low || kept.high > range.high) this.#drop(market, kept);
    }
    for (const [market, range] of ranges) {
      if (entry.ranges.has(market)) continue;
      const kept: KeptRange = { ...range, entry, live: true };
      entry.ranges.set(market, kept);
      const index = this.#indexOf(market);
      index.live++;
      index.down.add(kept.low, kept);
      index.up.add(kept.high, kept);
      index.down.compact(index.live);
      index.up.compact(index.live);
    }
  }

  #drop(market: Market, range: KeptRange): void {
    range.live = false;
    range.entry.ranges.delete(market);
    this.#indexOf(market).live--;
  }

  #forget(key: Account | Leg, entry: Indexed): void {
    for (const [market, range] of entry.ranges) this.#drop(market, range);
    this.#waiting.delete(entry);
    this.#units.delete(key);
  }

  #indexOf(market: Market): MarketIndex {
    let index = this.#markets.get(market);
    if (index === undefined) {
      index = { down: new PriceHeap('down'), up: new PriceHeap('up'), live: 0 };
      this.#markets.set(market, index);
    }
    return index;
  }
}
