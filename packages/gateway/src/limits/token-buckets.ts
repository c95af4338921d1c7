/** Refill and size of the buckets of one kind. */
export interface BucketLimits {
  /** Tokens that come back each second. */
  readonly perSecond: number;
  /** Tokens a full bucket holds. */
  readonly burst: number;
}

/** What a call finds in its bucket; the numbers of the `X-RateLimit-*` headers. */
export interface LimitState {
  readonly allowed: boolean;
  /** Size of the bucket. */
  readonly limit: number;
  /** Whole tokens left. */
  readonly remaining: number;
  /** Seconds until the bucket is full again, rounded up. */
  readonly resetSeconds: number;
  /** Seconds until the call would be allowed, at least 1; 0 when it was. */
  readonly retryAfterSeconds: number;
}

interface Bucket {
  tokens: number;
  atMs: number;
}

/** Buckets of one kind that are kept; beyond it the one unused for longest goes. */
export const BUCKETS_MAX = 100_000;

/** Token buckets by key. A bucket that was never used is full and takes no room. */
export class TokenBuckets {
  readonly #limits: BucketLimits;
  readonly #maxBuckets: number;
  /** Unused for longest first. */
  readonly #buckets = new Map<string, Bucket>();

  constructor(limits: BucketLimits, maxBuckets = BUCKETS_MAX) {
    if (!(limits.perSecond > 0) || !(limits.burst >= 1)) throw new RangeError('a limit must let something through');
    this.#limits = limits;
    this.#maxBuckets = maxBuckets;
  }

  get size(): number {
    return this.#buckets.size;
  }

  /** Takes `cost` tokens when they are there; a cost above the bucket's size takes a full one. */
  take(key: string, cost: number, nowMs: number): LimitState {
    const bucket = this.#refilled(key, nowMs);
    const needed = Math.min(cost, this.#limits.burst);
    const allowed = bucket.tokens >= needed;
    if (allowed) bucket.tokens -= needed;
    this.#keep(key, bucket);
    return this.#stateOf(bucket.tokens, allowed ? 0 : needed);
  }

  /** What {@link take} would say to one token, without taking it. */
  look(key: string, nowMs: number): LimitState {
    const { tokens } = this.#refilled(key, nowMs);
    return this.#stateOf(tokens, tokens >= 1 ? 0 : 1);
  }

  #refilled(key: string, nowMs: number): Bucket {
    const known = this.#buckets.get(key);
    if (known === undefined) return { tokens: this.#limits.burst, atMs: nowMs };
    const elapsedMs = Math.max(0, nowMs - known.atMs);
    known.tokens = Math.min(this.#limits.burst, known.tokens + (elapsedMs * this.#limits.perSecond) / 1_000);
    known.atMs = nowMs;
    return known;
  }

  /** Who was used last matters only when some may have to go soon: putting a bucket last makes a small map anew every few calls. */
  #keep(key: string, bucket: Bucket): void {
    if (2 * this.#buckets.size > this.#maxBuckets) this.#buckets.delete(key);
    this.#buckets.set(key, bucket);
    if (this.#buckets.size <= this.#maxBuckets) return;
    for (const oldest of this.#buckets.keys()) {
      this.#buckets.delete(oldest);
      return;
    }
  }

  /** `missing`: the tokens that a refused call asked for, 0 for an allowed one. */
  #stateOf(tokens: number, missing: number): LimitState {
    const { burst, perSecond } = this.#limits;
    return {
      allowed: missing === 0,
      limit: burst,
      remaining: Math.floor(tokens),
      resetSeconds: Math.ceil((burst - tokens) / perSecond),
      retryAfterSeconds: missing === 0 ? 0 : Math.max(1, Math.ceil((missing - tokens) / perSecond)),
    };
  }
}
