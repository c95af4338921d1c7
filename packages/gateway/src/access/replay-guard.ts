/** What became of a signature. */
export type Taken = 'taken' | 'replayed' | 'full';

/** Signatures that are remembered; at the limit new ones are refused, because a forgotten one could be used again. */
export const REPLAY_GUARD_LIMIT = 500_000;

/** Remembers signatures for as long as they could be used again. */
export class ReplayGuard {
  readonly #lifeMs: number;
  readonly #limit: number;
  /** Hash and the time from which it can be forgotten, oldest first. */
  readonly #seen = new Map<string, number>();

  /** `lifeMs`: twice the tolerance, since a timestamp may lie ahead by it and is valid until it lies behind by it. */
  constructor(options: { readonly lifeMs: number; readonly limit?: number }) {
    this.#lifeMs = options.lifeMs;
    this.#limit = options.limit ?? REPLAY_GUARD_LIMIT;
  }

  take(signatureHash: string, nowMs: number): Taken {
    this.#forgetUntil(nowMs);
    if (this.#seen.has(signatureHash)) return 'replayed';
    if (this.#seen.size >= this.#limit) return 'full';
    this.#seen.set(signatureHash, nowMs + this.#lifeMs);
    return 'taken';
  }

  #forgetUntil(nowMs: number): void {
    for (const [hash, forgetAtMs] of this.#seen) {
      if (forgetAtMs >= nowMs) return;
      this.#seen.delete(hash);
    }
  }
}
