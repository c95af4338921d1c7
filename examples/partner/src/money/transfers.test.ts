import { beforeEach, describe, expect, it } from 'vitest';
import { type Books, makeBooks, units } from '../testing/books.ts';
import { MAX_LISTED_TRANSFERS, MAX_OPEN_TRANSFERS, type Report } from './transfers.ts';

let books: Books;
beforeEach(() => {
  books = makeBooks();
});

const report = (orderNo: string, status: Report['status'], amount?: string): Report => ({
  orderNo,
  status,
  amount: amount === undefined ? undefined : units(amount),
  failReason: '',
});
const take = (...args: Parameters<typeof report>) => books.transfers.take(report(...args));

describe('a deposit', () => {
  it('is taken from the balance before the venue is asked', () => {
    const orderNo = books.intend('IN', '30.5');
    expect(books.balance()).toBe(units('69.5'));
    expect(books.transfers.find(orderNo)).toMatchObject({ status: 'PROCESSING', attempts: 0, amount: units('30.5') });
  });

  it('is refused when the balance is not enough, and then nothing is written', () => {
    expect(() => books.intend('IN', '100.00000001')).toThrow('insufficient_balance');
    expect(books.transfers.listOf(books.carol.userId)).toEqual([]);
    expect(books.balance()).toBe(units('100'));
  });

  it('comes back once when it failed, and stays taken when it is dead', () => {
    const failed = books.intend('IN', '10');
    const dead = books.intend('IN', '20');
    expect([take(failed, 'FAILED'), take(failed, 'FAILED'), take(dead, 'DEAD')]).toEqual([
      'advance',
      'known',
      'advance',
    ]);
    expect(books.balance()).toBe(units('80'));
    expect(books.ledger.findFaults()).toEqual([]);
  });

  it('comes back once when it was reversed, whatever order the reports come in', () => {
    const orderNo = books.intend('IN', '10');
    expect([take(orderNo, 'REVERSED'), take(orderNo, 'SUCCESS'), take(orderNo, 'PROCESSING')]).toEqual([
      'advance',
      'known',
      'known',
    ]);
    expect(books.balance()).toBe(units('100'));
    expect(books.transfers.find(orderNo)?.status).toBe('REVERSED');
  });
});

describe('a withdrawal', () => {
  it('is given only when the venue has said SUCCESS', () => {
    const orderNo = books.intend('OUT', '7');
    expect(books.balance()).toBe(units('100'));
    expect([take(orderNo, 'SUCCESS'), take(orderNo, 'SUCCESS')]).toEqual(['advance', 'known']);
    expect(books.balance()).toBe(units('107'));
  });

  it('of all waits until the amount is known', () => {
    const orderNo = books.intend('OUT', undefined);
    expect(take(orderNo, 'SUCCESS')).toBe('known');
    expect(books.transfers.find(orderNo)?.status).toBe('PROCESSING');
    expect(take(orderNo, 'SUCCESS', '12.25')).toBe('advance');
    expect(books.transfers.find(orderNo)).toMatchObject({ status: 'SUCCESS', amount: units('12.25') });
    expect(books.balance()).toBe(units('112.25'));
  });

  it('of all may have been of nothing', () => {
    expect(take(books.intend('OUT', undefined), 'SUCCESS', '0')).toBe('advance');
    expect(books.balance()).toBe(units('100'));
    expect(books.ledger.findFaults()).toEqual([]);
  });

  it('that is taken back after the user has spent it costs the house the rest', () => {
    const orderNo = books.intend('OUT', '50');
    take(orderNo, 'SUCCESS');
    books.intend('IN', '130');
    expect(take(orderNo, 'REVERSED')).toBe('advance');
    expect(books.balance()).toBe(0n);
    expect(books.ledger.balanceOf('house')).toBe(-units('130'));
    expect(books.ledger.findFaults()).toEqual([]);
  });
});

describe('a report', () => {
  it('about another amount, or against what is known, changes nothing', () => {
    const orderNo = books.intend('IN', '10');
    expect(take(orderNo, 'SUCCESS', '11')).toBe('contradiction');
    expect(books.transfers.find(orderNo)?.status).toBe('PROCESSING');
    take(orderNo, 'SUCCESS', '10.000');
    expect(take(orderNo, 'FAILED')).toBe('contradiction');
    expect(books.balance()).toBe(units('90'));
  });

  it('about a number that is not ours is unknown', () => expect(take('D-1', 'SUCCESS')).toBe('unknown'));
});

describe('the limits', () => {
  it(`allow ${MAX_OPEN_TRANSFERS} open transfers of a user`, () => {
    const numbers = Array.from({ length: MAX_OPEN_TRANSFERS }, () => books.intend('OUT', '1'));
    expect(() => books.intend('OUT', '1')).toThrow('too_many_open_transfers');
    take(numbers[0] ?? '', 'FAILED');
    books.intend('OUT', '1');
  });

  it(`list the newest ${MAX_LISTED_TRANSFERS}`, () => {
    const numbers = Array.from({ length: MAX_LISTED_TRANSFERS + 1 }, () => {
      const orderNo = books.intend('OUT', '1');
      take(orderNo, 'FAILED');
      return orderNo;
    });
    const listed = books.transfers.listOf(books.carol.userId).map(({ orderNo }) => orderNo);
    expect(listed).toEqual(numbers.slice(1).reverse());
  });
});

describe('the browser that asks twice', () => {
  const wanted = () =>
    ({ userId: books.carol.userId, direction: 'IN', amount: units('10'), requestId: 'r-1' }) as const;

  it('finds its first transfer', () => {
    const [first, second] = [books.transfers.intend(wanted()), books.transfers.intend(wanted())];
    expect(second).toMatchObject({ ok: true, isNew: false });
    expect(first.ok && second.ok && first.transfer.orderNo === second.transfer.orderNo).toBe(true);
    expect(books.balance()).toBe(units('90'));
  });

  it('is refused when it asks for something else', () => {
    books.transfers.intend(wanted());
    const others = [{ amount: units('11') }, { direction: 'OUT' as const }];
    for (const other of others) {
      expect(books.transfers.intend({ ...wanted(), ...other })).toEqual({ ok: false, reason: 'request_id_taken' });
    }
  });
});
