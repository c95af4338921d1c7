import type { Rate } from '@openvenue/money';
import type { StateReader } from '../../state/reader.ts';
import type { StateWriter } from '../../state/writer.ts';
import type { PremiumAverage } from './funding-rate.ts';

const HOUR_MS = 60 * 60 * 1_000;
/** The premium is sampled once in each of these slots (FND-1). */
export const PREMIUM_SLOT_MS = 5_000;

/** What one symbol remembers of its funding: the rate settled last, when the next is due, and the samples since. */
export class FundingClock {
  /** Last settled rate, 0 before the first (PRC-2). */
  rate = 0 as Rate;
  /** When the next settlement is due, Unix ms UTC; 0 before the first live price. */
  nextAtMs = 0;
  /** Length of the interval that runs until then; 0 before the first live price. */
  hours = 0;
  #weighted = 0n;
  #count = 0;
  #slot = 0;

  get average(): PremiumAverage {
    return { weighted: this.#weighted, count: this.#count };
  }

  /** Sets the first funding time, or one for a new interval: whole intervals of the UTC day. */
  schedule(timeMs: number, hours: number): void {
    this.hours = hours;
    const interval = hours * HOUR_MS;
    this.nextAtMs = (Math.floor(timeMs / interval) + 1) * interval;
  }

  /** Whether this time lies in a slot that has no sample yet. Missed slots are not made up. */
  wantsSample(timeMs: number): boolean {
    return Math.floor(timeMs / PREMIUM_SLOT_MS) > this.#slot;
  }

  addSample(timeMs: number, premium: Rate): void {
    this.#slot = Math.floor(timeMs / PREMIUM_SLOT_MS);
    this.#count++;
    this.#weighted += BigInt(this.#count) * BigInt(premium);
  }

  /** Begins the next interval with the rate that was settled. */
  settled(rate: Rate, next: { readonly timeMs: number; readonly hours: number }): void {
    this.rate = rate;
    this.#weighted = 0n;
    this.#count = 0;
    this.schedule(next.timeMs, next.hours);
  }

  save(w: StateWriter): void {
    w.int(this.rate);
    w.uint(this.nextAtMs);
    w.uint(this.hours);
    w.bigint(this.#weighted);
    w.uint(this.#count);
    w.uint(this.#slot);
  }

  load(r: StateReader): void {
    this.rate = r.int() as Rate;
    this.nextAtMs = r.uint();
    this.hours = r.uint();
    this.#weighted = r.bigint();
    this.#count = r.uint();
    this.#slot = r.uint();
  }
}
