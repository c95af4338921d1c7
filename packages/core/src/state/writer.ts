/**
 * Writes state as canonical bytes: the same state gives the same bytes on every machine, so a digest of them is the state hash.
 * Integers are LEB128 varints, signed ones with a sign before them; bigints are texts in base 36; texts are UTF-8 with their length.
 */
export class StateWriter {
  #bytes = new Uint8Array(1 << 16);
  #length = 0;
  readonly #encoder = new TextEncoder();

  /** A safe integer >= 0. */
  uint(value: number): void {
    if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`not an unsigned safe integer: ${value}`);
    this.#reserve(8);
    let rest = value;
    while (rest >= 0x80) {
      this.#bytes[this.#length++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    this.#bytes[this.#length++] = rest;
  }

  /** A safe integer of either sign. */
  int(value: number): void {
    this.boolean(value < 0);
    this.uint(Math.abs(value));
  }

  bigint(value: bigint): void {
    this.text(value.toString(36));
  }

  boolean(value: boolean): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = value ? 1 : 0;
  }

  text(value: string): void {
    if (this.#ascii(value)) return;
    this.uint(this.#encoder.encode(value).length);
    this.#reserve(value.length * 3);
    this.#length += this.#encoder.encodeInto(value, this.#bytes.subarray(this.#length)).written;
  }

  /** Writes a text of ASCII alone, as nearly all are, without an encoder, and tells whether it was one; else nothing is written. */
  #ascii(value: string): boolean {
    const before = this.#length;
    this.uint(value.length);
    this.#reserve(value.length);
    for (let i = 0; i < value.length; i++) {
      const code = value.charCodeAt(i);
      if (code >= 0x80) {
        this.#length = before;
        return false;
      }
      this.#bytes[this.#length++] = code;
    }
    return true;
  }

  /** A count, then each item by `write`, in the given order. */
  list<T>(items: Iterable<T>, write: (item: T) => void): void {
    const all = [...items];
    this.uint(all.length);
    for (const item of all) write(item);
  }

  finish(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  #reserve(bytes: number): void {
    if (this.#length + bytes <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + bytes));
    grown.set(this.#bytes);
    this.#bytes = grown;
  }
}
