import { REQUEST_ID_PATTERN } from '@openvenue/contract';
import type { RandomBytes } from '../options.ts';

const GIVEN = new RegExp(REQUEST_ID_PATTERN);
const ID_BYTES = 12;
/** Bytes that are drawn at once: a draw costs as much as the rest of what is done for an id a hundred times. */
const DRAW_BYTES = 256 * ID_BYTES;

/** Names requests. */
export class RequestIds {
  readonly #random: RandomBytes;
  #drawn: Buffer = Buffer.alloc(0);
  #used = 0;

  constructor(random: RandomBytes) {
    this.#random = random;
  }

  /** The id that the client gave in `X-Request-ID` when it is well-formed, else a new one. */
  of(given: string | readonly string[] | undefined): string {
    return typeof given === 'string' && GIVEN.test(given) ? given : this.next();
  }

  /** A new id. */
  next(): string {
    if (this.#used === this.#drawn.length) {
      this.#drawn = this.#random(DRAW_BYTES);
      this.#used = 0;
    }
    const from = this.#used;
    this.#used += ID_BYTES;
    return `req-${this.#drawn.toString('hex', from, this.#used)}`;
  }
}
