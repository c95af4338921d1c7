import { INSURANCE_FUND_ID } from '../accounts/fund-account.ts';
import type { Leg } from '../accounts/leg.ts';
import type { ExchangeState } from '../exchange-state.ts';
import type { Market } from '../symbols/market.ts';
import { type AdlEntry, adlEntry, byAdlRank } from './adl-score.ts';

/** Sides with more positions are ranked at most once in {@link RANKING_KEPT_MS} of command time: every trade can move every rank. */
const RANKED_AT_ONCE = 512;
const RANKING_KEPT_MS = 1_000;

interface Ranking {
  readonly entries: readonly AdlEntry[];
  readonly timeMs: number;
  readonly revision: number;
}

/** 1 to 5: 5 is next to be deleveraged (LIQ-3). `rank` begins at 1. */
export const adlQuantile = (rank: number, positions: number): number => 5 - Math.floor(((rank - 1) * 5) / positions);

/** Says each position's place in the queue of auto-deleveraging, for display. */
export class AdlQuantiles {
  readonly #state: ExchangeState;
  readonly #timeMs: () => number;
  readonly #rankings = new Map<Market, { long?: Ranking; short?: Ranking }>();

  constructor(state: ExchangeState, timeMs: () => number) {
    this.#state = state;
    this.#timeMs = timeMs;
  }

  /** Of a leg that holds a position. */
  of(leg: Leg): number {
    const { entries } = this.#ranking(leg.market, leg.quantity > 0);
    const own = adlEntry(leg);
    let from = 0;
    let to = entries.length;
    while (from < to) {
      const middle = (from + to) >> 1;
      if (byAdlRank(entries[middle] as AdlEntry, own) < 0) from = middle + 1;
      else to = middle;
    }
    const positions = Math.max(1, entries.length);
    return adlQuantile(Math.min(from + 1, positions), positions);
  }

  #ranking(market: Market, long: boolean): Ranking {
    const kept = this.#rankings.get(market) ?? {};
    this.#rankings.set(market, kept);
    const ranking = long ? kept.long : kept.short;
    if (ranking !== undefined && this.#holds(ranking)) return ranking;
    const entries: AdlEntry[] = [];
    for (const leg of this.#state.holders.in(market)) {
      if (leg.quantity > 0 === long && leg.account.userId !== INSURANCE_FUND_ID) entries.push(adlEntry(leg));
    }
    entries.sort(byAdlRank);
    const fresh = { entries, timeMs: this.#timeMs(), revision: this.#state.revision };
    if (long) kept.long = fresh;
    else kept.short = fresh;
    return fresh;
  }

  #holds({ entries, timeMs, revision }: Ranking): boolean {
    if (revision === this.#state.revision) return true;
    return entries.length > RANKED_AT_ONCE && this.#timeMs() - timeMs < RANKING_KEPT_MS;
  }
}
