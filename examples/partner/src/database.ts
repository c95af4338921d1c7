import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Amounts are integers of 1e-8 USDT, times are Unix milliseconds. */
const SCHEMA = `
CREATE TABLE IF NOT EXISTS users (
  user_id TEXT PRIMARY KEY,
  username TEXT NOT NULL UNIQUE,
  password_hash TEXT NOT NULL,
  platform_user_id TEXT UNIQUE,
  created_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS sessions (
  token_hash TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users,
  expires_at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS sessions_by_user ON sessions (user_id, expires_at_ms);
CREATE INDEX IF NOT EXISTS sessions_by_expiry ON sessions (expires_at_ms);

CREATE TABLE IF NOT EXISTS accounts (
  account TEXT PRIMARY KEY,
  balance INTEGER NOT NULL,
  CHECK (balance >= 0 OR account NOT LIKE 'user:%')
) STRICT;

CREATE TABLE IF NOT EXISTS transfers (
  order_no TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users,
  request_id TEXT,
  direction TEXT NOT NULL CHECK (direction IN ('IN', 'OUT')),
  mode TEXT NOT NULL CHECK (mode IN ('FIXED_AMOUNT', 'ALL_OUT')),
  amount INTEGER CHECK (amount >= 0),
  status TEXT NOT NULL CHECK (status IN ('PROCESSING', 'SUCCESS', 'FAILED', 'REVERSED', 'DEAD')),
  fail_reason TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  next_attempt_at_ms INTEGER NOT NULL,
  created_at_ms INTEGER NOT NULL,
  changed_at_ms INTEGER NOT NULL,
  UNIQUE (user_id, request_id)
) STRICT;
CREATE INDEX IF NOT EXISTS transfers_by_user ON transfers (user_id, created_at_ms);
CREATE INDEX IF NOT EXISTS open_transfers ON transfers (next_attempt_at_ms) WHERE status = 'PROCESSING';

CREATE TABLE IF NOT EXISTS postings (
  posting_id INTEGER PRIMARY KEY,
  from_account TEXT NOT NULL REFERENCES accounts,
  to_account TEXT NOT NULL REFERENCES accounts,
  amount INTEGER NOT NULL CHECK (amount > 0),
  order_no TEXT REFERENCES transfers,
  reason TEXT NOT NULL,
  at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS postings_by_transfer ON postings (order_no);

CREATE TABLE IF NOT EXISTS applied_events (
  idempotency_key TEXT PRIMARY KEY,
  order_no TEXT NOT NULL,
  result TEXT NOT NULL,
  at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS progress (
  name TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) STRICT;
`;

/**
 * Opens the site's database, making folder and tables when missing. A transaction that was committed is on the disk. Only one process
 * can have it open.
 *
 * @throws Error when another process has it open.
 */
export function openDatabase(folder: string): DatabaseSync {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, 'partner.db');
  const database = new DatabaseSync(path);
  try {
    return prepareDatabase(database);
  } catch (error) {
    database.close();
    const isLocked = error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY;
    throw isLocked ? new Error(`${path} is in use by another process`) : error;
  }
}

/** A database that ends with the process, for tests. */
export function openMemoryDatabase(): DatabaseSync {
  return prepareDatabase(new DatabaseSync(':memory:'));
}

const SQLITE_BUSY = 5;

function prepareDatabase(database: DatabaseSync): DatabaseSync {
  database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
  database.exec('PRAGMA foreign_keys = ON;');
  inTransaction(database, () => database.exec(SCHEMA));
  return database;
}

/** Runs `work` whole or not at all; when it returns, its changes are on the disk. It must not wait for anything. */
export function inTransaction<T>(database: DatabaseSync, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    // A failed COMMIT may have ended the transaction already.
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
