/** Words of a record: 32 bytes, so that two fill a cache line. */
const RECORD_WORDS = 8;
const INITIAL_RECORDS = 256;

/**
 * Records of 8 words, or 4 doubles over the same bytes, in one buffer. A record is named by the place of its first word, so
 * that `words[record | 3]` is its word 3 and `doubles[(record >> 1) | 1]` its double 1, of words 2 and 3. Record 0 is never given
 * out. The buffer doubles when it is full; freed records form a list through their first word and are reused last in, first
 * out, because the last one freed is the likeliest to be in the cache.
 */
export class RecordSlab {
  protected words = new Int32Array(INITIAL_RECORDS * RECORD_WORDS);
  protected doubles = new Float64Array(this.words.buffer);
  #highWater = RECORD_WORDS;
  #firstFree = 0;

  get byteSize(): number {
    return this.words.byteLength;
  }

  /** Every record that was ever given out is below this. */
  protected get highWater(): number {
    return this.#highWater;
  }

  /** A record whose content is undefined: the caller writes every field. It may replace both views. */
  protected take(): number {
    const record = this.#firstFree;
    if (record === 0) return this.#takeFresh();
    this.#firstFree = this.words[record]!;
    return record;
  }

  protected giveBack(record: number): void {
    this.words[record] = this.#firstFree;
    this.#firstFree = record;
  }

  #takeFresh(): number {
    const record = this.#highWater;
    this.#highWater += RECORD_WORDS;
    if (record < this.words.length) return record;
    const words = new Int32Array(this.words.length * 2);
    words.set(this.words);
    this.words = words;
    this.doubles = new Float64Array(words.buffer);
    return record;
  }
}
