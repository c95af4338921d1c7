import assert from 'node:assert';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { formatAmount } from './amount.ts';

/** Where the users' money is: with the user, at the venue (or on its way), or in the partner's own pocket. */
export type Account = `user:${string}` | 'venue' | 'house';

export type PostingReason = 'opening' | 'transfer' | 'shortfall';

export interface Posting {
  readonly from: Account;
  readonly to: Account;
  /** Above 0, in units. */
  readonly amount: bigint;
  readonly reason: PostingReason;
  /** The transfer that caused it. */
  readonly orderNo: string | undefined;
  readonly atMs: number;
}

export function userAccount(userId: string): Account {
  return `user:${userId}`;
}

/**
 * The partner's books. Every change is a posting that takes from one account what it gives to another, so all balances together are
 * always 0. A user's balance is never below 0: the database refuses it.
 */
export class Ledger {
  readonly #database: DatabaseSync;
  readonly #open: StatementSync;
  readonly #change: StatementSync;
  readonly #record: StatementSync;
  readonly #balance: StatementSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#open = database.prepare('INSERT OR IGNORE INTO accounts (account, balance) VALUES (?, 0)');
    this.#change = database.prepare('UPDATE accounts SET balance = balance + ? WHERE account = ?');
    this.#record = database.prepare(
      'INSERT INTO postings (from_account, to_account, amount, order_no, reason, at_ms) VALUES (?, ?, ?, ?, ?, ?)',
    );
    this.#balance = database.prepare('SELECT balance FROM accounts WHERE account = ?');
    this.#balance.setReadBigInts(true);
  }

  /** In units; 0 for an account without postings. */
  balanceOf(account: Account): bigint {
    const row = this.#balance.get(account);
    return row === undefined ? 0n : integerIn(row, 'balance');
  }

  /** Call it inside a transaction, together with what caused the posting. The caller has checked the user's balance. */
  post({ from, to, amount, reason, orderNo, atMs }: Posting): void {
    assert(this.#database.isTransaction, 'a posting belongs to a transaction');
    assert(amount > 0n, 'a posting moves something');
    this.#open.run(from);
    this.#open.run(to);
    this.#change.run(-amount, from);
    this.#change.run(amount, to);
    this.#record.run(from, to, amount, orderNo ?? null, reason, atMs);
  }

  /** Everything that is wrong with the books, one sentence each; nothing when they are right. */
  findFaults(): string[] {
    return [...this.#faultsOfTotal(), ...this.#faultsOfAccounts(), ...this.#faultsOfTransfers()];
  }

  #faultsOfTotal(): string[] {
    const total = this.#sum('SELECT coalesce(sum(balance), 0) AS total FROM accounts');
    return total === 0n ? [] : [`all balances together are ${formatAmount(total)}, not 0`];
  }

  #faultsOfAccounts(): string[] {
    const statement = this.#database.prepare(
      `SELECT account, balance,
         (SELECT coalesce(sum(amount), 0) FROM postings WHERE to_account = account) -
         (SELECT coalesce(sum(amount), 0) FROM postings WHERE from_account = account) AS posted
       FROM accounts WHERE balance <> posted`,
    );
    statement.setReadBigInts(true);
    return statement
      .all()
      .map((row) => `${row['account']} has ${row['balance']}, but its postings add up to ${row['posted']}`);
  }

  /** What a transfer has put into the venue's account must be what its status says. */
  #faultsOfTransfers(): string[] {
    const statement = this.#database.prepare(
      `SELECT order_no, direction, status, amount,
         (SELECT coalesce(sum(CASE WHEN to_account = 'venue' THEN postings.amount ELSE -postings.amount END), 0)
          FROM postings WHERE postings.order_no = transfers.order_no AND 'venue' IN (to_account, from_account)) AS posted,
         CASE
           WHEN direction = 'IN' AND status IN ('PROCESSING', 'SUCCESS', 'DEAD') THEN amount
           WHEN direction = 'OUT' AND status = 'SUCCESS' THEN -amount
           ELSE 0
         END AS expected
       FROM transfers WHERE posted IS NOT expected`,
    );
    statement.setReadBigInts(true);
    return statement
      .all()
      .map((row) => `${row['direction']} ${row['order_no']} is ${row['status']}, but has moved ${row['posted']}`);
  }

  #sum(sql: string): bigint {
    const statement = this.#database.prepare(sql);
    statement.setReadBigInts(true);
    const row = statement.get();
    assert(row !== undefined, 'a sum has a row');
    return integerIn(row, 'total');
  }
}

function integerIn(row: Readonly<Record<string, unknown>>, column: string): bigint {
  const value = row[column];
  assert(typeof value === 'bigint', `${column} is an integer`);
  return value;
}
