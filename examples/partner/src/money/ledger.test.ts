import { beforeEach, describe, expect, it } from 'vitest';
import { inTransaction } from '../database.ts';
import { type Books, makeBooks, units } from '../testing/books.ts';
import { userAccount } from './ledger.ts';

let books: Books;
beforeEach(() => {
  books = makeBooks();
});

const spend = (amount: bigint) =>
  inTransaction(books.database, () => {
    const from = userAccount(books.carol.userId);
    books.ledger.post({ from, to: 'venue', amount, reason: 'transfer', orderNo: undefined, atMs: 1 });
  });

describe('the ledger', () => {
  it('moves between accounts, exactly', () => {
    spend(1n);
    expect([books.balance(), books.ledger.balanceOf('venue'), books.ledger.balanceOf('house')]).toEqual([
      9_999_999_999n,
      1n,
      -10_000_000_000n,
    ]);
    expect(books.ledger.findFaults()).toEqual([]);
  });

  it('lets no user fall below 0, and leaves nothing half done', () => {
    expect(() => spend(units('100') + 1n)).toThrow(/constraint/i);
    expect(books.balance()).toBe(units('100'));
    spend(units('100'));
    expect(books.balance()).toBe(0n);
    expect(books.ledger.findFaults()).toEqual([]);
  });

  it('finds a balance that nobody posted', () => {
    books.database.exec(`UPDATE accounts SET balance = balance + 1 WHERE account LIKE 'user:%'`);
    expect(books.ledger.findFaults()).toEqual([
      'all balances together are 0.00000001, not 0',
      expect.stringContaining('has 10000000001, but its postings add up to 10000000000'),
    ]);
  });

  it('finds a transfer whose status and postings differ', () => {
    const orderNo = books.intend('IN', '5');
    books.database.exec(`UPDATE transfers SET status = 'FAILED'`);
    expect(books.ledger.findFaults()).toEqual([`IN ${orderNo} is FAILED, but has moved 500000000`]);
  });
});
