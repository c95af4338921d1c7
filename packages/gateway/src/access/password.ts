import { type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { BoundedPool } from './bounded-pool.ts';

/** Work of one hash. Memory is `128 x cost x blockSize` bytes. */
export interface PasswordCost {
  /** A power of two. */
  readonly cost: number;
  readonly blockSize: number;
  readonly parallelization: number;
}

/** 64 MiB twice over, in the class of argon2id with 64 MiB and three passes. */
export const PASSWORD_COST: PasswordCost = { cost: 2 ** 16, blockSize: 8, parallelization: 2 };
/** Hashes that are computed at a time. The thread pool has four threads, and the log's syncs need one while people log in. */
export const PASSWORD_CONCURRENCY = 2;
/** Log-ins that may wait for their turn: some seconds' worth. */
export const PASSWORD_QUEUE = 32;

const SALT_BYTES = 16;
const HASH_BYTES = 32;
const ENCODED = /^scrypt\$([1-9]\d{0,7})\$([1-9]\d?)\$([1-9]\d?)\$([A-Za-z0-9_-]+)\$([A-Za-z0-9_-]+)$/;

interface Encoded {
  readonly work: PasswordCost;
  readonly salt: Buffer;
  readonly hash: Buffer;
}

export interface PasswordHasherOptions {
  /** Cryptographically strong random bytes. */
  readonly random: (bytes: number) => Buffer;
  readonly cost?: PasswordCost;
  readonly concurrency?: number;
  readonly queue?: number;
}

/** Hashes passwords with scrypt as `scrypt$N$r$p$salt$hash`, a few at a time. */
export class PasswordHasher {
  readonly #random: (bytes: number) => Buffer;
  readonly #cost: PasswordCost;
  readonly #pool: BoundedPool;
  readonly #nobody: Encoded;

  constructor(options: PasswordHasherOptions) {
    this.#random = options.random;
    this.#cost = options.cost ?? PASSWORD_COST;
    this.#pool = new BoundedPool({
      concurrency: options.concurrency ?? PASSWORD_CONCURRENCY,
      queue: options.queue ?? PASSWORD_QUEUE,
    });
    this.#nobody = { work: this.#cost, salt: this.#random(SALT_BYTES), hash: this.#random(HASH_BYTES) };
  }

  /** The encoded hash under a fresh salt; undefined when too many wait. */
  hash(password: string): Promise<string> | undefined {
    const salt = this.#random(SALT_BYTES);
    return this.#pool.run(async () => encode(this.#cost, salt, await derive(password, this.#cost, salt)));
  }

  /**
   * Whether the password is the one that was hashed; undefined when too many wait. Without a hash (no such user, or one
   * without a password) the same work ends in false.
   */
  verify(password: string, encoded: string | undefined): Promise<boolean> | undefined {
    const { work, salt, hash } = encoded === undefined || encoded === '' ? this.#nobody : decode(encoded);
    return this.#pool.run(async () => timingSafeEqual(await derive(password, work, salt), hash));
  }
}

function encode({ cost, blockSize, parallelization }: PasswordCost, salt: Buffer, hash: Buffer): string {
  return ['scrypt', cost, blockSize, parallelization, salt.toString('base64url'), hash.toString('base64url')].join('$');
}

function decode(encoded: string): Encoded {
  const match = ENCODED.exec(encoded);
  if (match === null) throw new Error('a password hash has an unknown form');
  const [, cost, blockSize, parallelization, salt = '', hash = ''] = match;
  return {
    work: { cost: Number(cost), blockSize: Number(blockSize), parallelization: Number(parallelization) },
    salt: Buffer.from(salt, 'base64url'),
    hash: Buffer.from(hash, 'base64url'),
  };
}

// NFKC, so that one password typed on two systems is one password.
function derive(password: string, work: PasswordCost, salt: Buffer): Promise<Buffer> {
  const { cost, blockSize, parallelization } = work;
  const options: ScryptOptions = { cost, blockSize, parallelization, maxmem: 256 * cost * blockSize };
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, HASH_BYTES, options, (error, hash) => {
      if (error === null) resolve(hash);
      else reject(error);
    });
  });
}
