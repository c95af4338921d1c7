const MAX_INT32 = 2 ** 31 - 1;
const DEFAULT_CAPACITY = 1 << 16;

/** How a bigint is written: nothing more follows, a safe integer, the absolute value of a negative one, or a text in base 36. */
export const BIGINT_FORM = { ZERO: 0, POSITIVE: 1, NEGATIVE: 2, TEXT: 3 } as const;
const { ZERO, POSITIVE, NEGATIVE, TEXT } = BIGINT_FORM;

/**
 * Writes state as canonical bytes: the same state gives the same bytes on every machine, so a digest of them is the state hash.
 * Integers are LEB128 varints, signed ones with a sign before them; texts are UTF-8 with their length. A snapshot stops the venue for
 * as long as it is written, so that what nearly all values are has a short way.
 */
export class StateWriter {
  #bytes: Uint8Array;
  #length = 0;
  readonly #encoder = new TextEncoder();

  /** `capacity`: about how many bytes will be written. With too small a one they are copied on the way. */
  constructor(capacity = DEFAULT_CAPACITY) {
    this.#bytes = new Uint8Array(capacity);
  }

  /** A safe integer >= 0. */
  uint(value: number): void {
    this.#reserve(8);
    if ((value & 0x7f) === value) {
      this.#bytes[this.#length++] = value;
      return;
    }
    if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`not an unsigned safe integer: ${value}`);
    let rest = value;
    while (rest > MAX_INT32) {
      this.#bytes[this.#length++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    for (; rest >= 0x80; rest >>>= 7) this.#bytes[this.#length++] = (rest & 0x7f) | 0x80;
    this.#bytes[this.#length++] = rest;
  }

  /** A safe integer of either sign. */
  int(value: number): void {
    this.boolean(value < 0);
    this.uint(Math.abs(value));
  }

  /** A bigint, after its form in {@link BIGINT_FORM}. */
  bigint(value: bigint): void {
    const near = Number(value);
    if (near === 0) this.uint(ZERO);
    else if (!Number.isSafeInteger(near)) {
      this.uint(TEXT);
      this.text(value.toString(36));
    } else {
      this.uint(near > 0 ? POSITIVE : NEGATIVE);
      this.uint(Math.abs(near));
    }
  }

  /** One of a few texts, as its place among them. They may not change their order under the same number of rules. */
  oneOf<T extends string>(texts: readonly T[], text: T): void {
    const place = texts.indexOf(text);
    if (place === -1) throw new RangeError(`not one of ${texts.join(' ')}: ${text}`);
    this.uint(place);
  }

  /** What another writer wrote. */
  bytes(written: Uint8Array): void {
    this.#reserve(written.length);
    this.#bytes.set(written, this.#length);
    this.#length += written.length;
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

  /** How many bytes are written. */
  get length(): number {
    return this.#length;
  }

  /** A copy of what was written from a length on. */
  since(length: number): Uint8Array {
    return this.#bytes.slice(length, this.#length);
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
