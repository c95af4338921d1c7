import { divide, type PriceTicks } from '@openvenue/money';
import type { StateReader } from '../../state/reader.ts';
import type { StateWriter } from '../../state/writer.ts';

const SAMPLE_MS = 1_000;

/** The end of a symbol that has been announced. Its settlement price is the mean of the last hour's index samples. */
export class Delisting {
  readonly atMs: number;
  phase: 'ANNOUNCED' | 'REDUCE_ONLY' | 'ENDED' = 'ANNOUNCED';
  #sum = 0;
  #count = 0;
  #lastSample = 0;

  constructor(atMs: number) {
    this.atMs = atMs;
  }

  /** One sample a second of the last hour. */
  sample(timeMs: number, index: PriceTicks): void {
    const second = Math.floor(timeMs / SAMPLE_MS);
    if (this.phase !== 'REDUCE_ONLY' || second === this.#lastSample) return;
    this.#lastSample = second;
    this.#sum += index;
    this.#count++;
  }

  get samples(): number {
    return this.#count;
  }

  /** The mean, half up to the tick (SYM-3); `fallback`, the last index, when the hour had none. */
  settlementPrice(fallback: PriceTicks): PriceTicks {
    if (this.#count === 0) return fallback;
    return Number(divide(BigInt(this.#sum), BigInt(this.#count), 'half-up')) as PriceTicks;
  }

  save(w: StateWriter): void {
    w.uint(this.atMs);
    w.text(this.phase);
    w.uint(this.#sum);
    w.uint(this.#count);
    w.uint(this.#lastSample);
  }

  static load(r: StateReader): Delisting {
    const delisting = new Delisting(r.uint());
    delisting.phase = r.text() as Delisting['phase'];
    delisting.#sum = r.uint();
    delisting.#count = r.uint();
    delisting.#lastSample = r.uint();
    return delisting;
  }
}
