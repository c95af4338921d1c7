import assert from 'node:assert';
import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { inTransaction } from '../database.ts';
import { type Ledger, userAccount } from '../money/ledger.ts';

export interface User {
  /** Our own id; the venue knows the user by it as `agentUserId`. */
  readonly userId: string;
  readonly username: string;
  readonly passwordHash: string;
  /** The venue's id; `undefined` before the first visit. */
  readonly platformUserId: string | undefined;
}

export interface NewUser {
  readonly username: string;
  readonly passwordHash: string;
  /** In units, paid by the house. */
  readonly openingBalance: bigint;
}

/** The site's own users. */
export class Users {
  readonly #database: DatabaseSync;
  readonly #ledger: Ledger;
  readonly #now: () => number;

  constructor(database: DatabaseSync, ledger: Ledger, now: () => number) {
    this.#database = database;
    this.#ledger = ledger;
    this.#now = now;
  }

  /** @throws Error when the name is taken. */
  add({ username, passwordHash, openingBalance }: NewUser): User {
    const userId = randomUUID();
    return inTransaction(this.#database, () => {
      this.#database
        .prepare('INSERT INTO users VALUES (?, ?, ?, NULL, ?)')
        .run(userId, username, passwordHash, this.#now());
      if (openingBalance > 0n) {
        const opening = { amount: openingBalance, reason: 'opening', orderNo: undefined, atMs: this.#now() } as const;
        this.#ledger.post({ from: 'house', to: userAccount(userId), ...opening });
      }
      return { userId, username, passwordHash, platformUserId: undefined };
    });
  }

  byName(username: string): User | undefined {
    return userOf(this.#database.prepare('SELECT * FROM users WHERE username = ?').get(username));
  }

  byId(userId: string): User | undefined {
    return userOf(this.#database.prepare('SELECT * FROM users WHERE user_id = ?').get(userId));
  }

  /** Keeps the venue's id of the user, which never changes. */
  keepPlatformUserId(userId: string, platformUserId: string): void {
    const known = this.byId(userId)?.platformUserId;
    assert(known === undefined || known === platformUserId, 'a user has one id at the venue');
    this.#database.prepare('UPDATE users SET platform_user_id = ? WHERE user_id = ?').run(platformUserId, userId);
  }
}

function userOf(row: Readonly<Record<string, unknown>> | undefined): User | undefined {
  if (row === undefined) return undefined;
  const platformUserId = row['platform_user_id'];
  return {
    userId: String(row['user_id']),
    username: String(row['username']),
    passwordHash: String(row['password_hash']),
    platformUserId: typeof platformUserId === 'string' ? platformUserId : undefined,
  };
}
