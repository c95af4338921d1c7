import type { StateReader } from '../state/reader.ts';
import type { StateWriter } from '../state/writer.ts';
import { DeadlineQueue } from './deadline-queue.ts';
import { MAX_SIGNATURES, MAX_SIGNATURES_PER_USER } from './limits.ts';

export interface TakenSignature {
  readonly hash: string;
  readonly userId: number;
  readonly expiresAtMs: number;
}

/** Signatures that were taken and have not expired. Full means that no more are taken; none is forgotten before its time. */
export class Signatures {
  /** In the order in which they were taken. */
  readonly #byHash = new Map<string, TakenSignature>();
  readonly #countByUser = new Map<number, number>();
  readonly #deadlines = new DeadlineQueue();

  has(hash: string): boolean {
    return this.#byHash.has(hash);
  }

  isFullFor(userId: number): boolean {
    return this.#byHash.size >= MAX_SIGNATURES || (this.#countByUser.get(userId) ?? 0) >= MAX_SIGNATURES_PER_USER;
  }

  take(signature: TakenSignature): void {
    this.#byHash.set(signature.hash, signature);
    this.#countByUser.set(signature.userId, (this.#countByUser.get(signature.userId) ?? 0) + 1);
    this.#deadlines.set(signature.hash, signature.expiresAtMs);
  }

  /** Forgets those whose expiry is `timeMs` or earlier. */
  forgetExpired(timeMs: number): void {
    for (;;) {
      const hash = this.#deadlines.takeDue(timeMs);
      if (hash === undefined) return;
      const signature = this.#byHash.get(hash);
      if (signature !== undefined) this.#forget(signature);
    }
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

  #forget(signature: TakenSignature): void {
    this.#byHash.delete(signature.hash);
    const left = (this.#countByUser.get(signature.userId) ?? 0) - 1;
    if (left > 0) this.#countByUser.set(signature.userId, left);
    else this.#countByUser.delete(signature.userId);
  }
}
