import { NONE } from './order-book.ts';

const INITIAL_RECORDS = 256;

/**
 * Fixed-size records in one buffer, named by their slot. The buffer doubles when it is full; freed slots form a list through
 * their first word and are reused last in, first out, because the last one freed is the likeliest to be in the cache.
 * Both views lie over the same bytes, so that a record's integers and doubles share a cache line.
 */
export class RecordSlab {
  protected words: Int32Array;
  protected doubles: Float64Array;
  readonly #wordsPerRecord: number;
  #highWater = 0;
  #firstFree = NONE;

  /** `wordsPerRecord` is even: a record is a whole number of doubles. */
  constructor(wordsPerRecord: number) {
    this.#wordsPerRecord = wordsPerRecord;
    this.words = new Int32Array(INITIAL_RECORDS * wordsPerRecord);
    this.doubles = new Float64Array(this.words.buffer);
  }

  get byteSize(): number {
    return this.words.byteLength;
  }

  /** Slots ever handed out: every live slot is below this. */
  protected get highWater(): number {
    return this.#highWater;
  }

  /** A slot whose content is undefined: the caller writes every field. It may replace both views. */
  protected take(): number {
    const slot = this.#firstFree;
    if (slot !== NONE) {
      this.#firstFree = this.words[slot * this.#wordsPerRecord]!;
      return slot;
    }
    if (this.#highWater * this.#wordsPerRecord === this.words.length) this.#grow();
    return this.#highWater++;
  }

  protected giveBack(slot: number): void {
    this.words[slot * this.#wordsPerRecord] = this.#firstFree;
    this.#firstFree = slot;
  }

  #grow(): void {
    const words = new Int32Array(this.words.length * 2);
    words.set(this.words);
    this.words = words;
    this.doubles = new Float64Array(words.buffer);
  }
}
