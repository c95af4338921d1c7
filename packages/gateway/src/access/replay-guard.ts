/** What became of a signature. */
export type Taken = 'taken' | 'replayed' | 'full';

/** Signatures that are remembered; at the limit new ones are refused, because a forgotten one could be used again. */
export const REPLAY_GUARD_LIMIT = 500_000;

/**
 * Remembers signatures for as long as they could be used again. They are forgotten in the order in which they were taken, from a queue of its
 * own: to find the oldest of a set, V8 walks over the places of all that were deleted before it.
 */
export class ReplayGuard {
  readonly #lifeMs: number;
  readonly #limit: number;
  readonly #hashes = new Set<string>();
  /** Oldest first; those before `#oldest` are forgotten. */
  readonly #queue: { readonly hash: string; readonly forgetAtMs: number }[] = [];
  #oldest = 0;

  /** `lifeMs`: twice the tolerance, since a timestamp may lie ahead by it and is valid until it lies behind by it. */
  constructor(options: { readonly lifeMs: number; readonly limit?: number }) {
    this.#lifeMs = options.lifeMs;
    this.#limit = options.limit ?? REPLAY_GUARD_LIMIT;
  }

  take(signatureHash: string, nowMs: number): Taken {
    this.#forgetUntil(nowMs);
    if (this.#hashes.has(signatureHash)) return 'replayed';
    if (this.#hashes.size >= this.#limit) return 'full';
    this.#hashes.add(signatureHash);
    this.#queue.push({ hash: signatureHash, forgetAtMs: nowMs + this.#lifeMs });
    return 'taken';
  }

  #forgetUntil(nowMs: number): void {
    for (let next = this.#queue[this.#oldest]; next !== undefined && next.forgetAtMs < nowMs; ) {
      this.#hashes.delete(next.hash);
      next = this.#queue[++this.#oldest];
    }
    // At most half of the queue is forgotten ones, and moving the others costs no more than taking them did.
    if (this.#oldest * 2 > this.#queue.length) {
      this.#queue.splice(0, this.#oldest);
      this.#oldest = 0;
    }
  }
}
