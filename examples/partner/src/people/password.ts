import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';

/** Work of one hash; it needs `128 x cost x blockSize` bytes of memory: 64 MiB here. */
export interface PasswordCost {
  /** A power of two. */
  readonly cost: number;
  readonly blockSize: number;
  readonly parallelization: number;
}
export const PASSWORD_COST: PasswordCost = { cost: 2 ** 16, blockSize: 8, parallelization: 2 };
/** Passwords that are checked at a time; more are refused, because each takes a core and 64 MiB. */
export const MAX_CHECKS_AT_A_TIME = 8;

const ENCODED = /^scrypt\$(\d{1,8})\$(\d{1,2})\$(\d{1,2})\$([\w-]+)\$([\w-]+)$/;

/** Hashes passwords as `scrypt$N$r$p$salt$hash`. */
export class Passwords {
  readonly #cost: PasswordCost;
  readonly #nobody: string;
  #checks = 0;

  constructor(cost: PasswordCost = PASSWORD_COST) {
    this.#cost = cost;
    this.#nobody = encode(cost, randomBytes(16), randomBytes(32));
  }

  async hash(password: string): Promise<string> {
    const salt = randomBytes(16);
    return encode(this.#cost, salt, await derive(password, salt, this.#cost));
  }

  /** Without a hash (no such user) the same work ends in `wrong`. */
  async check(password: string, encoded: string | undefined): Promise<'right' | 'wrong' | 'busy'> {
    if (this.#checks >= MAX_CHECKS_AT_A_TIME) return 'busy';
    this.#checks += 1;
    try {
      const { cost, salt, hash } = decode(encoded ?? this.#nobody);
      return timingSafeEqual(await derive(password, salt, cost), hash) ? 'right' : 'wrong';
    } finally {
      this.#checks -= 1;
    }
  }
}

function encode({ cost, blockSize, parallelization }: PasswordCost, salt: Buffer, hash: Buffer): string {
  return `scrypt$${cost}$${blockSize}$${parallelization}$${salt.toString('base64url')}$${hash.toString('base64url')}`;
}

function decode(encoded: string): { readonly cost: PasswordCost; readonly salt: Buffer; readonly hash: Buffer } {
  const match = ENCODED.exec(encoded);
  if (match === null) throw new Error('a password hash has an unknown form');
  const [, cost, blockSize, parallelization, salt = '', hash = ''] = match;
  return {
    cost: { cost: Number(cost), blockSize: Number(blockSize), parallelization: Number(parallelization) },
    salt: Buffer.from(salt, 'base64url'),
    hash: Buffer.from(hash, 'base64url'),
  };
}

function derive(password: string, salt: Buffer, { cost, blockSize, parallelization }: PasswordCost): Promise<Buffer> {
  const options: ScryptOptions = { cost, blockSize, parallelization, maxmem: 256 * cost * blockSize };
  return new Promise((resolve, reject) => {
    // NFKC, so that one password typed on two systems is one password.
    scrypt(password.normalize('NFKC'), salt, 32, options, (error, hash) => {
      if (error === null) resolve(hash);
      else reject(error);
    });
  });
}
