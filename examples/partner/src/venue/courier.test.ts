import type { AgentClient } from '@openvenue/agent-sdk';
import type { FakeVenue } from '@openvenue/agent-sdk/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AGENT_CODE, type Books, makeBooks, makeVenue, units } from '../testing/books.ts';
import { FIRST_PAUSE_MS, MAX_PAUSE_MS } from './courier.ts';

const TRANSFER = '/v1/agent/transfer';
const QUERY = '/v1/agent/query-order';
let books: Books;
let venue: FakeVenue;
let client: AgentClient;
beforeEach(async () => {
  books = makeBooks();
  ({ venue, client } = await makeVenue(books));
});
afterEach(async () => {
  expect(books.ledger.findFaults()).toEqual([]);
  await venue.close();
});

const trading = () => venue.walletsOf({ agentCode: AGENT_CODE, agentUserId: books.carol.userId }).contract;
const status = (orderNo: string) => books.transfers.find(orderNo)?.status;
const attempt = (orderNo: string) => books.courier(client).attempt(orderNo);
const calls = (path: string) => venue.requests.filter((request) => request.path === path).length;

describe('a transfer', () => {
  it('goes in, out, and out with all', async () => {
    const numbers = [books.intend('IN', '30')];
    await attempt(numbers[0] ?? '');
    numbers.push(books.intend('OUT', '10.5'));
    await attempt(numbers[1] ?? '');
    numbers.push(books.intend('OUT', undefined));
    await attempt(numbers[2] ?? '');
    expect(numbers.map(status)).toEqual(['SUCCESS', 'SUCCESS', 'SUCCESS']);
    expect([trading(), books.balance()]).toEqual(['0', units('100')]);
    expect(books.transfers.find(numbers[2] ?? '')?.amount).toBe(units('19.5'));
  });

  it('that fails is refunded and says why', async () => {
    const orderNo = books.intend('OUT', '10');
    await attempt(orderNo);
    expect(books.transfers.find(orderNo)).toMatchObject({ status: 'FAILED', failReason: 'insufficient balance' });
    expect(books.balance()).toBe(units('100'));
  });

  it.each(['lose-reply', 'cut-reply'] as const)('whose reply is lost (%s) is found and not repeated', async (kind) => {
    venue.inject({ kind, path: TRANSFER });
    venue.inject({ kind: 'lose-request', path: QUERY });
    const orderNo = books.intend('IN', '30');
    await attempt(orderNo);
    expect([status(orderNo), books.balance()]).toEqual(['PROCESSING', units('70')]);
    await attempt(orderNo);
    expect([status(orderNo), trading(), calls(TRANSFER)]).toEqual(['SUCCESS', '30', 1]);
  });

  it('that never arrived is sent again under the same number', async () => {
    venue.inject({ kind: 'lose-request', path: TRANSFER });
    const orderNo = books.intend('IN', '30');
    await attempt(orderNo);
    expect(status(orderNo)).toBe('PROCESSING');
    await attempt(orderNo);
    expect([status(orderNo), trading()]).toEqual(['SUCCESS', '30']);
  });

  it('that is PROCESSING stays pending until the venue knows', async () => {
    venue.inject({ kind: 'processing', path: TRANSFER });
    const orderNo = books.intend('IN', '30');
    await attempt(orderNo);
    await attempt(orderNo);
    expect([status(orderNo), books.balance(), calls(TRANSFER)]).toEqual(['PROCESSING', units('70'), 1]);
    venue.resolveOrder(AGENT_CODE, orderNo);
    await attempt(orderNo);
    expect(status(orderNo)).toBe('SUCCESS');
  });

  it('that is dead keeps the money where nobody can spend it', async () => {
    venue.inject({ kind: 'processing', path: TRANSFER, outcome: 'DEAD' });
    const orderNo = books.intend('IN', '30');
    await attempt(orderNo);
    venue.resolveOrder(AGENT_CODE, orderNo);
    await attempt(orderNo);
    expect([status(orderNo), books.balance()]).toEqual(['DEAD', units('70')]);
  });

  it('is carried once at a time', async () => {
    const courier = books.courier(client);
    const orderNo = books.intend('IN', '30');
    await Promise.all([courier.attempt(orderNo), courier.attempt(orderNo)]);
    expect([calls(TRANSFER), books.transfers.find(orderNo)?.attempts]).toEqual([1, 1]);
    await courier.attempt(orderNo);
    expect(calls(TRANSFER)).toBe(1);
  });
});

describe('a refusal', () => {
  it('of the first call refunds: nothing can have happened', async () => {
    venue.inject({ kind: 'refuse', path: TRANSFER, code: 6002, message: 'agent disabled' });
    const orderNo = books.intend('IN', '30');
    await attempt(orderNo);
    expect(books.transfers.find(orderNo)).toMatchObject({ status: 'FAILED', failReason: '6002 agent disabled' });
    expect(books.balance()).toBe(units('100'));
  });

  it('of a later call proves nothing about the first one', async () => {
    venue.inject({ kind: 'lose-request', path: TRANSFER });
    venue.inject({ kind: 'refuse', path: TRANSFER, code: 6002, message: 'agent disabled' });
    const orderNo = books.intend('IN', '30');
    await attempt(orderNo);
    await attempt(orderNo);
    expect([status(orderNo), books.balance()]).toEqual(['PROCESSING', units('70')]);
    await attempt(orderNo);
    expect(status(orderNo)).toBe('SUCCESS');
  });

  it('of the content ends all doubt', async () => {
    venue.inject({ kind: 'lose-request', path: TRANSFER });
    venue.inject({ kind: 'refuse', path: TRANSFER, code: 102003, message: 'amount too large' });
    const orderNo = books.intend('IN', '30');
    await attempt(orderNo);
    await attempt(orderNo);
    expect([status(orderNo), books.balance()]).toEqual(['FAILED', units('100')]);
  });

  it('of the question leaves the transfer open', async () => {
    venue.inject({ kind: 'lose-request', path: TRANSFER });
    const orderNo = books.intend('IN', '30');
    await attempt(orderNo);
    venue.inject({ kind: 'refuse', path: QUERY, code: 102002, message: 'no' });
    await attempt(orderNo);
    expect(status(orderNo)).toBe('PROCESSING');
  });
});

describe('the pauses', () => {
  it('grow to a minute, and a transfer that stays open is reported', async () => {
    venue.inject({ kind: 'lose-request', times: 1_000 });
    const orderNo = books.intend('IN', '30');
    const pauses: number[] = [];
    for (let round = 0; round < 12; round += 1) {
      let waitedMs = 0;
      while (books.transfers.due(books.clock.nowMs, 1).length === 0) {
        books.clock.nowMs += 250;
        waitedMs += 250;
      }
      pauses.push(waitedMs);
      await attempt(orderNo);
    }
    expect(pauses.slice(0, 4)).toEqual([0, FIRST_PAUSE_MS * 0.75, FIRST_PAUSE_MS * 1.5, FIRST_PAUSE_MS * 3]);
    expect(pauses.at(-1)).toBe(MAX_PAUSE_MS * 0.75);
    expect(books.log.errors).toContain('a transfer has been open for long');
    venue.clearFaults();
    await attempt(orderNo);
    expect([status(orderNo), trading()]).toEqual(['SUCCESS', '30']);
  });
});
