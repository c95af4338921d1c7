/** Nonces that the memory store keeps unless told otherwise. */
export const DEFAULT_NONCE_CAPACITY = 100_000;

/** `full`: the store cannot promise to remember this nonce, so the webhook must be refused and will come again. */
export type NonceVerdict = 'new' | 'seen' | 'full';

/** Remembers the nonces of accepted webhooks. Several processes behind one webhook address need one that they share. */
export interface NonceStore {
  /** Records `nonce` until `expiresAtMs` (Unix) and says whether it was there before; must be atomic. */
  add(
    nonce: string,
    times: { readonly nowMs: number; readonly expiresAtMs: number },
  ): NonceVerdict | Promise<NonceVerdict>;
}

/** A store in this process's memory. When full it answers `full`; it never forgets a nonce that could still be replayed. */
export function createMemoryNonceStore(capacity: number = DEFAULT_NONCE_CAPACITY): NonceStore {
  if (!Number.isSafeInteger(capacity) || capacity < 1) throw new RangeError('capacity must be a positive integer');
  const expiryByNonce = new Map<string, number>();
  /** No kept nonce expires before this, so an earlier sweep would free nothing. */
  let earliestExpiryMs = Number.POSITIVE_INFINITY;

  function sweep(nowMs: number): void {
    earliestExpiryMs = Number.POSITIVE_INFINITY;
    for (const [nonce, expiresAtMs] of expiryByNonce) {
      if (expiresAtMs <= nowMs) expiryByNonce.delete(nonce);
      else earliestExpiryMs = Math.min(earliestExpiryMs, expiresAtMs);
    }
  }

  return {
    add(nonce, { nowMs, expiresAtMs }) {
      const knownExpiryMs = expiryByNonce.get(nonce);
      if (knownExpiryMs !== undefined && knownExpiryMs > nowMs) return 'seen';
      if (expiryByNonce.size >= capacity && earliestExpiryMs <= nowMs) sweep(nowMs);
      if (expiryByNonce.size >= capacity && !expiryByNonce.has(nonce)) return 'full';
      expiryByNonce.set(nonce, expiresAtMs);
      earliestExpiryMs = Math.min(earliestExpiryMs, expiresAtMs);
      return 'new';
    },
  };
}
