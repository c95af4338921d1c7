import { type Money, ZERO_MONEY } from '@openvenue/money';
import type { StateReader } from '../../state/reader.ts';
import type { StateWriter } from '../../state/writer.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;
/** Whole UTC days that count for a fee level (FEE-2). */
const WINDOW_DAYS = 30;

/** Number of the UTC day that a time lies in. */
export const utcDay = (timeMs: number): number => Math.floor(timeMs / DAY_MS);

/** A user's traded value by UTC day, today and the 30 days before it; older days are forgotten. */
export class TradedVolume {
  /** Ascending days. */
  readonly #days: { readonly day: number; value: bigint }[] = [];

  get isEmpty(): boolean {
    return this.#days.length === 0;
  }

  /** `day` is never before a day added earlier. */
  add(day: number, value: bigint): void {
    const last = this.#days[this.#days.length - 1];
    if (last?.day === day) last.value += value;
    else this.#days.push({ day, value });
  }

  /** `volume30d` on a day: the sum of the 30 UTC days before it (FEE-2). */
  before(day: number): Money {
    let sum = 0n;
    for (const entry of this.#days) if (entry.day >= day - WINDOW_DAYS && entry.day < day) sum += entry.value;
    return sum === 0n ? ZERO_MONEY : (sum as Money);
  }

  /** Drops the days that no level of this day or a later one looks at. */
  forgetBefore(day: number): void {
    while (this.#days[0] !== undefined && this.#days[0].day < day - WINDOW_DAYS) this.#days.shift();
  }

  save(w: StateWriter): void {
    w.list(this.#days, ({ day, value }) => {
      w.uint(day);
      w.bigint(value);
    });
  }

  load(r: StateReader): void {
    r.list(() => {
      const day = r.uint();
      this.add(day, r.bigint());
    });
  }
}
