import { createHash, randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { inTransaction } from '../database.ts';

/** How long a session lasts, in milliseconds. */
export const SESSION_MS = 12 * 60 * 60 * 1000;
/** Sessions of one user at a time; a new one ends the oldest. */
export const MAX_SESSIONS = 10;

/** Sessions by a random token that only the browser has: the database keeps its hash. */
export class Sessions {
  readonly #database: DatabaseSync;
  readonly #now: () => number;

  constructor(database: DatabaseSync, now: () => number) {
    this.#database = database;
    this.#now = now;
  }

  /** A new session's token. */
  open(userId: string): string {
    const token = randomBytes(32).toString('base64url');
    const nowMs = this.#now();
    inTransaction(this.#database, () => {
      this.#database.prepare('DELETE FROM sessions WHERE expires_at_ms <= ?').run(nowMs);
      this.#database.prepare('INSERT INTO sessions VALUES (?, ?, ?)').run(hashOf(token), userId, nowMs + SESSION_MS);
      this.#database
        .prepare(
          `DELETE FROM sessions WHERE user_id = ?1 AND rowid NOT IN
             (SELECT rowid FROM sessions WHERE user_id = ?1 ORDER BY expires_at_ms DESC, rowid DESC LIMIT ?2)`,
        )
        .run(userId, MAX_SESSIONS);
    });
    return token;
  }

  /** Whose session it is. */
  userIdOf(token: string): string | undefined {
    const row = this.#database
      .prepare('SELECT user_id FROM sessions WHERE token_hash = ? AND expires_at_ms > ?')
      .get(hashOf(token), this.#now());
    return row === undefined ? undefined : String(row['user_id']);
  }

  close(token: string): void {
    this.#database.prepare('DELETE FROM sessions WHERE token_hash = ?').run(hashOf(token));
  }
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
