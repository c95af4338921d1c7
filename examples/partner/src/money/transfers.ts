import assert from 'node:assert';
import { randomUUID } from 'node:crypto';
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { inTransaction } from '../database.ts';
import { MAX_TRANSFER_UNITS } from './amount.ts';
import { type Ledger, userAccount } from './ledger.ts';
import { balanceEffect, judge, type TransferDirection, type TransferStatus, type Verdict } from './transfer-status.ts';

/** Transfers of one user that may be PROCESSING at a time. */
export const MAX_OPEN_TRANSFERS = 20;
/** Transfers of one user that a list shows, the newest. */
export const MAX_LISTED_TRANSFERS = 50;

export interface Transfer {
  /** Our number, which makes every repeat of the call safe. */
  readonly orderNo: string;
  readonly userId: string;
  readonly direction: TransferDirection;
  readonly mode: 'FIXED_AMOUNT' | 'ALL_OUT';
  /** In units; `undefined` for an `ALL_OUT` whose amount the venue has not told yet. */
  readonly amount: bigint | undefined;
  readonly status: TransferStatus;
  readonly failReason: string;
  /** Times that the venue was called, counted before the call. */
  readonly attempts: number;
  readonly createdAtMs: number;
}

export interface NewTransfer {
  readonly userId: string;
  readonly direction: TransferDirection;
  /** In units; `undefined` withdraws all. */
  readonly amount: bigint | undefined;
  /** The browser's own id of this request: a repeat finds the first transfer instead of making another. */
  readonly requestId: string | undefined;
}

export type Intent =
  | { readonly ok: true; readonly transfer: Transfer; readonly isNew: boolean }
  | { readonly ok: false; readonly reason: 'insufficient_balance' | 'too_many_open_transfers' | 'request_id_taken' };

/** What the venue says about a transfer, in a reply, an order query or a webhook. */
export interface Report {
  readonly orderNo: string;
  readonly status: TransferStatus;
  /** In units; `undefined` when the report does not say. */
  readonly amount: bigint | undefined;
  readonly failReason: string;
}

/** `unknown`: the number is not one of ours. */
export type ReportResult = Verdict | 'unknown';

const COLUMNS = 'order_no, user_id, direction, mode, amount, status, fail_reason, attempts, created_at_ms';

/** The transfers and their effect on the books. */
export class Transfers {
  readonly #database: DatabaseSync;
  readonly #ledger: Ledger;
  readonly #now: () => number;

  constructor(database: DatabaseSync, ledger: Ledger, now: () => number) {
    this.#database = database;
    this.#ledger = ledger;
    this.#now = now;
  }

  /** Writes down what is about to be asked of the venue and takes a deposit from the user, in one step, before any call. */
  intend(wanted: NewTransfer): Intent {
    const { userId, direction, amount, requestId } = wanted;
    assert(amount === undefined ? direction === 'OUT' : amount > 0n && amount <= MAX_TRANSFER_UNITS, 'a valid amount');
    return inTransaction(this.#database, () => {
      const earlier = requestId === undefined ? undefined : this.#byRequest(userId, requestId);
      if (earlier !== undefined) return repeated(earlier, wanted);
      if (this.#countOpen(userId) >= MAX_OPEN_TRANSFERS) return { ok: false, reason: 'too_many_open_transfers' };
      const isDeposit = direction === 'IN' && amount !== undefined;
      if (isDeposit && this.#ledger.balanceOf(userAccount(userId)) < amount) {
        return { ok: false, reason: 'insufficient_balance' };
      }
      const orderNo = `${direction === 'IN' ? 'D' : 'W'}-${randomUUID()}`;
      const nowMs = this.#now();
      const mode = amount === undefined ? 'ALL_OUT' : 'FIXED_AMOUNT';
      this.#database
        .prepare(`INSERT INTO transfers VALUES (?, ?, ?, ?, ?, ?, 'PROCESSING', '', 0, ?, ?, ?)`)
        .run(orderNo, userId, requestId ?? null, direction, mode, amount ?? null, nowMs, nowMs, nowMs);
      if (isDeposit) this.#book({ orderNo, userId, change: -amount });
      const transfer = this.find(orderNo);
      assert(transfer !== undefined, 'what was just written is there');
      return { ok: true, transfer, isNew: true };
    });
  }

  /** Counts a call of the venue before it is made, so that a crash in the middle is known to have been one. */
  beginAttempt(orderNo: string, nextAttemptAtMs: number): void {
    this.#database
      .prepare('UPDATE transfers SET attempts = attempts + 1, next_attempt_at_ms = ? WHERE order_no = ?')
      .run(nextAttemptAtMs, orderNo);
  }

  /** Takes in what the venue says, in a transaction of its own. */
  take(report: Report): ReportResult {
    return inTransaction(this.#database, () => this.takeInside(report));
  }

  /** As {@link take}, inside the caller's transaction. */
  takeInside(report: Report): ReportResult {
    assert(this.#database.isTransaction, 'a report is taken inside a transaction');
    const transfer = this.find(report.orderNo);
    if (transfer === undefined) return 'unknown';
    const amount = transfer.amount ?? report.amount;
    const verdict = judge(transfer.status, report.status);
    const contradicts = report.amount !== undefined && transfer.amount !== undefined && report.amount !== amount;
    if (contradicts) return 'contradiction';
    if (verdict !== 'advance') return verdict;
    const movesUnknown = amount === undefined && (report.status === 'SUCCESS' || report.status === 'REVERSED');
    // A withdrawal of all that was done, but of how much is not said: the order query will tell.
    if (movesUnknown) return 'known';
    const { orderNo, userId, direction } = transfer;
    const units = amount ?? 0n;
    const change = balanceEffect(direction, report.status, units) - balanceEffect(direction, transfer.status, units);
    this.#book({ orderNo, userId, change });
    this.#database
      .prepare('UPDATE transfers SET status = ?, amount = ?, fail_reason = ?, changed_at_ms = ? WHERE order_no = ?')
      .run(report.status, amount ?? null, report.failReason.slice(0, 200), this.#now(), orderNo);
    return 'advance';
  }

  find(orderNo: string): Transfer | undefined {
    return this.#select('WHERE order_no = ?', orderNo)[0];
  }

  /** The newest first. */
  listOf(userId: string): Transfer[] {
    const newest = 'WHERE user_id = ? ORDER BY created_at_ms DESC, rowid DESC LIMIT ?';
    return this.#select(newest, userId, MAX_LISTED_TRANSFERS);
  }

  /** Open transfers whose next attempt is due, the longest waiting first. */
  due(nowMs: number, limit: number): Transfer[] {
    const waiting = `WHERE status = 'PROCESSING' AND next_attempt_at_ms <= ? ORDER BY next_attempt_at_ms LIMIT ?`;
    return this.#select(waiting, nowMs, limit);
  }

  #countOpen(userId: string): number {
    const row = this.#database
      .prepare(`SELECT count(*) AS open FROM transfers WHERE user_id = ? AND status = 'PROCESSING'`)
      .get(userId);
    return Number(row?.['open'] ?? 0);
  }

  #byRequest(userId: string, requestId: string): Transfer | undefined {
    return this.#select('WHERE user_id = ? AND request_id = ?', userId, requestId)[0];
  }

  /** Moves between the user and the venue. When a withdrawal is taken back that the user has spent, the house bears the rest. */
  #book(move: { readonly orderNo: string; readonly userId: string; readonly change: bigint }): void {
    const { orderNo, userId, change } = move;
    const user = userAccount(userId);
    const atMs = this.#now();
    if (change > 0n) {
      this.#ledger.post({ from: 'venue', to: user, amount: change, reason: 'transfer', orderNo, atMs });
      return;
    }
    const wanted = -change;
    const balance = this.#ledger.balanceOf(user);
    const fromUser = balance < wanted ? balance : wanted;
    if (fromUser > 0n)
      this.#ledger.post({ from: user, to: 'venue', amount: fromUser, reason: 'transfer', orderNo, atMs });
    const rest = wanted - fromUser;
    if (rest > 0n) this.#ledger.post({ from: 'house', to: 'venue', amount: rest, reason: 'shortfall', orderNo, atMs });
  }

  #select(where: string, ...values: SQLInputValue[]): Transfer[] {
    const statement = this.#database.prepare(`SELECT ${COLUMNS} FROM transfers ${where}`);
    statement.setReadBigInts(true);
    return statement.all(...values).map(transferOf);
  }
}

function repeated(earlier: Transfer, wanted: NewTransfer): Intent {
  const isSame =
    earlier.direction === wanted.direction &&
    (wanted.amount === undefined ? earlier.mode === 'ALL_OUT' : earlier.amount === wanted.amount);
  return isSame ? { ok: true, transfer: earlier, isNew: false } : { ok: false, reason: 'request_id_taken' };
}

function transferOf(row: Readonly<Record<string, unknown>>): Transfer {
  const amount = row['amount'];
  assert(amount === null || typeof amount === 'bigint', 'amount is an integer or missing');
  return {
    orderNo: String(row['order_no']),
    userId: String(row['user_id']),
    direction: row['direction'] === 'IN' ? 'IN' : 'OUT',
    mode: row['mode'] === 'ALL_OUT' ? 'ALL_OUT' : 'FIXED_AMOUNT',
    amount: amount ?? undefined,
    status: row['status'] as TransferStatus,
    failReason: String(row['fail_reason']),
    attempts: Number(row['attempts']),
    createdAtMs: Number(row['created_at_ms']),
  };
}
