import { BIGINT_FORM } from './writer.ts';

/** Reads what {@link StateWriter} wrote, in the same order. Bytes that end too early throw: a snapshot is whole or refused. */
export class StateReader {
  readonly #bytes: Uint8Array;
  #offset = 0;
  /** A text may begin with U+FEFF; without `ignoreBOM` it would be lost. */
  readonly #decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  uint(): number {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = this.#byte();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) break;
      scale *= 0x80;
    }
    if (!Number.isSafeInteger(value)) throw new RangeError('snapshot holds an integer beyond 2^53');
    return value;
  }

  int(): number {
    const negative = this.boolean();
    const magnitude = this.uint();
    return negative ? -magnitude : magnitude;
  }

  bigint(): bigint {
    const form = this.uint();
    switch (form) {
      case BIGINT_FORM.ZERO:
        return 0n;
      case BIGINT_FORM.POSITIVE:
        return BigInt(this.uint());
      case BIGINT_FORM.NEGATIVE:
        return -BigInt(this.uint());
      case BIGINT_FORM.TEXT:
        return bigintOfText(this.text());
      default:
        throw new RangeError(`snapshot holds a bigint of the form ${form}`);
    }
  }

  oneOf<T extends string>(texts: readonly T[]): T {
    const place = this.uint();
    const text = texts[place];
    if (text === undefined) throw new RangeError(`snapshot names the text ${place} of ${texts.join(' ')}`);
    return text;
  }

  boolean(): boolean {
    return this.#byte() === 1;
  }

  text(): string {
    const length = this.uint();
    const end = this.#offset + length;
    if (end > this.#bytes.length) throw new RangeError('snapshot ends inside a text');
    const value = this.#decoder.decode(this.#bytes.subarray(this.#offset, end));
    this.#offset = end;
    return value;
  }

  list<T>(read: () => T): T[] {
    const count = this.uint();
    const items: T[] = [];
    for (let i = 0; i < count; i++) items.push(read());
    return items;
  }

  /** Throws unless every byte was read. */
  finish(): void {
    if (this.#offset !== this.#bytes.length) throw new RangeError('snapshot has bytes behind its end');
  }

  #byte(): number {
    const byte = this.#bytes[this.#offset];
    if (byte === undefined) throw new RangeError('snapshot ends too early');
    this.#offset++;
    return byte;
  }
}

function bigintOfText(text: string): bigint {
  const negative = text.startsWith('-');
  let value = 0n;
  for (const digit of negative ? text.slice(1) : text) value = value * 36n + BigInt(Number.parseInt(digit, 36));
  return negative ? -value : value;
}
