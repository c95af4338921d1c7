import type { Account } from '../accounts/account.ts';
import { INSURANCE_FUND_ID } from '../accounts/fund-account.ts';
import type { Leg } from '../accounts/leg.ts';
import type { KeptRange, RiskUnit, SafeRange, Watched } from '../accounts/watched.ts';
import { isBelowMaintenance } from '../margin/maintenance.ts';
import type { Market } from '../symbols/market.ts';
import { PriceHeap } from './price-heap.ts';
import { type Assessment, assess } from './risk-unit.ts';
import { safeRanges } from './safe-range.ts';

interface MarketIndex {
  readonly down: PriceHeap<KeptRange>;
  readonly up: PriceHeap<KeptRange>;
  live: number;
}

/** A range that is gone leaves its entries behind; they never outnumber those that count. */
function compact({ down, up, live }: MarketIndex): void {
  down.compact(live);
  up.compact(live);
}

/**
 * Finds the units that a move of the marks can have brought to a margin call, back from one, or below maintenance, without looking at
 * the others: each unit is kept by the marks up to which it surely needs no look, and is looked at exactly when one of them is
 * reached. It only says whom to look at, never what is found, so that how it came to its ranges changes nothing.
 */
export class RiskIndex {
  readonly #markets = new Map<Market, MarketIndex>();
  readonly #waiting = new Set<Watched>();
  #size = 0;

  /** Units that are watched. */
  get size(): number {
    return this.#size;
  }

  /** Entries that are kept for a market, those that are left over from former ranges included. */
  entries(market: Market): number {
    const index = this.#markets.get(market);
    return index === undefined ? 0 : index.down.size + index.up.size;
  }

  /** The units whose range a mark has left, and those that wait for a pause to end; each is to be watched anew. */
  reached(): RiskUnit[] {
    const found = new Set(this.#waiting);
    for (const unit of found) unit.waiting = false;
    this.#waiting.clear();
    for (const [market, index] of this.#markets) {
      for (const heap of [index.down, index.up]) {
        for (let range = heap.take(market.mark); range !== undefined; range = heap.take(market.mark)) {
          index.live--;
          range.live = false;
          range.unit.ranges = range.unit.ranges.filter((kept) => kept !== range);
          found.add(range.unit);
        }
      }
      compact(index);
    }
    return [...found];
  }

  /** Watches a unit from how it stands now; one without positions is forgotten. */
  watch(unit: RiskUnit, assessment: Assessment = assess(unit)): void {
    const holder: Account | Leg = unit.leg ?? unit.account;
    let { watched } = holder;
    if (assessment.held.length === 0) {
      if (watched !== undefined) this.#forget(holder, watched);
      return;
    }
    if (watched === undefined) {
      watched = { account: unit.account, leg: unit.leg, ranges: [], waiting: false };
      holder.watched = watched;
      this.#size++;
    }
    if (isBelowMaintenance(assessment)) {
      this.#keep(watched, []);
      this.#setWaiting(watched, true);
      return;
    }
    this.#setWaiting(watched, false);
    this.#keep(watched, safeRanges(assessment, holder.marginCalled));
  }

  /** Watches what a snapshot has brought, but for the insurance fund, which is never liquidated (LIQ-7); a new index only. */
  rebuild(accounts: Iterable<Account>, unitsOf: (account: Account) => readonly RiskUnit[]): void {
    for (const account of accounts)
      if (account.userId !== INSURANCE_FUND_ID) for (const unit of unitsOf(account)) this.watch(unit);
  }

  /**
   * Replaces the ranges that are wider than the new ones; a narrower one only costs a look too many. Of one that is replaced the nearer
   * ends stay, so that a position that goes to and fro between long and short soon needs no other.
   */
  #keep(unit: Watched, ranges: readonly SafeRange[]): void {
    const before = unit.ranges;
    if (before.length === 0 && ranges.length === 0) return;
    unit.ranges = ranges.map((range) => {
      const kept = before.find(({ market }) => market === range.market);
      if (kept === undefined) return this.#enter(unit, range);
      if (kept.low >= range.low && kept.high <= range.high) return kept;
      const { market, low, high } = range;
      return this.#enter(unit, { market, low: Math.max(low, kept.low), high: Math.min(high, kept.high) });
    });
    for (const kept of before) if (!unit.ranges.includes(kept)) this.#drop(kept);
  }

  #enter(unit: Watched, { market, low, high }: SafeRange): KeptRange {
    const range: KeptRange = { market, low, high, unit, live: true };
    const index = this.#indexOf(market);
    index.live++;
    index.down.add(low, range);
    index.up.add(high, range);
    compact(index);
    return range;
  }

  #drop(range: KeptRange): void {
    const index = this.#indexOf(range.market);
    range.live = false;
    index.live--;
    compact(index);
  }

  #setWaiting(unit: Watched, waiting: boolean): void {
    if (unit.waiting === waiting) return;
    unit.waiting = waiting;
    if (waiting) this.#waiting.add(unit);
    else this.#waiting.delete(unit);
  }

  #forget(holder: Account | Leg, unit: Watched): void {
    this.#keep(unit, []);
    this.#setWaiting(unit, false);
    holder.watched = undefined;
    this.#size--;
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
