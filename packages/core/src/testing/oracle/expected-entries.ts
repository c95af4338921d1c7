import type { LedgerEntry } from '../../event.ts';
import { agree, OracleDifference } from './difference.ts';
import type { UserBooks } from './user-books.ts';

interface Expected {
  readonly changeType: LedgerEntry['changeType'];
  readonly amount: bigint;
  readonly symbol: string;
}

/** The wallet changes that the oracle has booked and the ledger has still to tell, by user and in order. Nothing is told of 0. */
export class ExpectedEntries {
  readonly #byUser = new Map<number, Expected[]>();
  #lastEntryId = 0;

  expect(user: UserBooks, entry: Expected): void {
    if (entry.amount === 0n) return;
    const waiting = this.#byUser.get(user.userId) ?? [];
    waiting.push(entry);
    this.#byUser.set(user.userId, waiting);
  }

  /** Reads an entry: ids and balances have no gaps (MRG-1). */
  read(user: UserBooks, entry: LedgerEntry): void {
    const { userId } = user;
    agree('entryId', { core: entry.entryId, oracle: this.#lastEntryId + 1 });
    this.#lastEntryId = entry.entryId;
    agree(`walletBefore of entry ${entry.entryId}`, { userId, core: entry.walletBefore, oracle: user.entryWallet });
    user.entryWallet += entry.amount;
    agree(`walletAfter of entry ${entry.entryId}`, { userId, core: entry.walletAfter, oracle: user.entryWallet });
    if (entry.amount === 0n) return;
    const { changeType, amount, symbol } = entry;
    const next = this.#byUser.get(userId)?.shift();
    for (const [figure, core, oracle] of [
      ['changeType', changeType, next?.changeType],
      ['amount', amount, next?.amount],
      ['symbol', symbol, next?.symbol],
    ] as const)
      agree(`${figure} of ledger entry ${entry.entryId} (${changeType})`, { userId, core, oracle });
  }

  /** At the end of a command the ledger has told everything, and the wallets are what it says. */
  finish(users: Iterable<UserBooks>): void {
    for (const [userId, waiting] of this.#byUser)
      if (waiting.length > 0) throw new OracleDifference('ledger entries', { userId, core: 'none', oracle: waiting });
    this.#byUser.clear();
    for (const user of users) agree('wallet', { userId: user.userId, core: user.entryWallet, oracle: user.wallet });
  }
}
