import type { StateReader } from '../state/reader.ts';
import type { StateWriter } from '../state/writer.ts';
import { MAX_SIGNATURES, MAX_SIGNATURES_PER_USER } from './limits.ts';

export interface TakenSignature {
  readonly hash: string;
  readonly userId: number;
  readonly expiresAtMs: number;
}

/**
 * Signatures that were taken and have not expired. Full means that no more are taken; none is forgotten before its time. Every signed
 * command takes one, so they are kept by the millisecond of their expiry: taking and forgetting cost O(1), where a queue sorts.
 */
export class Signatures {
  /** In the order in which they were taken. */
  readonly #byHash = new Map<string, TakenSignature>();
  readonly #countByUser = new Map<number, number>();
  readonly #byExpiry = new Map<number, TakenSignature[]>();
  /** Up to this time, all that had expired is forgotten. */
  #forgottenMs = 0;

  has(hash: string): boolean {
    return this.#byHash.has(hash);
  }

  isFullFor(userId: number): boolean {
    return this.#byHash.size >= MAX_SIGNATURES || (this.#countByUser.get(userId) ?? 0) >= MAX_SIGNATURES_PER_USER;
  }

  /** Its expiry must lie after the time that was last given to {@link forgetExpired}. */
  take(signature: TakenSignature): void {
    const { hash, userId, expiresAtMs } = signature;
    this.#byHash.set(hash, signature);
    this.#countByUser.set(userId, (this.#countByUser.get(userId) ?? 0) + 1);
    const together = this.#byExpiry.get(expiresAtMs);
    if (together === undefined) this.#byExpiry.set(expiresAtMs, [signature]);
    else together.push(signature);
  }

  /** Forgets those whose expiry is `timeMs` or earlier; time does not go back. */
  forgetExpired(timeMs: number): void {
    const firstMs = this.#forgottenMs + 1;
    this.#forgottenMs = timeMs;
    // After a long pause there are fewer expiries than milliseconds to look at.
    if (timeMs - firstMs >= this.#byExpiry.size) {
      for (const expiresAtMs of this.#byExpiry.keys()) if (expiresAtMs <= timeMs) this.#forgetAt(expiresAtMs);
    } else for (let expiresAtMs = firstMs; expiresAtMs <= timeMs; expiresAtMs++) this.#forgetAt(expiresAtMs);
  }

  save(writer: StateWriter): void {
    writer.list(this.#byHash.values(), (signature) => {
      writer.text(signature.hash);
      writer.uint(signature.userId);
      writer.uint(signature.expiresAtMs);
    });
  }

  static load(reader: StateReader): Signatures {
    const signatures = new Signatures();
    reader.list(() => signatures.take({ hash: reader.text(), userId: reader.uint(), expiresAtMs: reader.uint() }));
    return signatures;
  }

  #forgetAt(expiresAtMs: number): void {
    const expired = this.#byExpiry.get(expiresAtMs);
    if (expired === undefined) return;
    this.#byExpiry.delete(expiresAtMs);
    for (const { hash, userId } of expired) {
      this.#byHash.delete(hash);
      const left = (this.#countByUser.get(userId) ?? 0) - 1;
      if (left > 0) this.#countByUser.set(userId, left);
      else this.#countByUser.delete(userId);
    }
  }
}
