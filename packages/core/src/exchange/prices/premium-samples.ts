import type { StateReader } from '../../state/reader.ts';
import type { StateWriter } from '../../state/writer.ts';

/** One sample a price command, one command a second: five minutes hold 300; the rest is room for a faster feed. */
const MAX_SAMPLES = 1_024;

/**
 * Samples of (mid - index) in half ticks, so that a mid between two ticks stays whole. They feed the price band (30 s) and the
 * mark (5 min).
 */
export class PremiumSamples {
  readonly #keepMs: number;
  #times: number[] = [];
  #halfTicks: number[] = [];

  constructor(keepMs: number) {
    this.#keepMs = keepMs;
  }

  add(timeMs: number, halfTicks: number): void {
    this.#times.push(timeMs);
    this.#halfTicks.push(halfTicks);
    if (this.#times.length > MAX_SAMPLES) {
      this.#times.shift();
      this.#halfTicks.shift();
    }
  }

  /** Forgets the samples older than the window ending now. */
  expire(timeMs: number): void {
    let stale = 0;
    while (stale < this.#times.length && (this.#times[stale] as number) <= timeMs - this.#keepMs) stale++;
    if (stale === 0) return;
    this.#times.splice(0, stale);
    this.#halfTicks.splice(0, stale);
  }

  /** Sum in half ticks and count of the samples younger than `withinMs`. */
  sum(timeMs: number, withinMs: number): { readonly halfTicks: number; readonly count: number } {
    let halfTicks = 0;
    let count = 0;
    for (let i = this.#times.length - 1; i >= 0 && (this.#times[i] as number) > timeMs - withinMs; i--) {
      halfTicks += this.#halfTicks[i] as number;
      count++;
    }
    return { halfTicks, count };
  }

  save(writer: StateWriter): void {
    writer.list(this.#times.keys(), (i) => {
      writer.uint(this.#times[i] as number);
      writer.int(this.#halfTicks[i] as number);
    });
  }

  load(reader: StateReader): void {
    reader.list(() => {
      this.#times.push(reader.uint());
      this.#halfTicks.push(reader.int());
    });
  }
}
