import type { Account } from '../accounts/account.ts';
import { INSURANCE_FUND_ID } from '../accounts/fund-account.ts';
import type { Leg } from '../accounts/leg.ts';
import type { Step } from '../step.ts';
import type { Market } from '../symbols/market.ts';
import { type AdlEntry, adlEntry, byAdlRank } from './adl-score.ts';

/**
 * The positions of one side of a market in the order of auto-deleveraging, for one command: the marks stand still, so that a score
 * changes only with its account. Each position is scored once when the queue is made, and again when its account has changed; an older
 * entry is passed over.
 */
export class AdlQueue {
  readonly #long: boolean;
  readonly #market: Market;
  /** The command's growing list of accounts that have changed. */
  readonly #changed: readonly Account[];
  readonly #current = new Map<Leg, AdlEntry>();
  readonly #heap: AdlEntry[] = [];
  #seen: number;

  constructor({ state, changed }: Pick<Step, 'state' | 'changed'>, market: Market, long: boolean) {
    this.#market = market;
    this.#long = long;
    this.#changed = changed;
    this.#seen = changed.length;
    for (const leg of state.holders.in(market)) this.#enter(leg);
  }

  /** Takes the first position out that `passes`; the ones before it stay. */
  take(passes: (leg: Leg) => boolean): AdlEntry | undefined {
    this.#refresh();
    const passedOver: AdlEntry[] = [];
    let found: AdlEntry | undefined;
    while (found === undefined) {
      const first = this.#shift();
      if (first === undefined) break;
      if (this.#current.get(first.leg) !== first) continue;
      if (passes(first.leg)) {
        found = first;
        this.#current.delete(first.leg);
      } else passedOver.push(first);
    }
    for (const entry of passedOver) this.#push(entry);
    return found;
  }

  /** Scores the accounts anew that have changed since. */
  #refresh(): void {
    if (this.#seen === this.#changed.length) return;
    for (const account of new Set(this.#changed.slice(this.#seen))) {
      for (const leg of account.stanceIn(this.#market)?.legs ?? []) this.#enter(leg);
    }
    this.#seen = this.#changed.length;
  }

  #enter(leg: Leg): void {
    const isHere = this.#long ? leg.quantity > 0 : leg.quantity < 0;
    if (!isHere || leg.account.userId === INSURANCE_FUND_ID) {
      this.#current.delete(leg);
      return;
    }
    const entry = adlEntry(leg);
    this.#current.set(leg, entry);
    this.#push(entry);
  }

  #push(entry: AdlEntry): void {
    const heap = this.#heap;
    heap.push(entry);
    for (let i = heap.length - 1; i > 0; ) {
      const parent = (i - 1) >> 1;
      if (byAdlRank(heap[parent] as AdlEntry, heap[i] as AdlEntry) <= 0) return;
      this.#swap(i, parent);
      i = parent;
    }
  }

  #shift(): AdlEntry | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return first;
    heap[0] = last;
    for (let i = 0; ; ) {
      const left = 2 * i + 1;
      if (left >= heap.length) return first;
      const right = left + 1;
      const child =
        right < heap.length && byAdlRank(heap[right] as AdlEntry, heap[left] as AdlEntry) < 0 ? right : left;
      if (byAdlRank(heap[i] as AdlEntry, heap[child] as AdlEntry) <= 0) return first;
      this.#swap(i, child);
      i = child;
    }
  }

  #swap(a: number, b: number): void {
    const entry = this.#heap[a] as AdlEntry;
    this.#heap[a] = this.#heap[b] as AdlEntry;
    this.#heap[b] = entry;
  }
}
